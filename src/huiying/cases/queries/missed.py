"""Which clocks broke in a week, whose time it was, and which rule sent the case there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import models
from django.utils.timezone import get_current_timezone

from huiying.cases.models import Case
from huiying.cases.models.case import ROW
from huiying.deadlines.catalogue import catalogue
from huiying.deadlines.holders import Held, holders_of
from huiying.deadlines.models import Clock
from huiying.deadlines.queries import used_in_words
from huiying.journal.actors import Actor

A_WEEK = timedelta(days=7)
LOOKED_AT = 1_000  # enough for the figures of a bad week; the page says when there were more
SHOWN = 200


@dataclass(frozen=True)
class Week:
    """A week from Monday to Sunday."""

    monday: date

    @classmethod
    def of(cls, day: date) -> Week:
        return cls(day - timedelta(days=day.weekday()))

    @property
    def sunday(self) -> date:
        return self.monday + A_WEEK - timedelta(days=1)

    @property
    def before(self) -> date:
        return self.monday - A_WEEK

    @property
    def after(self) -> date:
        return self.monday + A_WEEK

    @property
    def bounds(self) -> tuple[datetime, datetime]:
        midnight = datetime.min.time()
        zone = get_current_timezone()
        return (
            datetime.combine(self.monday, midnight, tzinfo=zone),
            datetime.combine(self.after, midnight, tzinfo=zone),
        )


@dataclass(frozen=True, kw_only=True)
class Missed:
    """One broken clock: how late it was met (or is by now), and who had had it until then."""

    clock: Clock
    case: Case
    name: str
    late_by: timedelta
    is_open: bool
    held: list[Held]

    @property
    def mostly(self) -> Held:
        """Who used most of its time."""
        return max(self.held, key=lambda part: part.used)

    @property
    def rule(self) -> str:
        """The rule that sent the case where it went; "" where a person did."""
        return str(self.case.routing.get("rule", ""))

    @property
    def used(self) -> str:
        return used_in_words(self.mostly.used, self.clock.policy.counted_in)


@dataclass(frozen=True, kw_only=True)
class Blamed:
    """A department, how many clocks broke mostly in its hands, and which share of all that is."""

    department: str
    count: int
    percent: int


@dataclass(frozen=True, kw_only=True)
class MissedWeek:
    week: Week
    rows: list[Missed]
    still_open: int
    departments: list[Blamed]
    total: int
    has_more: bool

    @property
    def shown(self) -> list[Missed]:
        return self.rows[:SHOWN]


def missed_in(week: Week, *, by: Actor, now: datetime) -> MissedWeek:
    """Return the week's broken clocks on cases that the actor may see, the latest first; four look-ups."""
    clocks = broken_in(week, by=by)
    known, rows = catalogue(), list(clocks[:LOOKED_AT])
    for clock in rows:
        clock.policy = known.policy(clock.policy_id)
    concerned = Case.objects.filter(pk__in={clock.subject_id for clock in rows})
    cases = {case.pk: case for case in concerned.select_related("customer", "owner").only(*ROW, "routing")}
    held = holders_of(rows, now=now)
    missed = [missed_of(clock, cases[clock.subject_id], held[clock.pk], now=now) for clock in rows]
    return MissedWeek(
        week=week,
        rows=missed,
        still_open=sum(one.is_open for one in missed),
        departments=blamed(missed),
        total=len(missed),
        has_more=len(rows) == LOOKED_AT,
    )


def broken_in(week: Week, *, by: Actor) -> models.QuerySet[Clock]:
    begin, end = week.bounds
    visible = Case.objects.visible_to(by).order_by().values("pk")
    broken = Clock.objects.filter(breached_at__gte=begin, breached_at__lt=end, subject_type=Case._meta.label_lower)
    found = broken.filter(subject_id__in=visible).select_related("owner", "team", "department")
    return found.order_by("-breached_at", "-id")


def missed_of(clock: Clock, case: Case, held: list[Held], *, now: datetime) -> Missed:
    return Missed(
        clock=clock,
        case=case,
        name=str(clock.policy),
        late_by=max((clock.ended_at or now) - (clock.breached_at or now), timedelta()),
        is_open=clock.is_live,
        held=held,
    )


def blamed(missed: Sequence[Missed]) -> list[Blamed]:
    counts: dict[str, int] = defaultdict(int)
    for one in missed:
        counts[one.mostly.department] += 1
    ordered = sorted(counts.items(), key=lambda pair: pair[1], reverse=True)
    return [
        Blamed(department=department, count=count, percent=round(count / len(missed) * 100))
        for department, count in ordered
    ]
