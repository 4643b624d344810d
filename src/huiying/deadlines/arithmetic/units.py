"""Units and lengths of a deadline: thirty minutes, four hours, two days — working, elapsed or statutory."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from huiying.kit.guards import BadInput

LONGEST = timedelta(days=36_525)
LENGTH = re.compile(r"(\d{1,9})\s*([mhd])", re.IGNORECASE | re.ASCII)


class Unit(TextChoices):
    """The three ways to count (SPEC C6, contract 3)."""

    WORKING = "working", gettext_lazy("working time")
    ELAPSED = "elapsed", gettext_lazy("elapsed time")
    STATUTORY = "statutory", gettext_lazy("statutory days")


@dataclass(frozen=True, slots=True)
class Length:
    """How long: whole minutes or whole days, never both. A working day is as long as its calendar makes it."""

    minutes: int = 0
    days: int = 0

    def __post_init__(self) -> None:
        if self.minutes < 0 or self.days < 0 or (self.minutes and self.days):
            raise BadInput(_("A length is given in minutes, hours or days, and is not negative."), field="length")
        if self.time > LONGEST:
            raise BadInput(_("A length of more than a hundred years is no deadline."), field="length")

    @property
    def time(self) -> timedelta:
        """The length by the wall clock."""
        return timedelta(days=self.days, minutes=self.minutes)

    @property
    def code(self) -> str:
        if self.days:
            return f"{self.days}d"
        if self.minutes and self.minutes % 60 == 0:
            return f"{self.minutes // 60}h"
        return f"{self.minutes}m"

    def __str__(self) -> str:
        if self.days:
            return ngettext("%(n)d day", "%(n)d days", self.days) % {"n": self.days}
        return say_time(timedelta(minutes=self.minutes))


def parse_length(text: str) -> Length:
    """Return the length that `30m`, `4h` or `2d` says. Raises BadInput."""
    match = LENGTH.fullmatch(text.strip())
    if not match:
        raise BadInput(_("“%(text)s” is no length; write for example 30m, 4h or 2d.") % {"text": text}, field="length")
    number, unit = int(match[1]), match[2].lower()
    if unit == "d":
        return Length(days=number)
    return Length(minutes=number * (60 if unit == "h" else 1))


def parse_unit(text: str) -> Unit:
    """Return the unit named `text`. Raises BadInput."""
    try:
        return Unit(text)
    except ValueError:
        raise BadInput(
            _("“%(text)s” is no unit; choose working, elapsed or statutory.") % {"text": text}, field="unit"
        ) from None


def say_time(time: timedelta) -> str:
    """Return a span the way people say it: “1 h 10 min”; below a minute in seconds. Days are not named."""
    seconds = int(abs(time).total_seconds())
    if 0 < seconds < 60:
        return _("%(n)d s") % {"n": seconds}
    hours, minutes = divmod(seconds // 60, 60)
    if hours and minutes:
        return _("%(hours)d h %(minutes)d min") % {"hours": hours, "minutes": minutes}
    if hours:
        return _("%(hours)d h") % {"hours": hours}
    return _("%(minutes)d min") % {"minutes": minutes}
