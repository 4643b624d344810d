from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from huiying.cases.actions import Word
from huiying.cases.models import Confirmation
from huiying.channels.models.endpoint import Channel
from huiying.kit.forms import DeskForm, Segmented


class ConfirmationForm(DeskForm):
    """The customer's word, as told to us."""

    result = forms.ChoiceField(label=_("is it solved?"), choices=Confirmation.Result.choices, widget=Segmented)
    rating = forms.ChoiceField(label=_("how satisfied?"), choices=Confirmation.Rating.choices, widget=Segmented)
    comment = forms.CharField(label=_("advice for us"), widget=forms.Textarea(attrs={"rows": 2}), required=False)

    def word(self) -> Word:
        return Word(**self.cleaned_data)


class AttemptForm(DeskForm):
    channel = forms.ChoiceField(label=_("channel"), choices=Channel.choices, initial=Channel.PHONE)
    note = forms.CharField(
        label=_("what happened"), max_length=200, help_text=_("E.g. not answered, rang for a minute.")
    )


class ClosureForm(DeskForm):
    lesson = forms.CharField(
        label=_("lesson"),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
        help_text=_("What we shall do differently, so that this does not happen again."),
    )


class ReasonForm(DeskForm):
    """For deeds that only need a reason."""

    reason = forms.CharField(label=_("reason"), widget=forms.Textarea(attrs={"rows": 3}))


class SecondLookForm(DeskForm):
    agreed = forms.TypedChoiceField(
        label=_("your decision"),
        choices=[("yes", _("the case is invalid")), ("no", _("the case goes on"))],
        coerce=lambda word: word == "yes",
        widget=Segmented,
    )
