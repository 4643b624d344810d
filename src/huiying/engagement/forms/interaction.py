from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from huiying.customers.models import Contact, Customer
from huiying.engagement.drafts import InteractionDraft
from huiying.engagement.models import Means
from huiying.kit.forms import Day, DeskForm, Moment

EXAMPLE = _("e.g. Mr Wang says the March filters are used up; he wants 20 and a quote by Friday")


class InteractionForm(DeskForm):
    """A contact that took place."""

    means = forms.ChoiceField(label=_("how"), choices=Means.choices)
    at = forms.DateTimeField(label=_("when"), widget=Moment)
    contact = forms.ModelChoiceField(
        label=_("spoke with"), queryset=Contact.objects.none(), required=False, empty_label="—"
    )
    participants = forms.CharField(label=_("who else took part"), required=False, max_length=200)
    content = forms.CharField(
        label=_("what was spoken of"),
        widget=forms.Textarea(attrs={"rows": 4, "autofocus": True, "placeholder": EXAMPLE}),
    )
    feedback = forms.CharField(
        label=_("what the customer said to it"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    next_step = forms.CharField(label=_("next step"), required=False, max_length=300)
    next_on = forms.DateField(label=_("next step on"), required=False, widget=Day)

    def __init__(self, *args: Any, customer: Customer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        contacts = self.fields["contact"]
        assert isinstance(contacts, forms.ModelChoiceField)
        contacts.queryset = customer.contacts.all()

    def draft(self) -> InteractionDraft:
        return InteractionDraft(**self.cleaned_data)
