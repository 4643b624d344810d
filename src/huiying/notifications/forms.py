from __future__ import annotations

from typing import Any, Self

from django import forms
from django.utils.translation import gettext_lazy as _

from huiying.kit.forms import DeskForm, Segmented
from huiying.notifications.habits import ASIDE, Habits
from huiying.notifications.matrix import Roads
from huiying.notifications.models.habits import Rhythm


class Hour(forms.TimeInput):
    """A time of day, chosen from the browser's own clock."""

    input_type = "time"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%H:%M")


class HabitsForm(DeskForm):
    """What stands beside the matrix: quiet hours and the rhythm of mails."""

    quiet_from = forms.TimeField(label=_("Quiet from"), widget=Hour())
    quiet_until = forms.TimeField(
        label=_("Quiet until"),
        widget=Hour(),
        help_text=_("Held in the quiet hours and sent when they end; the bell goes on counting. Twice the same: none."),
    )
    breaks_quiet = forms.BooleanField(
        label=_("Escalations about VIP customers, and of clocks that run day and night, come at once"), required=False
    )
    rhythm = forms.ChoiceField(
        label=_("Mails come"),
        choices=Rhythm.choices,
        widget=Segmented(),
        help_text=_("Collected into one mail, by case. Escalations do not wait for it."),
    )
    daily_at = forms.TimeField(label=_("The daily mail comes at"), widget=Hour())

    @classmethod
    def of(cls, habits: Habits) -> Self:
        return cls(initial={name: getattr(habits, name) for name in ASIDE})

    def habits(self, roads: Roads) -> Habits:
        return Habits(roads=roads, **{name: self.cleaned_data[name] for name in ASIDE})
