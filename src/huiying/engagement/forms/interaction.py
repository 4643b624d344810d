from __future__ import annotations

from typing import Any

from django import forms
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from huiying.customers.models import Block, Contact, Customer
from huiying.customers.policies import may_revise
from huiying.customers.queries.reviews import ages_of
from huiying.engagement.drafts import WRITTEN, InteractionDraft
from huiying.engagement.models import Means
from huiying.journal.actors import Actor
from huiying.kit.forms import ChipBoxes, Day, DeskForm, Moment
from huiying.kit.guards import BadInput

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
        return InteractionDraft(**{name: self.cleaned_data[name] for name in WRITTEN})


class NewInteractionForm(InteractionForm):
    """A contact just made; who may change the archive says with one tick which parts of it were checked on the way."""

    is_checked = forms.BooleanField(label=_("The archive was checked and is still true"), required=False)
    blocks = forms.MultipleChoiceField(label=_("which parts"), required=False, choices=Block.choices, widget=ChipBoxes)

    def __init__(self, *args: Any, customer: Customer, by: Actor, **kwargs: Any) -> None:
        super().__init__(*args, customer=customer, **kwargs)
        if not may_revise(by, customer):
            del self.fields["is_checked"], self.fields["blocks"]
        elif not self.is_bound:
            due = [age.block.value for age in ages_of(customer, today=localdate()).due]
            self.initial["blocks"] = due or Block.values

    def checked(self) -> list[Block]:
        """Return the parts that were looked through; none without the tick. Raises BadInput for a tick without any."""
        if not self.cleaned_data.get("is_checked"):
            return []
        blocks = [Block(one) for one in self.cleaned_data["blocks"]]
        if not blocks:
            raise BadInput(_("Please say what you looked through."), field="blocks")
        return blocks
