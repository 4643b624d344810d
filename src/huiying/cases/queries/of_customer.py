"""What a customer's own page and card show of their cases."""

from __future__ import annotations

from dataclasses import dataclass

from huiying.cases.models import Case, Promise
from huiying.customers.models import Customer
from huiying.journal.actors import Actor

LATEST = 8
FEW = 3


@dataclass(frozen=True)
class CustomerCases:
    """The latest cases, and what we still owe the customer."""

    cases: list[Case]
    promises: list[Promise]


def cases_of(customer: Customer, *, by: Actor, at_most: int = LATEST, besides: str = "") -> CustomerCases:
    """Return what the actor may see, without the case numbered `besides`; two statements."""
    visible = Case.objects.visible_to(by).filter(customer=customer).exclude(number=besides)
    owed = Promise.objects.filter(case__in=visible.open(), kept_at=None).select_related("case")
    return CustomerCases(list(visible.for_list().order_by("-received_at", "-id")[:at_most]), list(owed[:at_most]))
