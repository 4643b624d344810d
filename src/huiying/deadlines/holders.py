"""Who used up the time of a clock: the figure behind its sub-clocks (SPEC C6, contract 12)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from huiying.deadlines import movement
from huiying.deadlines.catalogue import catalogue
from huiying.deadlines.models import Clock, Stint


@dataclass(frozen=True, kw_only=True)
class Held:
    """One holder's part of a clock's time; `used` is in the clock's own unit, `percent` of what all used by now."""

    owner: str
    team: str
    department: str
    started_at: datetime
    ended_at: datetime
    used: timedelta
    percent: int

    @property
    def who(self) -> str:
        """The person, else the team or department whose queue it lay in."""
        return self.owner or self.team or self.department


def holders_of(clocks: Sequence[Clock], *, now: datetime) -> dict[int, list[Held]]:
    """Return by clock who had it, oldest first. Clocks fetched with owner, team and department cost one look-up."""
    known = catalogue()
    earlier = earlier_stints(clocks)
    held: dict[int, list[Held]] = {}
    for clock in clocks:
        ended_at = max(clock.ended_at or now, clock.stint_from or clock.started_at)
        total = movement.used_by(clock, known, at=ended_at)
        last = Stint(
            owner=clock.owner,
            team=clock.team,
            department=clock.department,
            started_at=clock.stint_from or clock.started_at,
            ended_at=ended_at,
            used=total - clock.stint_used,
        )
        held[clock.pk] = [part(stint, total) for stint in (*earlier[clock.pk], last)]
    return held


def earlier_stints(clocks: Sequence[Clock]) -> dict[int, list[Stint]]:
    """Return the stints of the clocks' present round by clock; a clock never handed on has none and is not asked."""
    restarts = {clock.pk: clock.restarts for clock in clocks if clock.stint_from is not None}
    found: dict[int, list[Stint]] = defaultdict(list)
    if not restarts:
        return found
    stints = Stint.objects.filter(clock__in=list(restarts)).select_related("owner", "team", "department")
    for stint in stints.order_by("id"):
        if stint.restarts == restarts[stint.clock_id]:
            found[stint.clock_id].append(stint)
    return found


def part(stint: Stint, total: timedelta) -> Held:
    return Held(
        owner=stint.owner.name if stint.owner else "",
        team=str(stint.team) if stint.team else "",
        department=str(stint.department) if stint.department else "",
        started_at=stint.started_at,
        ended_at=stint.ended_at,
        used=stint.used,
        percent=round(stint.used / total * 100) if total else 0,
    )


def by_department(held: Iterable[Held]) -> dict[str, timedelta]:
    """Return the time each department used, the most first; "" is what lay with none."""
    sums: dict[str, timedelta] = defaultdict(timedelta)
    for one in held:
        sums[one.department] += one.used
    return dict(sorted(sums.items(), key=lambda pair: pair[1], reverse=True))
