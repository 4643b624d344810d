"""Who has a complaint open with us: there is no selling to them meanwhile (SPEC B4)."""

from __future__ import annotations

from collections.abc import Collection

from huiying.cases.models import Case, Kind


def complaining(customers: Collection[int]) -> set[int]:
    """Return the keys of those of these customers who have a complaint open, whoever may see it."""
    if not customers:
        return set()
    complaints = Case.objects.open().filter(kind=Kind.COMPLAINT, customer__in=customers)
    return set(complaints.order_by().values_list("customer_id", flat=True).distinct())
