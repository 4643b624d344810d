from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from huiying.customers.models import Status, Tag, Tier
from huiying.customers.models.customer import CustomerQuerySet
from huiying.customers.policies import may_see_amounts
from huiying.journal.actors import Actor
from huiying.kit.forms import DeskForm
from huiying.staff.models import User

NOBODY = "nobody"


class SelectionForm(DeskForm):
    """Which customers the list shows; a wrong choice is as good as none."""

    q = forms.CharField(label=_("search"), required=False, max_length=100)
    tier = forms.ChoiceField(label=_("tier"), required=False, choices=[("", _("every tier")), *Tier.choices])
    status = forms.ChoiceField(label=_("status"), required=False, choices=[("", _("every status")), *Status.choices])
    owner = forms.ChoiceField(label=_("account manager"), required=False)
    value = forms.TypedChoiceField(
        label=_("value"),
        required=False,
        coerce=int,
        empty_value=None,
        choices=[("", _("every value")), ("95", _("top 5%")), ("80", _("top 20%")), ("50", _("upper half"))],
    )
    risk = forms.TypedChoiceField(
        label=_("churn risk"),
        required=False,
        coerce=int,
        empty_value=None,
        choices=[("", _("every risk")), ("75", _("risk 75 and more")), ("50", _("risk 50 and more"))],
    )
    tag = forms.ModelChoiceField(label=_("tag"), required=False, queryset=Tag.objects.all(), empty_label=_("every tag"))

    def __init__(self, *args: Any, by: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = User.objects.working().order_by("name").values_list("pk", "name")
        owner = self.fields["owner"]
        assert isinstance(owner, forms.ChoiceField)
        owner.choices = [("", _("every account manager")), (NOBODY, _("without account manager")), *people]
        if not may_see_amounts(by):
            del self.fields["value"]
        self.is_valid()

    @property
    def query(self) -> str:
        return str(self.cleaned_data.get("q") or "").strip()

    @property
    def narrows(self) -> bool:
        return any(self.cleaned_data.get(name) for name in self.fields)

    def narrowed(self, customers: CustomerQuerySet) -> CustomerQuerySet:
        """Keep those that fit, with what the list shows of them."""
        customers = customers.for_list()
        chosen = self.cleaned_data
        for name, lookup in (("tier", "tier"), ("status", "status"), ("tag", "tags")):
            if chosen.get(name):
                customers = customers.filter(**{lookup: chosen[name]})
        if chosen.get("owner"):
            customers = customers.unattended() if chosen["owner"] == NOBODY else customers.filter(owner=chosen["owner"])
        if chosen.get("value"):
            customers = customers.worth_at_least(chosen["value"])
        return customers.at_risk(chosen["risk"]) if chosen.get("risk") else customers
