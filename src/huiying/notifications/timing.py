"""When a notice leaves: the rhythm of mails and the quiet hours, reckoned in the organisation's zone."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from django.utils.timezone import get_default_timezone

from huiying.notifications.habits import Habits
from huiying.notifications.models.habits import Rhythm

DAY = timedelta(days=1)


def next_mail(habits: Habits, *, at: datetime) -> datetime:
    """Return when the next mail of somebody's rhythm leaves."""
    here = at.astimezone(get_default_timezone())
    if habits.rhythm == Rhythm.HOURLY:
        return here.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
    if habits.rhythm == Rhythm.DAILY:
        return next_time(habits.daily_at, after=here)
    return at


def after_quiet(habits: Habits, *, at: datetime) -> datetime:
    """Return the moment itself, or the end of the quiet hours in which it lies."""
    here = at.astimezone(get_default_timezone())
    if not is_quiet(habits, here.time()):
        return at
    return next_time(habits.quiet_until, after=here)


def is_quiet(habits: Habits, clock: time) -> bool:
    if habits.quiet_from <= habits.quiet_until:
        return habits.quiet_from <= clock < habits.quiet_until
    return clock >= habits.quiet_from or clock < habits.quiet_until


def next_time(clock: time, *, after: datetime) -> datetime:
    """Return the next moment of the day that lies after a local moment."""
    today = after.replace(hour=clock.hour, minute=clock.minute, second=0, microsecond=0)
    return today if today > after else today + DAY
