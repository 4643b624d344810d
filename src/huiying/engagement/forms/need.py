from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from huiying.cases.forms.person import PersonChoice
from huiying.engagement.actions.need import NeedDraft
from huiying.engagement.lifecycle import TRACK
from huiying.engagement.models import Decision, Dismissal, Means, Need
from huiying.kit.forms import Day, DeskForm, Rounds
from huiying.staff.models import Team, User

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

Words = forms.CharField
MEANS = [choice for choice in Means.choices if choice[0] != Means.SYSTEM]


def words(label: _StrPromise, *, rows: int = 3, required: bool = True, help_text: _StrPromise | str = "") -> Words:
    widget = forms.Textarea(attrs={"rows": rows})
    return Words(label=label, required=required, widget=widget, help_text=help_text)


class NeedForm(DeskForm):
    title = forms.CharField(label=_("need"), max_length=120)
    product = forms.CharField(label=_("product"), max_length=120, required=False)
    description = words(_("description"), required=False)
    value = forms.DecimalField(label=_("expected value"), required=False, min_value=0, max_digits=12, decimal_places=2)
    owner = PersonChoice(label=_("owner"), required=False, queryset=User.objects.none())
    next_step = forms.CharField(label=_("next step"), max_length=200, required=False)
    next_on = forms.DateField(label=_("next step on"), required=False, widget=Day)

    def __init__(self, *args: Any, shows_value: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = PersonChoice.everybody()  # type: ignore[attr-defined]
        if not shows_value:
            del self.fields["value"]

    @classmethod
    def initial_of(cls, need: Need) -> dict[str, object]:
        return {name: getattr(need, name) for name in NeedDraft.__dataclass_fields__} | {"title": str(need)}

    def draft(self) -> NeedDraft:
        return NeedDraft(**self.cleaned_data)


class ProposalForm(DeskForm):
    content = words(_("content"), rows=4, help_text=_("What the customer gets, in their words."))
    period = forms.CharField(label=_("period"), max_length=120, help_text=_("From when to when, in which steps."))
    effect = words(_("expected effect"), help_text=_("What is better afterwards, in figures where there are any."))


class ConsultationForm(DeskForm):
    person = PersonChoice(label=_("whom"), queryset=User.objects.none())
    question = words(_("question"))
    due_on = forms.DateField(label=_("answer by"), widget=Day)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = PersonChoice.everybody()  # type: ignore[attr-defined]


class AnswerForm(DeskForm):
    answer = words(_("answer"), rows=4)


class PresentationForm(DeskForm):
    on = forms.DateField(label=_("when"), widget=Day, initial=localdate)
    means = forms.ChoiceField(label=_("how"), choices=MEANS, initial=Means.VISIT)
    heard = words(_("what the customer said"))


class AgreementForm(DeskForm):
    remark = words(_("what the customer said"), required=False)


class RefusalForm(DeskForm):
    reason = forms.ChoiceField(label=_("reason"), choices=Decision.Reason.choices, widget=Rounds)
    remark = words(_("what the customer said"), required=False)


class DeliveryForm(DeskForm):
    on = forms.DateField(label=_("delivered on"), widget=Day, initial=localdate)
    what = words(_("what was delivered"))
    ask_on = forms.DateField(label=_("ask how it is used, on"), widget=Day)


class FollowUpForm(DeskForm):
    usage = words(_("how it is used"))
    feedback = words(_("what the customer says"))


class DismissalForm(DeskForm):
    reason = forms.ChoiceField(label=_("reason"), choices=Dismissal.Reason.choices, widget=Rounds)
    remark = forms.CharField(label=_("remark"), max_length=200, required=False)


class NeedsFilter(DeskForm):
    """Which needs the board shows; a wrong choice is as good as none."""

    owner = forms.ModelChoiceField(label=_("owner"), required=False, queryset=User.objects.none())
    team = forms.ModelChoiceField(label=_("team"), required=False, queryset=Team.objects.none())
    stage = forms.ChoiceField(
        label=_("stage"), required=False, choices=[("", _("every stage")), *((one.value, one.label) for one in TRACK)]
    )
    product = forms.CharField(label=_("product"), required=False, max_length=120)
    due = forms.ChoiceField(
        label=_("next step"),
        required=False,
        choices=[
            ("", _("any day")),
            ("late", pgettext_lazy("past its day", "overdue")),
            ("week", _("within a week")),
            ("none", _("not planned")),
        ],
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        owner, team = self.fields["owner"], self.fields["team"]
        owner.queryset, owner.empty_label = User.objects.working().order_by("name"), _("every owner")  # type: ignore[attr-defined]
        team.queryset, team.empty_label = Team.objects.filter(active=True), _("every team")  # type: ignore[attr-defined]
        self.fields["product"].widget.attrs["placeholder"] = _("product")
        self.is_valid()
