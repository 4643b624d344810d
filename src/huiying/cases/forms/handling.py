from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from huiying.cases.actions import ActionDraft, Findings
from huiying.cases.models import ActionItem, Case, Category
from huiying.deadlines.actions import PauseDraft
from huiying.deadlines.models import Pause
from huiying.kit.forms import DeskForm, Moment
from huiying.staff.models import Department, Team, User

from .person import PersonChoice
from .promise import PromiseFields


class AcceptanceForm(PromiseFields):
    """Taking a case on, perhaps with a promise."""


class AssignmentForm(DeskForm):
    """To a person, or to a team that finds somebody."""

    to = PersonChoice(label=_("person"), queryset=User.objects.none(), required=False)
    team = forms.ModelChoiceField(label=_("or team"), queryset=Team.objects.none(), required=False)
    reason = forms.CharField(label=_("reason"), max_length=200, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = PersonChoice.everybody()  # type: ignore[attr-defined]
        self.fields["team"].queryset = Team.objects.filter(active=True)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not cleaned.get("to") and not cleaned.get("team"):
            self.add_error("to", _("Please choose a person or a team."))
        return cleaned


class FindingsForm(DeskForm):
    """Facts, cause and responsibility. Shares are written as lines of "department percent"."""

    facts = forms.CharField(
        label=_("facts and evidence"),
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("What happened, when, and what shows it: order, log, photo, who was asked."),
    )
    cause = forms.ModelChoiceField(label=_("cause"), queryset=Category.objects.none())
    root_cause = forms.CharField(label=_("root cause"), widget=forms.Textarea(attrs={"rows": 2}))
    department = forms.ModelChoiceField(label=_("responsible department"), queryset=Department.objects.none())
    person = PersonChoice(label=_("responsible person"), queryset=User.objects.none(), required=False)
    other_department = forms.ModelChoiceField(
        label=_("shared with"), queryset=Department.objects.none(), required=False
    )
    other_percent = forms.IntegerField(label=_("their share in percent"), min_value=1, max_value=99, required=False)

    complained_about = PersonChoice(
        label=_("who of us is complained about"),
        queryset=User.objects.none(),
        required=False,
        help_text=_("They lose sight of this case at once, and its team lead is told."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        departments = Department.objects.filter(active=True)
        self.fields["cause"].queryset = Category.objects.in_use().order_by("path")  # type: ignore[attr-defined]
        self.fields["department"].queryset = departments  # type: ignore[attr-defined]
        self.fields["other_department"].queryset = departments  # type: ignore[attr-defined]
        self.fields["person"].queryset = PersonChoice.everybody()  # type: ignore[attr-defined]
        self.fields["complained_about"].queryset = PersonChoice.everybody()  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        other, percent = cleaned.get("other_department"), cleaned.get("other_percent")
        if bool(other) != bool(percent):
            self.add_error("other_percent", _("Please give both the other department and its share."))
        if other and other == cleaned.get("department"):
            self.add_error("other_department", _("Please choose a department other than the responsible one."))
        return cleaned

    def findings(self) -> Findings:
        given = self.cleaned_data
        shares = {}
        if given["other_department"]:
            shares = {
                given["department"]: 100 - given["other_percent"],
                given["other_department"]: given["other_percent"],
            }
        return Findings(
            facts=given["facts"],
            cause=given["cause"],
            root_cause=given["root_cause"],
            department=given["department"],
            person=given["person"],
            shares=shares,
            complained_about=given["complained_about"],
        )


class PauseForm(DeskForm):
    """Why the clocks stand still, and when somebody looks again."""

    reason = forms.ChoiceField(
        label=_("why"), choices=[choice for choice in Pause.Reason.choices if choice[0] != Pause.Reason.POLICY]
    )
    follow_up_at = forms.DateTimeField(label=_("follow up"), widget=Moment)

    def draft(self) -> PauseDraft:
        return PauseDraft(**self.cleaned_data)


class ActionItemForm(DeskForm):
    """What a department shall do, and by when."""

    title = forms.CharField(label=_("what is to be done"), max_length=200)
    department = forms.ModelChoiceField(label=_("department"), queryset=Department.objects.none())
    owner = forms.ModelChoiceField(label=_("owner"), queryset=User.objects.none(), required=False)
    due_at = forms.DateTimeField(label=_("by when"), widget=Moment)
    after = forms.ModelChoiceField(label=_("only after"), queryset=ActionItem.objects.none(), required=False)

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["department"].queryset = Department.objects.filter(active=True)  # type: ignore[attr-defined]
        self.fields["owner"].queryset = User.objects.working()  # type: ignore[attr-defined]
        open_items = ActionItem.objects.filter(case=case, done_at=None, dropped_at=None)
        self.fields["after"].queryset = open_items  # type: ignore[attr-defined]

    def draft(self) -> ActionDraft:
        return ActionDraft(**self.cleaned_data)


class ProofForm(DeskForm):
    """That an action item is done."""

    proof = forms.CharField(
        label=_("proof"),
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("E.g. receipt number, logistics number, who confirmed it and when."),
    )
