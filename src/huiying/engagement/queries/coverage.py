"""How much of what was planned took place: done and covered of what was due, by tier, team and owner (SPEC B1).

Due is what a policy asks for in windows that end in the period and whose day has come or that was kept already. Not due
is what an open complaint held back: held still, or excused because it lasted to the end. What somebody skipped is due.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q

from huiying.customers.models import Tier
from huiying.engagement.models import PlannedContact, State
from huiying.engagement.models.planned_contact import KEPT, PlannedContactQuerySet
from huiying.staff.models import Team, User

Group = Mapping[str, object]
IS_KEPT = Q(state__in=KEPT)
IS_MISSED = Q(state=State.MISSED)
IS_SKIPPED = Q(state=State.SKIPPED)


def is_overdue(today: date) -> Q:
    return Q(state=State.PLANNED, due_on__lt=today)


@dataclass(frozen=True, kw_only=True)
class Line:
    """One bar: of what was `due`, how much was `kept`; the rest was missed, skipped, is overdue or due today."""

    key: str | int | None
    name: str
    due: int
    kept: int
    missed: int
    skipped: int
    overdue: int

    @property
    def percent(self) -> int:
        """The share kept; 100 only where everything was, 0 only where nothing was."""
        if self.kept == self.due:
            return 100
        return min(max(round(100 * self.kept / self.due), 1), 99) if self.kept else 0


@dataclass(frozen=True)
class Coverage:
    """All bars of a period; each list adds up to the same."""

    by_tier: list[Line]
    by_team: list[Line]
    by_owner: list[Line]
    whole: Line


def due_rows(
    begins: date, ends: date, *, today: date, of: PlannedContactQuerySet | None = None
) -> PlannedContactQuerySet:
    """Return what counts as due in the period, of the given rows where some are."""
    rows = (PlannedContact.objects.all() if of is None else of).by_policy()
    has_come = Q(due_on__lte=today) | Q(window_until__lt=today) | IS_KEPT
    within = rows.filter(has_come, window_until__range=(begins, ends), is_excused=False)
    return within.exclude(state=State.HELD)


def coverage(begins: date, ends: date, *, today: date, of: PlannedContactQuerySet | None = None) -> Coverage:
    """Return the coverage of the period, of the given rows where some are; one statement and two for names."""
    due = due_rows(begins, ends, today=today, of=of)
    groups: list[Group] = list(
        due.order_by()
        .values("tier", "owner_id", "owner__team_id")
        .annotate(
            due=Count("pk"),
            kept=Count("pk", filter=IS_KEPT),
            missed=Count("pk", filter=IS_MISSED),
            skipped=Count("pk", filter=IS_SKIPPED),
            overdue=Count("pk", filter=is_overdue(today)),
        )
    )
    people = User.objects.in_bulk({group["owner_id"] for group in groups} - {None})
    teams = Team.objects.in_bulk({group["owner__team_id"] for group in groups} - {None})
    tiers = [tier for tier in Tier.values if any(group["tier"] == tier for group in groups)]
    return Coverage(
        by_tier=[summed(groups, "tier", tier, str(Tier(tier).label)) for tier in tiers],
        by_team=worst_first(summed(groups, "owner__team_id", key, str(team)) for key, team in teams.items())
        + of_nobody(groups, "owner__team_id"),
        by_owner=worst_first(summed(groups, "owner_id", key, user.name) for key, user in people.items())
        + of_nobody(groups, "owner_id"),
        whole=summed(groups, "", None, ""),
    )


def summed(groups: Iterable[Group], by: str, key: str | int | None, name: str) -> Line:
    own = [group for group in groups if not by or group[by] == key]
    return Line(key=key, name=name, **{count: sum(int(str(one[count])) for one in own) for count in COUNTS})


COUNTS = ("due", "kept", "missed", "skipped", "overdue")


def worst_first(lines: Iterable[Line]) -> list[Line]:
    return sorted(lines, key=lambda line: (line.percent, -line.due))


def of_nobody(groups: list[Group], by: str) -> list[Line]:
    """Return the line of those who belong to no team or whose owner is gone, where there are any."""
    line = summed(groups, by, None, "—")
    return [line] if line.due else []
