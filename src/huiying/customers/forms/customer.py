from __future__ import annotations

from dataclasses import replace
from typing import Any

from django import forms
from django.forms.models import fields_for_model
from django.utils.translation import gettext_lazy as _

from huiying.customers.drafts import AMOUNT_FIELDS, CUSTOMER_FIELDS, ContactDraft, CustomerDraft
from huiying.customers.forms.contact import ReachFields
from huiying.customers.models import Customer, Tier
from huiying.kit.forms import Day, DeskForm, Segmented
from huiying.staff.models import User

WIDGETS: dict[str, type[forms.Widget] | forms.Widget] = {
    "kind": Segmented,
    "first_contact_on": Day,
    "expected_on": Day,
    "since": Day,
    "preferences": forms.Textarea(attrs={"rows": 2}),
    "special_requirements": forms.Textarea(attrs={"rows": 2}),
    "remarks": forms.Textarea(attrs={"rows": 2}),
}
GROUPS = (
    (_("Who it is"), ("name", "kind", "credit_code", "external_ref", "region", "address", "decision_maker")),
    (_("Business"), ("industry", "main_business", "headcount", "revenue", "yearly_purchases")),
    (_("Cooperation"), ("status", "source", "owner", "first_contact_on", "expected_on", "since", "in_project")),
    (_("What to know"), ("preferences", "special_requirements", "remarks")),
)


class CustomerFields(DeskForm):
    """Everything the archive keeps of a customer, in groups as the page draws them."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.update(fields_for_model(Customer, fields=CUSTOMER_FIELDS, widgets=WIDGETS))
        owner = self.fields["owner"]
        assert isinstance(owner, forms.ModelChoiceField)
        owner.queryset = User.objects.working().order_by("name")
        owner.empty_label = str(_("nobody yet"))

    def without_amounts(self) -> None:
        """Ask for no amounts: what is known of them stays as it is."""
        for name in AMOUNT_FIELDS:
            del self.fields[name]

    def groups(self) -> list[tuple[str, list[forms.BoundField]]]:
        return [(str(title), [self[name] for name in names if name in self.fields]) for title, names in GROUPS]

    def draft(self, known: CustomerDraft | None = None) -> CustomerDraft:
        """Return what was typed; what was not asked for as it is `known`."""
        asked = {name: self.cleaned_data[name] for name in CUSTOMER_FIELDS if name in self.fields}
        return replace(known, **asked) if known is not None else CustomerDraft(**asked)


class CustomerForm(CustomerFields):
    """Revising: `version` is the one the page was made from."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class NewCustomerForm(CustomerFields, ReachFields):
    """Entering a customer with the first contact."""

    contact = forms.CharField(label=_("contact"), max_length=60, required=False)
    title = forms.CharField(label=_("title"), max_length=60, required=False)
    tier = forms.ChoiceField(label=_("tier"), choices=Tier.choices, initial=Tier.ORDINARY, widget=Segmented)

    def first_contact(self) -> list[forms.BoundField]:
        return [self[name] for name in ("contact", "title", "phones", "emails", "wechats")]

    def contacts(self) -> list[ContactDraft]:
        """Return the contact, where one was named or can be reached."""
        given = self.cleaned_data
        reaches = {name: given[name] for name in ("phones", "emails", "wechats")}
        if not given["contact"] and not any(reaches.values()):
            return []
        return [ContactDraft(name=given["contact"] or given["name"][:60], title=given["title"], **reaches)]
