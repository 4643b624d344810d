"""Times as people say them: "25 min left", "today 09:12". All functions take `now`; none asks the clock."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import lru_cache

from django.utils import dateformat, timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
SOON = HOUR
YEARS = range(1900, 2200)  # beyond, neither databases nor calendars reckon safely


def span_in_words(length: timedelta) -> str:
    """Return a length with at most two units, rounded down to minutes; frontend/src/times.js says the same."""
    minutes = int(length.total_seconds()) // 60
    hours, days = minutes // 60, minutes // 1440
    if minutes < 1:
        return _("less than a minute")
    if hours < 1:
        return _("%(minutes)s min") % {"minutes": minutes}
    if days < 1 and minutes % 60:
        return _("%(hours)s h %(minutes)s min") % {"hours": hours, "minutes": f"{minutes % 60:02}"}
    if days < 1:
        return _("%(hours)s h") % {"hours": hours}
    if days < 7 and hours % 24:
        return _("%(days)s d %(hours)s h") % {"days": days, "hours": hours % 24}
    return _("%(days)s d") % {"days": days}


def remaining_in_words(due: datetime, *, now: datetime) -> str:
    """Return "… left" before the moment and "overdue by …" after it."""
    if now > due:
        return _("overdue by %(span)s") % {"span": span_in_words(now - due)}
    return _("%(span)s left") % {"span": span_in_words(due - now)}


def span_in_short(length: timedelta) -> str:
    """Return a length in one unit: "25 min", "4 h", "2 d"."""
    unit = DAY if length >= DAY else HOUR if length >= HOUR else MINUTE
    return span_in_words(length - length % unit)


def remaining_in_short(due: datetime, *, now: datetime) -> str:
    """Return the same in one unit, for cards: "25 min", "4 h", "over by 2 d"."""
    span = span_in_short(abs(due - now))
    return _("over by %(span)s") % {"span": span} if now > due else span


def tone_of(due: datetime | None, *, now: datetime) -> str:
    """Return "late", "soon" (within the hour) or "" as the tone in which a deadline is drawn."""
    if due is None:
        return ""
    return "late" if now > due else "soon" if due - now <= SOON else ""


def moment_in_words(moment: datetime, *, now: datetime) -> str:
    """Return "today 09:12", "5 Mar 09:12", or with the year when it is another one."""
    local = timezone.localtime(moment)
    today = timezone.localtime(now).date()
    near = near_day(local.date(), today=today)
    if near:
        return _("%(day)s %(time)s") % {"day": near, "time": f"{local:%H:%M}"}
    # Translators: a Django date format, for a moment in this year
    form = _("j M H:i") if local.year == today.year else _("j M Y H:i")
    return dateformat.format(local, form)


def day_in_words(day: date, *, today: date) -> str:
    """Return "today", "5 Mar", or with the year when it is another one."""
    # Translators: a Django date format, for a day in this year
    form = _("j M") if day.year == today.year else _("j M Y")
    return near_day(day, today=today) or dateformat.format(day, form)


def near_day(day: date, *, today: date) -> str:
    return {-1: _("yesterday"), 0: _("today"), 1: _("tomorrow")}.get((day - today).days, "")


def whole_moment(moment: datetime) -> str:
    """Return date, weekday and time to the second, as shown on hover."""
    return _whole_moment(moment, get_language(), timezone.get_current_timezone_name())


@lru_cache(maxsize=8192)  # every row of every list says two of them, and the same rows are drawn again and again
def _whole_moment(moment: datetime, _language: str | None, _zone: str) -> str:
    # Translators: a Django date format with weekday and seconds
    return dateformat.format(timezone.localtime(moment), _("l, j F Y, H:i:s"))
