"""Whom a policy touches: the departments and people whose clocks it started lately, and how they fared (SPEC I7)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Q

from huiying.deadlines.models import Clock
from huiying.staff.models import Department

LATELY = timedelta(days=30)


@dataclass(frozen=True, kw_only=True)
class Touched:
    """A department, None for clocks that belonged to nobody's; how many clocks began, were missed, for how many."""

    department: Department | None
    begun: int
    missed: int
    people: int


def touched_by(code: str, *, now: datetime) -> list[Touched]:
    """Return what every version of the policy started within the last 30 days, the most touched first."""
    clocks = Clock.objects.filter(policy__code=code, started_at__gte=now - LATELY)
    rows = list(
        clocks.values("department_id")
        .annotate(
            begun=Count("id"),
            missed=Count("id", filter=Q(breached_at__isnull=False)),
            people=Count("owner_id", distinct=True),
        )
        .order_by("-begun", "department_id")
    )
    departments = Department.objects.in_bulk([row["department_id"] for row in rows])
    return [
        Touched(
            department=departments.get(row["department_id"]),
            begun=row["begun"],
            missed=row["missed"],
            people=row["people"],
        )
        for row in rows
    ]
