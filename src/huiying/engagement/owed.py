"""What care puts on the desk: the contacts that are due today or overdue, one statement."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.timezone import localdate, make_aware
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from huiying.customers.models import Customer
from huiying.engagement.models import PlannedContact, State
from huiying.engagement.policies import may_work
from huiying.kit.guards import Sentence
from huiying.kit.prepared import prepared
from huiying.staff.actors import StaffActor

AT_MOST = 50
CLOSING = time(18)  # what no policy asks for is due when the day's work ends
CONTACT = pgettext_lazy("a line of the desk", "Contact")


@dataclass(frozen=True, kw_only=True)
class OwedContact:
    """One line of the desk: whom to speak with today; the button opens the record."""

    code: str
    about: str
    customer: Customer
    due_at: datetime
    form: str
    icon: str = "heart-handshake"
    what: Sentence = CONTACT
    button: Sentence = _("Record")
    at_once: bool = False
    deed: str = "engagement:interaction_new"
    whose: str = ""

    @property
    def since(self) -> datetime:
        return self.due_at

    @property
    def address(self) -> str:
        return self.customer.get_absolute_url()


def owed_contacts(by: StaffActor, at: datetime) -> Iterator[OwedContact]:
    """Yield the actor's own contacts planned for today or before."""
    if not may_work(by):
        return
    for planned in contacts_until(localdate(at), by.pk):
        yield OwedContact(
            code=f"contact-{planned.pk}",
            about=planned.about or str(planned.get_means_display()),
            customer=planned.customer,
            due_at=due_moment(planned),
            form=reverse("engagement:interaction_new", args=[planned.customer.number]) + f"?planned={planned.pk}",
        )


@prepared
def contacts_until(day: date, owner_id: int | None) -> QuerySet[PlannedContact]:
    due = PlannedContact.objects.filter(owner=owner_id, state=State.PLANNED, due_on__lte=day)
    return due.select_related("customer", "policy").order_by("due_on", "id")[:AT_MOST]


def due_moment(planned: PlannedContact) -> datetime:
    """Return when the day's chance is over: as the policy's quiet hours begin, at the latest when work ends."""
    closes = min(planned.policy.quiet_from, CLOSING) if planned.policy else CLOSING
    return make_aware(datetime.combine(planned.due_on, closes))
