"""The working calendar: when a company is open, day by day, and which years' holidays it knows."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta, tzinfo
from functools import cached_property
from itertools import accumulate
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from huiying.kit.guards import BadInput

DAY_MINUTES = 24 * 60
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
TICK = timedelta(microseconds=1)
LAST_YEAR = 9998


@dataclass(frozen=True, order=True, slots=True)
class Hours:
    """An opening within one day, in minutes since midnight: 540–720 is 09:00–12:00, 1440 is 24:00."""

    opens: int
    closes: int

    def __post_init__(self) -> None:
        if not 0 <= self.opens < self.closes <= DAY_MINUTES:
            raise BadInput(
                _("Working hours must open before they close, within one day: %(hours)s.") % {"hours": self},
                field="hours",
            )

    def __str__(self) -> str:
        return f"{self.opens // 60:02}:{self.opens % 60:02}-{self.closes // 60:02}:{self.closes % 60:02}"


Opening = tuple[Hours, ...]
Week = tuple[Opening, Opening, Opening, Opening, Opening, Opening, Opening]


@dataclass(frozen=True, slots=True)
class WeeklyHours:
    """The ordinary week, Monday first, in force from a day on."""

    week: Week
    from_day: date = date.min

    @property
    def ordinary(self) -> Opening:
        """The hours of the first open weekday: what a make-up day has unless it names its own."""
        return next((opening for opening in self.week if opening), ())


@dataclass(frozen=True, slots=True)
class DayException:
    """A dated exception: closed, or open although the week says closed (调休), perhaps with hours of its own."""

    working: bool
    name: str = ""
    hours: Opening = ()


@dataclass(frozen=True, slots=True)
class OpenYear:
    """All openings of one local year in microseconds since 1970, with running totals: sums are jumps, not walks."""

    starts: list[int]
    ends: list[int]
    totals: list[int]  # open time up to the end of each opening
    days: list[int]  # ordinals of the days that open at all

    @property
    def total(self) -> int:
        return self.totals[-1] if self.totals else 0

    def used_by(self, instant: int) -> int:
        """Return the open time from New Year until `instant`."""
        opening = bisect_right(self.starts, instant) - 1
        if opening < 0:
            return 0
        return self.totals[opening] - max(self.ends[opening] - instant, 0)

    def reached(self, used: int) -> int:
        """Return the earliest instant at which `used` > 0 open time has passed."""
        opening = bisect_left(self.totals, used)
        return self.ends[opening] - (self.totals[opening] - used)


@dataclass(frozen=True)
class WorkingCalendar:
    """When work is done (SPEC C6, contract 4): several ranges a day, dated exceptions, effective-dated weeks.

    `known_years` are those whose public holidays are announced; beyond them only the week speaks.
    """

    name: str
    weeks: tuple[WeeklyHours, ...]
    exceptions: Mapping[date, DayException] = field(default_factory=dict, repr=False)
    known_years: frozenset[int] = frozenset()
    zone: str = "Asia/Shanghai"
    _years: dict[int, OpenYear] = field(default_factory=dict, init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        if not self.weeks or not all(weekly.ordinary for weekly in self.weeks):
            raise BadInput(_("The calendar “%(name)s” is never open.") % {"name": self.name}, field="hours")

    @cached_property
    def tz(self) -> tzinfo:
        return ZoneInfo(self.zone)

    def weekly_on(self, day: date) -> WeeklyHours:
        """Return the week in force on `day`; before the first one, the first."""
        in_force = [weekly for weekly in self.weeks if weekly.from_day <= day]
        return in_force[-1] if in_force else self.weeks[0]

    def opening_on(self, day: date) -> Opening:
        """Return the hours of `day`, none when it is no working day."""
        weekly = self.weekly_on(day)
        exception = self.exceptions.get(day)
        if exception is None:
            return weekly.week[day.weekday()]
        if not exception.working:
            return ()
        return exception.hours or weekly.week[day.weekday()] or weekly.ordinary

    def is_working_day(self, day: date) -> bool:
        return bool(self.opening_on(day))

    def local(self, moment: datetime) -> datetime:
        return moment.astimezone(self.tz)

    def at(self, day: date, minute: int) -> datetime:
        """Return the local moment `minute` minutes into `day` by the wall clock (1440 is the next midnight)."""
        day += timedelta(days=minute // DAY_MINUTES)
        return datetime(day.year, day.month, day.day, minute % DAY_MINUTES // 60, minute % 60, tzinfo=self.tz)

    def intervals_on(self, day: date) -> Iterator[tuple[datetime, datetime]]:
        """Yield the openings of `day` as moments; what a change of summer time swallows is left out."""
        for hours in self.opening_on(day):
            opens, closes = self.at(day, hours.opens), self.at(day, hours.closes)
            if opens.timestamp() < closes.timestamp():
                yield opens, closes

    def year(self, year: int) -> OpenYear:
        """Return the openings of `year`, worked out once per calendar."""
        if year > LAST_YEAR:
            raise BadInput(_("This deadline lies too far away to be reckoned."), field="length")
        if year not in self._years:
            self._years[year] = self._open_year(year)
        return self._years[year]

    def _open_year(self, year: int) -> OpenYear:
        starts, ends, days = [], [], []
        for ordinal in range(date(year, 1, 1).toordinal(), date(year + 1, 1, 1).toordinal()):
            intervals = list(self.intervals_on(date.fromordinal(ordinal)))
            starts += [ticks(opens) for opens, _closes in intervals]
            ends += [ticks(closes) for _opens, closes in intervals]
            if intervals:
                days.append(ordinal)
        lengths = (end - start for start, end in zip(starts, ends, strict=True))
        return OpenYear(starts, ends, list(accumulate(lengths)), days)

    def unknown_years(self, start: datetime, end: datetime) -> tuple[int, ...]:
        """Return the years touched from `start` to `end` whose holidays are not announced yet."""
        years = range(self.local(start).year, self.local(end).year + 1)
        return tuple(year for year in years if year not in self.known_years)


def ticks(moment: datetime) -> int:
    """Return microseconds since 1970: whole numbers, so that adding and taking away are exact."""
    return (moment - EPOCH) // TICK


def moment_of(instant: int, tz: tzinfo) -> datetime:
    return (EPOCH + instant * TICK).astimezone(tz)
