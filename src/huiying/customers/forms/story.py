from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms
from django.db import models
from django.http import QueryDict
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from huiying.customers.story import Wanted, kinds
from huiying.kit.forms import ChipBoxes, Day, DeskForm

MESSAGES, RECORDS = "messages", "interactions"  # not offered, yet understood: words exchanged, records of contact
NOTHING = Wanted(kinds=frozenset({"none"}))


class Period(models.TextChoices):
    """From when to when; with `BETWEEN` two days are chosen."""

    ALWAYS = "", gettext_lazy("at any time")
    WEEK = "7", gettext_lazy("last 7 days")
    MONTH = "30", gettext_lazy("last 30 days")
    QUARTER = "90", gettext_lazy("last 90 days")
    THIS_YEAR = "this-year", gettext_lazy("this year")
    LAST_YEAR = "last-year", gettext_lazy("last year")
    BETWEEN = "between", gettext_lazy("from … to …")

    def days(self, today: date) -> tuple[date | None, date | None]:
        if self in {Period.WEEK, Period.MONTH, Period.QUARTER}:
            return today - timedelta(days=int(self) - 1), None
        if self == Period.THIS_YEAR:
            return today.replace(month=1, day=1), None
        if self == Period.LAST_YEAR:
            return date(today.year - 1, 1, 1), date(today.year - 1, 12, 31)
        return None, None


class StoryForm(DeskForm):
    """Which part of a customer's story is shown. A kind or period there is none of is as good as none."""

    find = forms.CharField(label=gettext_lazy("Search the timeline"), required=False, max_length=100)
    about = forms.MultipleChoiceField(label=gettext_lazy("Show"), required=False, widget=ChipBoxes)
    period = forms.ChoiceField(label=gettext_lazy("Period"), required=False, choices=Period.choices)
    since = forms.DateField(label=gettext_lazy("from"), required=False, widget=Day)
    until = forms.DateField(label=gettext_lazy("until"), required=False, widget=Day)

    def __init__(self, asked: QueryDict) -> None:
        known = [(kind.code, kind.name) for kind in kinds()]
        told = asked.copy()
        told.setlist("about", [one for one in asked.getlist("about") if one in {*dict(known), MESSAGES, RECORDS}])
        if asked.get("period") not in Period.values:
            told["period"] = Period.BETWEEN if asked.get("since") or asked.get("until") else Period.ALWAYS
        super().__init__(told)
        about = self.fields["about"]
        assert isinstance(about, forms.MultipleChoiceField)
        about.choices = [*known, *((one, one) for one in told.getlist("about") if one not in dict(known))]
        self.is_valid()

    def clean(self) -> dict[str, Any]:
        chosen = super().clean() or {}
        since, until = chosen.get("since"), chosen.get("until")
        if self.is_between and since and until and since > until:
            self.add_error("since", _("The first day lies after the last one; swap them."))
        return chosen

    @property
    def is_between(self) -> bool:
        return bool(self.cleaned_data.get("period") == Period.BETWEEN)

    @property
    def wanted(self) -> Wanted:
        """Return what is asked for; nothing is found while a day cannot be read."""
        if self.errors:
            return NOTHING
        chosen = self.cleaned_data
        since, until = Period(chosen["period"]).days(localdate())
        if self.is_between:
            since, until = chosen["since"], chosen["until"]
        words = tuple(str(chosen["find"]).split())
        return Wanted(kinds=frozenset(chosen["about"]), since=since, until=until, words=words)

    @property
    def query(self) -> str:
        """Return what is chosen as the address keeps it."""
        kept = QueryDict(mutable=True)
        for name in self.fields:
            if name in {"since", "until"} and not self.is_between:
                continue
            kept.setlist(name, [value for value in self.data.getlist(name) if value])  # type: ignore[attr-defined]
        return kept.urlencode()
