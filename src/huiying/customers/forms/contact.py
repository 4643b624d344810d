from __future__ import annotations

import re
from typing import Any

from django import forms
from django.forms.models import fields_for_model
from django.utils.translation import gettext_lazy as _

from huiying.channels.models.endpoint import Channel
from huiying.customers.drafts import CONTACT_FIELDS, ContactDraft
from huiying.customers.models import Contact
from huiying.customers.numbers import sound_email, sound_phone
from huiying.kit.forms import Day, DeskForm
from huiying.kit.guards import BadInput

_BETWEEN = re.compile(r"[,;，；、/\n]+")


class ReachFields(DeskForm):
    """New ways to reach somebody; several are parted by commas. What is known already stays as it is."""

    phones = forms.CharField(
        label=_("phone"), required=False, max_length=120, widget=forms.TextInput(attrs={"inputmode": "tel"})
    )
    emails = forms.CharField(label=_("e-mail"), required=False, max_length=250)
    wechats = forms.CharField(label=_("WeChat"), required=False, max_length=120)

    def clean_phones(self) -> tuple[str, ...]:
        return sound_pieces(self.cleaned_data["phones"], sound_phone)

    def clean_emails(self) -> tuple[str, ...]:
        return sound_pieces(self.cleaned_data["emails"], sound_email)

    def clean_wechats(self) -> tuple[str, ...]:
        return sound_pieces(self.cleaned_data["wechats"], str.strip)


class ContactForm(ReachFields):
    """A person to speak with."""

    field_order = ["name", "title", "phones", "emails", "wechats"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.update(fields_for_model(Contact, fields=CONTACT_FIELDS, widgets={"birthday": Day}))
        self.fields["preferred_channel"] = forms.ChoiceField(
            label=_("preferred channel"), choices=[("", "—"), *Channel.choices], required=False
        )
        self.order_fields(self.field_order)

    def draft(self) -> ContactDraft:
        return ContactDraft(**self.cleaned_data)


def sound_pieces(text: str, sound: Any) -> tuple[str, ...]:
    """Return the pieces, each as it is kept. Raises ValidationError for one that cannot be."""
    try:
        return tuple(sound(piece.strip()) for piece in _BETWEEN.split(text) if piece.strip())
    except BadInput as refusal:
        raise forms.ValidationError(str(refusal)) from refusal
