from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from huiying.cases.actions import SplitDraft
from huiying.cases.models import Case, Category, Kind, Level, Side, Urgency
from huiying.channels.models import Message
from huiying.kit.forms import DeskForm, Segmented
from huiying.kit.text import shortened
from huiying.staff.references import key_in


class SplitForm(DeskForm):
    """Another matter: the customer's words about it, and what it is."""

    messages = forms.TypedMultipleChoiceField(
        label=_("the customer's words about the other matter"),
        coerce=int,
        error_messages={
            "required": _("Please choose the customer's words about the other matter."),
            "invalid_choice": _("Only words that the customer said on this case can be split off."),
        },
    )
    subject = forms.CharField(
        label=_("subject"), max_length=200, required=False, help_text=_("Left empty, the words begin it.")
    )
    demand = forms.CharField(label=_("core demand"), max_length=500, required=False)
    kind = forms.ChoiceField(label=_("kind"), choices=Kind.choices, widget=Segmented)
    category = forms.ModelChoiceField(label=_("category"), queryset=Category.objects.none(), required=False)
    level = forms.ChoiceField(label=_("level"), choices=Level.choices, widget=Segmented)
    urgency = forms.ChoiceField(label=_("urgency"), choices=Urgency.choices, widget=Segmented)
    side = forms.TypedChoiceField(
        label=_("the new case is"),
        choices=[
            (Side.CHILD_OF, _("a part: this case waits for it")),
            (Side.FOLLOW_UP_OF, _("a follow-up: each is closed by itself")),
        ],
        initial=Side.CHILD_OF,
        coerce=Side,
        widget=Segmented,
    )

    def __init__(self, *args: Any, words: Sequence[Message], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.words = words
        self.fields["messages"].choices = [(message.pk, message.text) for message in words]  # type: ignore[attr-defined]
        self.fields["category"].queryset = Category.objects.in_use()  # type: ignore[attr-defined]

    @classmethod
    def of(cls, case: Case, words: Sequence[Message], *, chosen: int) -> SplitForm:
        """Return the form as it opens: of the case's own kind, begun with the message it was opened at."""
        begun = [message for message in words if message.pk == chosen]
        known = {name: getattr(case, name) for name in ("kind", "level", "urgency")}
        subject = shortened(begun[0].text, 60) if begun else ""
        return cls(initial={**known, "messages": [message.pk for message in begun], "subject": subject}, words=words)

    @property
    def chosen(self) -> set[int]:
        return {key_in(str(key)) for key in self["messages"].value() or ()}

    def draft(self) -> SplitDraft:
        return SplitDraft(**self.cleaned_data)
