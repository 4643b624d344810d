"""The policies and calendars in force, kept in each process and read again when their edition has grown."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from django.db import transaction

from huiying.deadlines.arithmetic.calendar import (
    DayException,
    Hours,
    Week,
    WeeklyHours,
    WorkingCalendar,
)
from huiying.deadlines.arithmetic.hours import opening
from huiying.deadlines.arithmetic.state_council import SHIPPED, shipped_calendar
from huiying.deadlines.models import Calendar, CalendarDay, CalendarHours, Edition, Policy
from huiying.deadlines.models.policy import Situation
from huiying.staff.models import Department

Row = TypeVar("Row", CalendarHours, CalendarDay)
LOOK_AGAIN_AFTER = 2.0  # seconds another process may work with the edition before


@dataclass(frozen=True)
class Catalogue:
    """Everything needed to start and move clocks without asking the database."""

    edition: int
    current: tuple[Policy, ...]
    calendars: dict[int, WorkingCalendar]
    codes: dict[str, int]
    with_calendar: dict[int, int]
    of_departments: dict[int, int | None]
    older: dict[int, Policy] = field(default_factory=dict)

    def policy(self, pk: int) -> Policy:
        """Return a policy by key, in force or not; a version never changes, so it is read once."""
        if pk not in self.older:
            self.older[pk] = next((policy for policy in self.current if policy.pk == pk), None) or Policy.objects.get(
                pk=pk
            )
        return self.older[pk]

    def deciding(self, situation: Situation) -> dict[str, Policy]:
        """Return by kind the policy that decides in this situation."""
        chosen: dict[str, Policy] = {}
        for policy in self.current:
            if policy.active and policy.kind not in chosen and policy.fits(situation):
                chosen[policy.kind] = policy
        return chosen

    def for_promises(self, kind: str) -> Policy:
        """Return the policy of a kind of promise. Raises LookupError when the starter pack is missing."""
        for policy in self.current:
            if policy.kind == kind and policy.as_promised:
                return policy
        raise LookupError(f"No policy for promises of kind {kind}.")

    def calendar(self, pk: int | None) -> WorkingCalendar:
        """Return a calendar by key, for None the company's."""
        return self.calendars.get(pk or self.codes.get(SHIPPED, 0)) or shipped_calendar()

    def calendar_for(self, policy: Policy, department_id: int | None) -> int | None:
        """Return the key of the policy's calendar, else of the department's, else None for the company's."""
        return policy.calendar_id or self.calendar_of(department_id)

    def calendar_of(self, department_id: int | None) -> int | None:
        """Return the key of the calendar a department goes by; one added since the reading is looked up once."""
        if department_id is None or not self.with_calendar:
            return None
        if department_id not in self.of_departments:
            path = Department.objects.filter(pk=department_id).values_list("path", flat=True).first() or ""
            self.of_departments[department_id] = nearest(path, self.with_calendar)
        return self.of_departments[department_id]


_kept: Catalogue | None = None
_looked_at = 0.0


def catalogue() -> Catalogue:
    """Return what is in force, read again when another process has changed it."""
    global _kept, _looked_at  # noqa: PLW0603 — one catalogue per process
    if _kept is not None and time.monotonic() - _looked_at < LOOK_AGAIN_AFTER:
        return _kept
    number = Edition.objects.filter(pk=1).values_list("number", flat=True).first() or 0
    if _kept is None or _kept.edition != number:
        _kept = read_catalogue(number)
    _looked_at = time.monotonic()
    return _kept


def forget() -> None:
    """Drop what this process keeps."""
    global _kept  # noqa: PLW0603 — one catalogue per process
    _kept = None


def published() -> None:
    """Say that policies or calendars changed: here at once, elsewhere within moments of the commit."""
    Edition.grow()
    forget()
    transaction.on_commit(forget)


def read_catalogue(edition: int) -> Catalogue:
    calendars = list(Calendar.objects.all())
    hours, days = _by_calendar(CalendarHours.objects.all()), _by_calendar(CalendarDay.objects.all())
    bases = {calendar.pk: calendar for calendar in calendars}
    return Catalogue(
        edition=edition,
        current=tuple(Policy.objects.current()),
        calendars={
            calendar.pk: working_calendar(calendar, bases, hours, days) for calendar in calendars if hours[calendar.pk]
        },
        codes={calendar.code: calendar.pk for calendar in calendars},
        with_calendar=(own := {one.department_id: one.pk for one in calendars if one.department_id}),
        of_departments=_departments(own),
    )


def _by_calendar(rows: Iterable[Row]) -> dict[int, list[Row]]:
    found: dict[int, list[Row]] = defaultdict(list)
    for row in rows:
        found[row.calendar_id].append(row)
    return found


def working_calendar(
    calendar: Calendar,
    bases: dict[int, Calendar],
    hours: dict[int, list[CalendarHours]],
    days: dict[int, list[CalendarDay]],
) -> WorkingCalendar:
    """Return the rows of one calendar as what the arithmetic reckons with."""
    line = lineage(calendar, bases)
    exceptions = {row.day: exception(row) for each in reversed(line) for row in days[each.pk]}
    return WorkingCalendar(
        name=calendar.name,
        weeks=weeks(hours[calendar.pk]),
        exceptions=exceptions,
        known_years=frozenset(year for each in line for year in each.known_years),
        zone=calendar.zone,
    )


def lineage(calendar: Calendar, bases: dict[int, Calendar]) -> list[Calendar]:
    """Return the calendar, its base, the base's base …; a ring is cut."""
    line = [calendar]
    while (base := bases.get(line[-1].base_id or 0)) is not None and base not in line:
        line.append(base)
    return line


def weeks(rows: Sequence[CalendarHours]) -> tuple[WeeklyHours, ...]:
    by_day: dict[date, list[CalendarHours]] = defaultdict(list)
    for row in rows:
        by_day[row.from_day].append(row)
    return tuple(WeeklyHours(week(by_day[day]), from_day=day) for day in sorted(by_day))


def week(rows: Sequence[CalendarHours]) -> Week:
    days: list[list[Hours]] = [[] for _weekday in range(7)]
    for row in rows:
        days[row.weekday].append(Hours(row.opens, row.closes))
    mon, tue, wed, thu, fri, sat, sun = (opening(hours) for hours in days)
    return (mon, tue, wed, thu, fri, sat, sun)


def exception(row: CalendarDay) -> DayException:
    hours = opening(Hours(opens, closes) for opens, closes in row.hours)
    return DayException(working=row.working, name=row.name, hours=hours)


def _departments(own: Mapping[int, int]) -> dict[int, int | None]:
    """Return department → calendar, a department without one taking that of the nearest above it."""
    if not own:
        return {}
    return {pk: nearest(path, own) for pk, path in Department.objects.values_list("pk", "path")}


def nearest(path: str, own: Mapping[int, int]) -> int | None:
    """Return the calendar of the nearest department on the path that has one of its own."""
    above = [own[int(part)] for part in path.strip("/").split("/") if part and int(part) in own]
    return above[-1] if above else None
