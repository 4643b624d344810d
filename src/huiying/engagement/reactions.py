"""What care does when something happened to a customer: `huiying.wiring` says when."""

from __future__ import annotations

from huiying.customers.models import Contact
from huiying.engagement.models import CareMark
from huiying.journal.models import Entry


def look_at_plan(_contact: Contact, entry: Entry) -> None:
    """Let the heartbeat compare the customer's plan anew: somebody may have asked not to be contacted."""
    CareMark.objects.filter(customer=entry.customer_id).delete()
