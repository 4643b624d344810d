"""What deadlines do when something happened."""

from __future__ import annotations

from huiying.deadlines.actions import replan_calendar
from huiying.deadlines.catalogue import published
from huiying.deadlines.models import Calendar
from huiying.journal.actors import CLOCKWORK
from huiying.journal.models import Entry
from huiying.staff.models import Department


def count_anew(calendar: Calendar, entry: Entry) -> None:
    """A calendar changed: what remains of its running clocks is counted by the calendar as it is now."""
    replan_calendar(calendar, at=entry.at, by=CLOCKWORK)


def place_department(_department: Department, _entry: Entry) -> None:
    """A department moved: whoever stands below one with a calendar goes by it, which every process keeps in mind."""
    published()
