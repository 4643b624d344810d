from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from huiying.cases.actions import Caller
from huiying.cases.models import Case
from huiying.customers.models import Customer
from huiying.customers.numbers import phone_key
from huiying.customers.queries.merged import numbered
from huiying.journal.actors import Actor
from huiying.kit.forms import DeskForm


class CallerFields(DeskForm):
    """Who calls: a customer who was looked up, or a name and how to reach them."""

    customer = forms.CharField(widget=forms.HiddenInput, required=False)
    caller_name = forms.CharField(label=_("name"), max_length=60, required=False)
    caller_phone = forms.CharField(label=_("phone"), max_length=32, required=False)
    caller_email = forms.EmailField(label=_("e-mail"), required=False)

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.actor = actor

    def clean_caller_phone(self) -> str:
        phone: str = self.cleaned_data["caller_phone"].strip()
        digits = phone_key(phone)
        if phone and not 5 <= len(digits) <= 15:
            raise forms.ValidationError(
                _("A phone number has 5 to 15 digits; this has %(count)s.") % {"count": len(digits)}
            )
        if len(digits) in {10, 12} and digits.startswith("1"):
            raise forms.ValidationError(
                _("A mobile number has 11 digits; this has %(count)s.") % {"count": len(digits)}
            )
        return phone

    def clean_customer(self) -> Customer | None:
        number = self.cleaned_data["customer"]
        if not number:
            return None
        found = numbered(number, among=Customer.objects.visible_to(self.actor)).first()
        if found is None:
            raise forms.ValidationError(_("This customer is no longer there; please look them up again."))
        return found

    def caller(self) -> Caller:
        given = self.cleaned_data
        return Caller(
            customer=given["customer"],
            name=given["caller_name"],
            phone=given["caller_phone"],
            email=given["caller_email"],
        )


class CustomerForm(CallerFields):
    """Say whose case it really is. `version` is the one that was on the screen."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    @classmethod
    def of(cls, case: Case, *, actor: Actor) -> CustomerForm:
        return cls(initial={"version": case.version}, actor=actor)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        named = [name for name in CallerFields.base_fields if cleaned.get(name) or name in self.errors]
        if not named:
            self.add_error(None, _("Please look up the customer, or write down who called."))
        return cleaned
