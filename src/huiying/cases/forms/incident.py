from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from huiying.cases.models import Incident, Suspicion
from huiying.kit.forms import Boxes, DeskForm, QuickSelect, Segmented
from huiying.staff.models import Role, User


class DeclarationForm(DeskForm):
    """What a group incident is about, what is known, and who leads it."""

    title = forms.CharField(label=_("what it is about"), max_length=120)
    known = forms.CharField(label=_("what is known"), widget=forms.Textarea(attrs={"rows": 3}), required=False)
    lead = forms.ModelChoiceField(label=_("who leads"), queryset=User.objects.none(), widget=QuickSelect)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        lead = self.fields["lead"]
        assert isinstance(lead, forms.ModelChoiceField)
        able = Role.objects.holding("cases.work")
        lead.queryset = User.objects.working().filter(role__in=able).order_by("name")
        lead.empty_label = None


class TeamForm(DeskForm):
    """Who works on an incident."""

    people = forms.MultipleChoiceField(label=_("who works on it"), widget=Boxes)

    def __init__(self, *args: Any, incident: Incident, **kwargs: Any) -> None:
        there = [str(person.user_id) for person in incident.people.all()]
        super().__init__(*args, initial={"people": there or [str(incident.lead_id)]}, **kwargs)
        people = User.objects.working().select_related("department").order_by("department__path", "name")
        groups: dict[str, list[tuple[str, str]]] = {}
        for user in people:
            groups.setdefault(str(user.department or _("no department")), []).append((str(user.pk), user.name))
        field = self.fields["people"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = list(groups.items())

    def team(self) -> list[User]:
        return list(User.objects.working().filter(pk__in=self.cleaned_data["people"]).order_by("name"))


class StatementForm(DeskForm):
    """One answer to all."""

    text = forms.CharField(
        label=_("answer to all"),
        widget=forms.Textarea(attrs={"rows": 7}),
        help_text=_("What we know, what we do, by when they hear again. Everybody gets these very words."),
    )


class VerificationForm(DeskForm):
    """What a customer says of the cure."""

    cured = forms.ChoiceField(
        label=_("is it cured for this customer?"),
        choices=[("yes", _("yes")), ("no", _("no, not yet"))],
        widget=Segmented,
    )
    remark = forms.CharField(label=_("remark"), max_length=200, required=False)


class EndingForm(DeskForm):
    """What it came from and what was done about it."""

    cause = forms.CharField(label=_("cause"), widget=forms.Textarea(attrs={"rows": 3}))
    measures = forms.CharField(label=_("measures"), widget=forms.Textarea(attrs={"rows": 3}))


class NoIncidentForm(DeskForm):
    """Why it is no group incident; detection learns from it."""

    reason = forms.ChoiceField(label=_("reason"), choices=Suspicion.Reason.choices, widget=Segmented)
    remark = forms.CharField(label=_("remark"), max_length=200, required=False)
