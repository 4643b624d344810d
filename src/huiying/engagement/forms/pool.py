from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.db.models import IntegerField, QuerySet
from django.utils.translation import gettext_lazy as _

from huiying.cases.forms.person import PersonChoice
from huiying.customers.models import Status, Tier
from huiying.customers.models.customer import CustomerQuerySet
from huiying.engagement.actions.giving import CARING
from huiying.engagement.models.pool import Days, PoolPolicy
from huiying.kit.forms import Day, DeskForm
from huiying.staff.models import Role, User

NUMBERS = (
    "warn_days",
    "grace_days",
    "extension_days",
    "most_locks",
    "lock_days",
    "most_customers",
    "most_claims",
    "rest_days",
)
NOT_YET_WON = (Status.LEAD, Status.INTERESTED)
TIERS = (Tier.ORDINARY, Tier.POTENTIAL, Tier.HIGH, Tier.VIP)
Line = tuple[Status, list[forms.BoundField], forms.BoundField | None]


class ReasonForm(DeskForm):
    reason = forms.CharField(label=_("reason"), max_length=200, widget=forms.Textarea(attrs={"rows": 2}))


class LockForm(ReasonForm):
    until = forms.DateField(label=_("until"), widget=Day, help_text=_("Through this day nobody takes the customer."))


def carers() -> QuerySet[User]:
    """Return who may look after customers."""
    return PersonChoice.everybody().filter(role__in=Role.objects.holding(*CARING))


class AssignForm(DeskForm):
    to = PersonChoice(label=_("to whom"), queryset=User.objects.none())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = carers()  # type: ignore[attr-defined]


class GiveForm(AssignForm):
    reason = forms.CharField(label=_("reason"), max_length=200, widget=forms.Textarea(attrs={"rows": 2}))


class PoolFilter(DeskForm):
    """Which customers of the pool the list shows; a wrong choice is as good as none."""

    q = forms.CharField(label=_("search"), required=False, max_length=100)
    region = forms.CharField(label=_("region"), required=False, max_length=60)
    industry = forms.CharField(label=_("industry"), required=False, max_length=60)
    tier = forms.ChoiceField(label=_("tier"), required=False, choices=[("", _("every tier")), *Tier.choices])
    status = forms.ChoiceField(label=_("status"), required=False, choices=[("", _("every status")), *Status.choices])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.is_valid()

    @property
    def narrows(self) -> bool:
        return any(self.cleaned_data.values())

    def narrowed(self, customers: CustomerQuerySet) -> CustomerQuerySet:
        chosen = self.cleaned_data
        if words := str(chosen.get("q") or "").strip():
            by_name = customers.filter(name__icontains=words)
            customers = by_name | customers.filter(number=words.upper())
        for name, lookup in (("region", "region__icontains"), ("industry", "industry__icontains")):
            if chosen.get(name):
                customers = customers.filter(**{lookup: chosen[name].strip()})
        for name in ("tier", "status"):
            if chosen.get(name):
                customers = customers.filter(**{name: chosen[name]})
        return customers


class PoolRulesForm(DeskForm):
    """The rules as a table: a row for each status, a column for each tier, empty where nobody is taken back."""

    is_active = forms.BooleanField(label=_("take customers back by these rules"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in NUMBERS:
            field = PoolPolicy._meta.get_field(name)
            assert isinstance(field, IntegerField)
            self.fields[name] = forms.IntegerField(label=field.verbose_name, validators=field.validators)
        for status in Status:
            for tier in TIERS:
                self.fields[f"{status}-{tier}"] = days_field(f"{status.label} · {tier.label}")
            if status in NOT_YET_WON:
                self.fields[f"{status}-progress"] = days_field(_("days to become an active customer"))

    @classmethod
    def of(cls, policy: PoolPolicy) -> PoolRulesForm:
        initial: dict[str, object] = {name: getattr(policy, name) for name in ("is_active", *NUMBERS)}
        for (status, tier), days in policy.days().items():
            initial[f"{status}-{tier}"] = days.contact
            if days.progress:
                initial[f"{status}-progress"] = days.progress
        return cls(initial=initial)

    @property
    def tiers(self) -> tuple[Tier, ...]:
        return TIERS

    @property
    def lines(self) -> list[Line]:
        return [
            (
                status,
                [self[f"{status}-{tier}"] for tier in TIERS],
                self[f"{status}-progress"] if status in NOT_YET_WON else None,
            )
            for status in Status
        ]

    @property
    def switch(self) -> forms.BoundField:
        return self["is_active"]

    @property
    def spans(self) -> list[forms.BoundField]:
        return [self[name] for name in NUMBERS]

    def numbers(self) -> dict[str, object]:
        return {name: self.cleaned_data[name] for name in ("is_active", *NUMBERS)}

    def days(self) -> dict[tuple[Status, Tier], Days]:
        """Return the lines; the days to become active hold where there are days without a contact."""
        said = self.cleaned_data
        return {
            (status, tier): Days(said[f"{status}-{tier}"], said.get(f"{status}-progress"))
            for status in Status
            for tier in TIERS
            if said[f"{status}-{tier}"]
        }


def days_field(label: Any) -> forms.IntegerField:
    widget = forms.NumberInput(attrs={"class": "input", "aria-label": label, "placeholder": "—"})
    return forms.IntegerField(label=label, required=False, min_value=1, max_value=3650, widget=widget)


def usual_lock(policy: PoolPolicy) -> timedelta:
    return timedelta(days=min(policy.lock_days, 30))
