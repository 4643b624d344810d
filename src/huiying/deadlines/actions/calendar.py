"""Changing calendars. What clocks have used stays; what remains is counted anew soon after (contract 10)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import available_timezones

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from huiying.deadlines.arithmetic.calendar import Week
from huiying.deadlines.arithmetic.state_council import Announcement
from huiying.deadlines.catalogue import published
from huiying.deadlines.models import Calendar, CalendarDay, CalendarHours
from huiying.deadlines.policies import may_set_deadlines
from huiying.deadlines.verbs import CALENDAR_ADDED, CALENDAR_CHANGED, HOLIDAYS_READ
from huiying.journal.actors import Actor
from huiying.journal.entries import record
from huiying.kit.guards import BadInput, ensure
from huiying.staff.models import Department


@dataclass(frozen=True, kw_only=True)
class CalendarDraft:
    """A calendar by name, whose it is, and from which other one it takes its holidays."""

    name: str
    name_en: str = ""
    zone: str = "Asia/Shanghai"
    department: Department | None = None
    base: Calendar | None = None


@transaction.atomic
def add_calendar(draft: CalendarDraft, week: Week, *, by: Actor, at: datetime) -> Calendar:
    """Add a calendar with its ordinary week."""
    ensure(may_set_deadlines(by))
    ensure_sensible(draft)
    ensure_open(week)
    calendar = Calendar.objects.create(code=free_code(draft), **fields_of(draft))
    write_week(calendar, week, from_day=date(2000, 1, 1))
    published()
    record(CALENDAR_ADDED, calendar, by=by, at=at, **names(calendar))
    return calendar


@transaction.atomic
def revise_calendar(calendar: Calendar, draft: CalendarDraft, *, by: Actor, at: datetime) -> Calendar:
    """Change a calendar's name, zone, department or base."""
    ensure(may_set_deadlines(by))
    ensure_sensible(draft, calendar)
    for name, value in fields_of(draft).items():
        setattr(calendar, name, value)
    calendar.save()
    return changed(calendar, by=by, at=at)


@transaction.atomic
def set_week(calendar: Calendar, week: Week, *, from_day: date, by: Actor, at: datetime) -> Calendar:
    """Set the ordinary week that holds from a day on; weeks before that day stay as they were."""
    ensure(may_set_deadlines(by))
    ensure_open(week)
    calendar.hours.filter(from_day=from_day).delete()
    write_week(calendar, week, from_day=from_day)
    return changed(calendar, by=by, at=at, from_day=from_day.isoformat())


@transaction.atomic
def set_day(calendar: Calendar, day: CalendarDay, *, by: Actor, at: datetime) -> Calendar:
    """Make one date a day off or a working day."""
    ensure(may_set_deadlines(by))
    CalendarDay.objects.update_or_create(
        calendar=calendar, day=day.day, defaults={"working": day.working, "name": day.name, "hours": day.hours}
    )
    return changed(calendar, by=by, at=at, day=day.day.isoformat())


@transaction.atomic
def unset_day(calendar: Calendar, day: date, *, by: Actor, at: datetime) -> Calendar:
    """Let one date follow the week again."""
    ensure(may_set_deadlines(by))
    if calendar.days.filter(day=day).delete()[0]:
        changed(calendar, by=by, at=at, day=day.isoformat())
    return calendar


@transaction.atomic
def read_holidays(calendar: Calendar, announced: Announcement, *, by: Actor, at: datetime) -> Calendar:
    """Take over an announcement: its years are known from now on, its days replace what was there for them."""
    ensure(may_set_deadlines(by))
    rows = [
        CalendarDay(calendar=calendar, day=day, working=exception.working, name=exception.name[:60])
        for day, exception in sorted(announced.days.items())
    ]
    calendar.days.filter(day__year__in=announced.years).delete()
    CalendarDay.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["calendar", "day"], update_fields=["working", "name"]
    )
    calendar.known_years = sorted({*calendar.known_years, *announced.years})
    calendar.save()
    years = ", ".join(str(year) for year in sorted(announced.years))
    record(HOLIDAYS_READ, calendar, by=by, at=at, **names(calendar), years=years)
    published()
    return calendar


def ensure_sensible(draft: CalendarDraft, calendar: Calendar | None = None) -> None:
    if not draft.name.strip():
        raise BadInput(_("Please give the calendar a name."), field="name")
    if draft.zone not in available_timezones():
        raise BadInput(_("“{zone}” is no time zone.").format(zone=draft.zone), field="zone")
    others = Calendar.objects.exclude(pk=calendar.pk) if calendar else Calendar.objects.all()
    if draft.department is not None and others.filter(department=draft.department).exists():
        raise BadInput(_("This department has a calendar already."), field="department")
    above = draft.base
    while above is not None:
        if above == calendar:
            raise BadInput(_("A calendar cannot take its holidays from itself."), field="base")
        above = above.base


def ensure_open(week: Week) -> None:
    if not any(week):
        raise BadInput(_("A calendar needs at least one working day a week."), field="mon")


def write_week(calendar: Calendar, week: Week, *, from_day: date) -> None:
    CalendarHours.objects.bulk_create(
        CalendarHours(calendar=calendar, from_day=from_day, weekday=weekday, opens=hours.opens, closes=hours.closes)
        for weekday, opening in enumerate(week)
        for hours in opening
    )


def changed(calendar: Calendar, *, by: Actor, at: datetime, **facts: object) -> Calendar:
    published()
    record(CALENDAR_CHANGED, calendar, by=by, at=at, **names(calendar), **facts)
    return calendar


def fields_of(draft: CalendarDraft) -> Mapping[str, object]:
    return {
        "name": draft.name.strip()[:60],
        "name_en": draft.name_en.strip()[:60],
        "zone": draft.zone,
        "department": draft.department,
        "base": draft.base,
    }


def free_code(draft: CalendarDraft) -> str:
    taken = set(Calendar.objects.values_list("code", flat=True))
    stem = slugify(draft.name_en or draft.name)[:30] or "calendar"
    return next(code for number in range(1, 1000) if (code := stem if number == 1 else f"{stem}-{number}") not in taken)


def names(calendar: Calendar) -> dict[str, object]:
    return {"name": calendar.name, "name_en": calendar.name_en}
