"""Who has a complaint open with us: there is no selling to them meanwhile (SPEC B4).

Whoever is named in a complaint neither hears of it nor notices it (SPEC C15): for them it is not there.
"""

from __future__ import annotations

from collections.abc import Collection

from huiying.cases.models import Case, Kind
from huiying.journal.actors import CLOCKWORK, Actor


def complaining(customers: Collection[int], *, by: Actor = CLOCKWORK) -> set[int]:
    """Return the keys of those of these customers who have a complaint open in which the actor is not named."""
    if not customers:
        return set()
    complaints = Case.objects.open().filter(kind=Kind.COMPLAINT, customer__in=customers)
    complaints = complaints.exclude(pk__in=Case.objects.kept_from(by))
    return set(complaints.order_by().values_list("customer_id", flat=True).distinct())
