from __future__ import annotations

from itertools import groupby
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from huiying.cases.actions import ActionDraft, PlanDraft, TaskForceDraft
from huiying.kit.forms import Boxes, DeskForm, Moment
from huiying.staff.models import Department, User

from .person import PersonChoice


class TaskForceForm(DeskForm):
    """Who is called together, and what for."""

    purpose = forms.CharField(label=_("what it is to achieve"), widget=forms.Textarea(attrs={"rows": 2}))
    lead = PersonChoice(label=_("led by"), queryset=User.objects.none())
    members = forms.MultipleChoiceField(
        label=_("members of several departments"),
        widget=Boxes,
        help_text=_("At least two departments, the lead's included."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["lead"].queryset = PersonChoice.everybody()  # type: ignore[attr-defined]
        self.people = {
            str(user.pk): user for user in User.objects.working().with_standing().order_by("department__path", "name")
        }
        self.fields["members"].choices = by_department(self.people)  # type: ignore[attr-defined]

    def draft(self) -> TaskForceDraft:
        given = self.cleaned_data
        members = [self.people[key] for key in given["members"]]
        return TaskForceDraft(lead=given["lead"], members=members, purpose=given["purpose"])


def by_department(people: dict[str, User]) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return the people as choices, grouped by their departments."""
    groups = groupby(people.items(), key=lambda pair: str(pair[1].department or _("without department")))
    return [(name, [(key, user.name) for key, user in some]) for name, some in groups]


class TaskForcePlanForm(DeskForm):
    """How the task force goes about it; who does what stands in rows beside it."""

    text = forms.CharField(label=_("plan"), widget=forms.Textarea(attrs={"rows": 4}))

    def draft(self, rows: list[dict[str, Any]]) -> PlanDraft:
        return PlanDraft(
            text=self.cleaned_data["text"], actions=[ActionDraft(**row) for row in rows if row.get("title")]
        )


class PlannedActionForm(DeskForm):
    """One row: who does what by when."""

    title = forms.CharField(label=_("what is to be done"), max_length=200, required=False)
    department = forms.ModelChoiceField(label=_("department"), queryset=Department.objects.none(), required=False)
    owner = forms.ModelChoiceField(label=_("owner"), queryset=User.objects.none(), required=False)
    due_at = forms.DateTimeField(label=_("by when"), widget=Moment, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["department"].queryset = Department.objects.filter(active=True)  # type: ignore[attr-defined]
        self.fields["owner"].queryset = User.objects.working()  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not any(cleaned.get(name) for name in ("title", "owner", "due_at")):
            return cleaned
        for name, sentence in NEEDED.items():
            if not cleaned.get(name) and name not in self.errors:
                self.add_error(name, sentence)
        return cleaned


NEEDED = {
    "title": _("Please say what is to be done."),
    "department": _("Please say which department does it."),
    "due_at": _("Please say by when."),
}
PlannedActionFormSet = forms.formset_factory(PlannedActionForm, extra=3, max_num=8)


class TaskForceResultForm(DeskForm):
    result = forms.CharField(label=_("what it achieved"), widget=forms.Textarea(attrs={"rows": 3}))
