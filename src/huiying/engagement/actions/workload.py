"""How much is planned for people's day."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from django.db.models import Count, Q

from huiying.engagement.models import PlannedContact, State


def planned_of(people: Collection[int], *, today: date, hand_days: int) -> dict[int, tuple[int, int]]:
    """Return by owner how many contacts are planned for today, and how many are overdue but may still be kept."""
    rows = PlannedContact.objects.filter(owner__in=people, state=State.PLANNED, due_on__lte=today)
    over = PlannedContact.objects.over(today, hand_days=hand_days).filter(state=State.PLANNED)
    counts = (
        rows.exclude(pk__in=over.values("pk"))
        .order_by()
        .values("owner")
        .annotate(due=Count("pk", filter=Q(due_on=today)), overdue=Count("pk", filter=Q(due_on__lt=today)))
    )
    return {row["owner"]: (row["due"], row["overdue"]) for row in counts}
