from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from huiying.cases.actions import Caller, Draft, Word
from huiying.cases.forms.words import FilesField
from huiying.cases.models import Confirmation, Kind
from huiying.channels.models.endpoint import Channel
from huiying.channels.words import Words
from huiying.customers.numbers import phone_key
from huiying.kit.forms import DeskForm, Segmented


class WordsForm(DeskForm):
    """Something more to say, with photos."""

    text = forms.CharField(label=_("your message"), widget=forms.Textarea(attrs={"rows": 3}), required=False)
    attachments = FilesField(label=_("photos or files"), required=False)

    def words(self) -> Words:
        given = self.cleaned_data
        return Words(text=given["text"].strip(), channel=Channel.WEB, uploads=given["attachments"])


class DecisionForm(DeskForm):
    """Yes or no to the solution; a no says what should be different."""

    accepted = forms.TypedChoiceField(choices=[("yes", "yes"), ("no", "no")], coerce=lambda word: word == "yes")
    comment = forms.CharField(
        label=_("what should be different?"),
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Please say what should be different.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["comment"].required = self.data.get("accepted") != "yes"


class ConfirmationForm(DeskForm):
    result = forms.ChoiceField(label=_("is it solved?"), choices=Confirmation.Result.choices, widget=Segmented)
    rating = forms.ChoiceField(label=_("how satisfied are you?"), choices=Confirmation.Rating.choices, widget=Segmented)
    comment = forms.CharField(label=_("your advice for us"), widget=forms.Textarea(attrs={"rows": 3}), required=False)

    def word(self) -> Word:
        return Word(**self.cleaned_data)


class ReasonForm(DeskForm):
    reason = forms.CharField(label=_("what happened?"), widget=forms.Textarea(attrs={"rows": 3}))


class WithdrawalForm(DeskForm):
    reason = forms.CharField(label=_("why do you take it back?"), widget=forms.Textarea(attrs={"rows": 2}))


class ComplaintForm(DeskForm):
    """The public form. `website` is a trap: people do not see it, programs fill it in (SPEC K9)."""

    kind = forms.ChoiceField(
        label=_("what is it about?"), choices=Kind.choices, initial=Kind.COMPLAINT, widget=Segmented
    )
    description = forms.CharField(
        label=_("what happened?"), widget=forms.Textarea(attrs={"rows": 5}), max_length=20_000
    )
    demand = forms.CharField(label=_("what would you like us to do?"), max_length=500, required=False)
    product = forms.CharField(label=_("product"), max_length=120, required=False)
    order_number = forms.CharField(label=_("order number"), max_length=60, required=False)
    name = forms.CharField(label=_("your name"), max_length=60, required=False)
    phone = forms.CharField(
        label=_("phone"),
        max_length=32,
        required=False,
        help_text=_("A phone number or an e-mail address: one of both is enough."),
    )
    email = forms.EmailField(label=_("e-mail"), required=False)
    attachments = FilesField(label=_("photos or files"), required=False)
    website = forms.CharField(required=False)

    def clean_phone(self) -> str:
        phone: str = self.cleaned_data["phone"].strip()
        if phone and not 5 <= len(phone_key(phone)) <= 15:
            raise forms.ValidationError(
                _("A phone number has 5 to 15 digits; this has %(count)s.") % {"count": len(phone_key(phone))}
            )
        return phone

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not cleaned.get("phone") and not cleaned.get("email") and not {"phone", "email"} & set(self.errors):
            self.add_error("phone", _("Please leave a phone number or an e-mail address, so that we can answer."))
        return cleaned

    def draft(self) -> Draft:
        given = self.cleaned_data
        return Draft(
            kind=given["kind"],
            channel=Channel.WEB,
            description=given["description"],
            demand=given["demand"],
            product=given["product"],
            order_number=given["order_number"],
            caller=Caller(name=given["name"], phone=given["phone"], email=given["email"]),
            uploads=given["attachments"],
        )
