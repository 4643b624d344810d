"""What a policy of care would ask for: the preview beside its form."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count
from django.utils.timezone import localdate

from huiying.customers.models import Customer, Status
from huiying.deadlines.calendars import calendar_named
from huiying.engagement.drafts import PolicyDraft
from huiying.engagement.slots import period_of, working_days


@dataclass(frozen=True, kw_only=True)
class Effect:
    """How many customers are meant, the contacts a period, for how many people, and how many each makes a day."""

    customers: int
    contacts: int
    people: int
    a_day: float
    most: int
    without_owner: int


def effect_of(tier: str, draft: PolicyDraft, *, now: datetime) -> Effect:
    """Reckon with the customers and account managers of today; two statements."""
    served = Customer.objects.current().filter(tier=tier).exclude(status=Status.LOST)
    held = dict(served.exclude(owner=None).order_by().values_list("owner").annotate(count=Count("pk")))
    period = period_of(localdate(now), draft.per)
    days = len(working_days(period.begins, period.ends, works=calendar_named().is_working_day)) or 1
    times = draft.times if draft.active else 0
    customers = sum(held.values())
    return Effect(
        customers=customers,
        contacts=customers * times,
        people=len(held),
        a_day=round(customers * times / days / max(len(held), 1), 1),
        most=round(max(held.values(), default=0) * times / days + 0.49),
        without_owner=served.filter(owner=None).count(),
    )
