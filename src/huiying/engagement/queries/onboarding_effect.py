"""What a rule of onboarding would have begun: counted over those who were entered lately."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from huiying.customers.models import Customer
from huiying.customers.verbs import CREATED
from huiying.engagement.models import OnboardingRule
from huiying.journal.models import Entry

LATELY = timedelta(days=30)
LOOKED_AT = 2_000


@dataclass(frozen=True)
class Effect:
    """How many were entered within thirty days, and for how many of them an onboarding would have begun."""

    entered: int
    begun: int
    has_more: bool


def effect_of(rule: OnboardingRule, *, now: datetime) -> Effect:
    """Try a rule on the latest customers, as they are now; two statements."""
    entries = Entry.objects.filter(verb=CREATED.code, subject_type=Customer._meta.label_lower, at__gte=now - LATELY)
    latest = entries.only("subject_id", "facts").order_by("-id")[: LOOKED_AT + 1]
    doors = {entry.subject_id: str(entry.facts.get("door", "")) for entry in latest}
    customers = Customer.objects.current().filter(pk__in=list(doors)[:LOOKED_AT]).only("kind", "status")
    begun = sum(rule.begins(customer, door=doors[customer.pk]) for customer in customers)
    return Effect(entered=min(len(doors), LOOKED_AT), begun=begun, has_more=len(doors) > LOOKED_AT)
