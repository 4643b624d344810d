"""The starter pack: the shipped calendar and the first policies. Installing it again changes nothing."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from huiying.deadlines.arithmetic.hours import parse_hours
from huiying.deadlines.arithmetic.state_council import OFFICE_HOURS, SHIPPED, announced
from huiying.deadlines.arithmetic.units import parse_length
from huiying.deadlines.catalogue import published
from huiying.deadlines.models import Calendar, CalendarDay, CalendarHours, Policy
from huiying.deadlines.starter_policies import LATER, ONBOARDING, PRESETS, TABLE, WIN_BACK, Starter
from huiying.deadlines.verbs import CALENDAR_ADDED, POLICY_ADDED
from huiying.journal.actors import STARTER
from huiying.journal.entries import record

FIRST_DAY = date(2000, 1, 1)


@transaction.atomic
def install_starter_pack() -> None:
    """Add the shipped calendar and the policies not yet known; what is there stays as it is."""
    if not Calendar.objects.filter(code=SHIPPED).exists():
        install_calendar()
    known = set(Policy.objects.values_list("code", flat=True))
    shipped = (*TABLE, *LATER, *PRESETS, WIN_BACK, *ONBOARDING)
    missing = [(place, each) for place, each in enumerate(shipped) if each.code not in known]
    for place, starter in missing:
        install_policy(starter, position=(place + 1) * 10)
    published()


def install_calendar() -> None:
    calendar = Calendar.objects.create(
        code=SHIPPED, name="公司工作日历", name_en="Company calendar", known_years=sorted(announced().years)
    )
    CalendarHours.objects.bulk_create(
        CalendarHours(calendar=calendar, from_day=FIRST_DAY, weekday=weekday, opens=hours.opens, closes=hours.closes)
        for weekday in range(5)
        for hours in parse_hours(OFFICE_HOURS)
    )
    CalendarDay.objects.bulk_create(
        CalendarDay(calendar=calendar, day=day, working=exception.working, name=exception.name)
        for day, exception in sorted(announced().days.items())
    )
    record(CALENDAR_ADDED, calendar, by=STARTER, name=calendar.name, name_en=calendar.name_en)


def install_policy(starter: Starter, *, position: int) -> None:
    length = parse_length(starter.length) if starter.length else None
    in_days = starter.length.endswith("d")
    policy = Policy.objects.create(
        code=starter.code,
        kind=starter.kind,
        position=position,
        name=starter.names[0],
        name_en=starter.names[1],
        unit=starter.unit,
        minutes=length.minutes if length and not in_days else None,
        days=length.days if length and in_days else None,
        as_promised=length is None,
        conditions=starter.conditions,
        starts_on=list(starter.starts),
        stops_on=list(starter.stops),
        resets_on=list(starter.resets),
        cancels_on=list(starter.cancels),
        yields_to=list(starter.yields_to),
        repeats=starter.repeats,
        pausable=starter.pausable,
        keeps_owner=starter.keeps_owner,
        extension_days=parse_length(starter.extension).days if starter.extension else 0,
        ladder=list(starter.ladder),
        active=starter.active,
    )
    record(POLICY_ADDED, policy, by=STARTER, name=policy.name, name_en=policy.name_en)
