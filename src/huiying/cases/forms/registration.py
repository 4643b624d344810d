from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from huiying.cases.actions import Caller, Draft, ListeningSteps
from huiying.cases.models import Category, Kind, Level, Mood, Urgency
from huiying.channels.models.endpoint import Channel
from huiying.customers.models import Order
from huiying.kit.forms import Moment, Segmented
from huiying.staff.models import User

from .customer import CallerFields
from .person import PersonChoice
from .promise import PromiseFields
from .words import FilesField

TAKEN_DOWN = (Channel.PHONE, Channel.MANAGER, Channel.WECHAT, Channel.WECOM, Channel.CHAT, Channel.SOCIAL)


class RegistrationForm(CallerFields, PromiseFields):
    """One screen to take a case down, in the three steps of listening (SPEC C2, C3)."""

    channel = forms.ChoiceField(
        label=_("channel"), choices=[(channel.value, channel.label) for channel in TAKEN_DOWN], initial=Channel.PHONE
    )
    description = forms.CharField(label=_("the customer's words"), widget=forms.Textarea(attrs={"rows": 4}))
    demand = forms.CharField(label=_("core demand"), max_length=500, required=False)
    read_back = forms.BooleanField(label=_("the customer confirmed it"), required=False)
    understanding = forms.BooleanField(label=_("understanding expressed"), required=False)
    mood = forms.ChoiceField(label=_("mood"), choices=Mood.choices, initial=Mood.CALM, widget=Segmented)
    subject = forms.CharField(label=_("subject"), max_length=200, required=False)
    kind = forms.ChoiceField(label=_("kind"), choices=Kind.choices, initial=Kind.COMPLAINT, widget=Segmented)
    category = forms.ModelChoiceField(label=_("category"), queryset=Category.objects.none(), required=False)
    urgency = forms.ChoiceField(label=_("urgency"), choices=Urgency.choices, initial=Urgency.NORMAL, widget=Segmented)
    level = forms.ChoiceField(label=_("level"), choices=Level.choices, initial=Level.GENERAL, widget=Segmented)
    product = forms.CharField(label=_("product"), max_length=120, required=False)
    order_number = forms.CharField(label=_("order number"), max_length=60, required=False)
    occurred_at = forms.DateTimeField(label=_("when it happened"), widget=Moment, required=False)
    expected_at = forms.DateTimeField(label=_("expected resolution"), widget=Moment, required=False)
    complained_about = PersonChoice(
        label=_("who of us is complained about"), queryset=User.objects.none(), required=False
    )
    attachments = FilesField(label=_("attachments"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["category"].queryset = Category.objects.in_use()  # type: ignore[attr-defined]
        self.fields["complained_about"].queryset = PersonChoice.everybody()  # type: ignore[attr-defined]

    @property
    def tells_more(self) -> bool:
        """Whether one of the fields that are folded away is filled in or wrong."""
        return any(self[name].value() or self[name].errors for name in FOLDED_FIELDS)

    def clean_occurred_at(self) -> Any:
        moment = self.cleaned_data["occurred_at"]
        if moment is not None and moment > timezone.now():
            raise forms.ValidationError(_("This lies in the future."))
        return moment

    def draft(self) -> Draft:
        given = self.cleaned_data
        return Draft(
            **{name: given[name] for name in PLAIN_FIELDS},
            caller=self.caller(),
            order=self.order(),
            uploads=given["attachments"],
            complained_about=[given["complained_about"]] if given["complained_about"] else [],
            promise=self.promised(),
            listening=ListeningSteps(read_back=given["read_back"], understanding=given["understanding"]),
        )

    def outline(self) -> Draft:
        """Return what decides the deadlines, as far as it is filled in."""
        self.is_valid()
        given = {name: self.cleaned_data[name] for name in DECIDING_FIELDS if self.cleaned_data.get(name)}
        customer = self.cleaned_data.get("customer")
        return Draft(
            **{"kind": Kind.COMPLAINT, "channel": Channel.PHONE, **given},
            description="",
            caller=Caller(customer=customer),
        )

    def order(self) -> Order | None:
        given = self.cleaned_data
        if not given["order_number"] or given["customer"] is None:
            return None
        return Order.objects.filter(customer=given["customer"], number=given["order_number"]).first()


DECIDING_FIELDS = ("kind", "channel", "level", "urgency", "category")
FOLDED_FIELDS = ("subject", "occurred_at", "expected_at", "complained_about")
PLAIN_FIELDS = (
    "channel",
    "description",
    "demand",
    "mood",
    "subject",
    "kind",
    "category",
    "urgency",
    "level",
    "product",
    "order_number",
    "occurred_at",
    "expected_at",
)
