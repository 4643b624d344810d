"""Whose case it is, put right: a wrong caller noticed late, or an anonymous one who became known."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from huiying.cases.actions.registration import Caller, customer_of, words_of
from huiying.cases.actions.step import ensure_timely, held, situation_of, step
from huiying.cases.models import Case, Note
from huiying.cases.policies import may_revise
from huiying.cases.verbs import CUSTOMER_CHANGED
from huiying.channels.models import Message
from huiying.customers.models import Customer, Order
from huiying.deadlines.actions import replan
from huiying.journal.actors import Actor
from huiying.journal.models import Entry
from huiying.kit.guards import BadInput, Stale, ensure
from huiying.search.index import index

CHANGED = ("customer", "contact", "caller_name", "order", "link_edition")


@transaction.atomic
def change_customer(case: Case, caller: Caller, *, version: int, by: Actor, at: datetime) -> Case:
    """Enter the case under whom it really concerns; the link that the wrong person was sent opens nothing any more.

    What was said and done stays filed where it was. `version` is the one the person saw. Raises BadInput when
    nobody is named, Stale when somebody else changed the customer meanwhile.
    """
    case = held(case)
    ensure(by.can("cases.work"))
    ensure_timely(may_revise(by, case), _("Only an open case can be changed."))
    customer = caller.customer or customer_of(caller, by=by, at=at)
    ensure_sound(caller, customer)
    if is_theirs(case, customer, caller):
        return case
    ensure_fresh(case, since=version)
    before, tier = whose(case), situation_of(case)["tier"]
    hand_to(case, customer, caller)
    if situation_of(case)["tier"] != tier:
        replan(case, situation=situation_of(case), at=at, by=by)
    index_anew(case)
    step(CUSTOMER_CHANGED, case, by=by, at=at, before=before, after=whose(case), version=case.version + 1)
    return case


def ensure_sound(caller: Caller, customer: Customer | None) -> None:
    if customer is None and not caller.name.strip():
        raise BadInput(_("Please say whose case it is."), field="caller_name")
    if caller.contact is not None and (customer is None or caller.contact.customer_id != customer.pk):
        raise BadInput(_("This is no contact of the case's customer."), field="contact")


def is_theirs(case: Case, customer: Customer | None, caller: Caller) -> bool:
    now = (case.customer, case.contact, case.caller_name)
    return now == (customer, caller.contact, caller.name.strip()[:60])


def ensure_fresh(case: Case, *, since: int) -> None:
    """Raise Stale when somebody changed the customer since that version; other deeds do no harm."""
    changes = Entry.objects.about(case).filter(verb=CUSTOMER_CHANGED.code, facts__version__gt=since)
    if since < case.version and changes.exists():
        raise Stale(
            _("Somebody changed the customer of this case after you opened it: it is now {whose}.").format(
                whose=whose(case) or _("anonymous")
            ),
            field="customer",
        )


def whose(case: Case) -> str:
    """Return number and name of the customer, else what the caller is called; "" for nobody."""
    return f"{case.customer.number} {case.customer.name}" if case.customer else case.caller_name


def hand_to(case: Case, customer: Customer | None, caller: Caller) -> None:
    """Save whom it concerns. An order of somebody else's is left, and the number kept as the caller said it."""
    if case.customer is not None and case.customer != customer:
        case.link_edition += 1
    case.customer, case.contact, case.caller_name = customer, caller.contact, caller.name.strip()[:60]
    case.order = Order.objects.filter(customer=customer, number=case.order_number).first() if customer else None
    case.save(update_fields=CHANGED)


def index_anew(case: Case) -> None:
    """Let the case be found by the new name and no longer by the old."""
    said = Message.objects.about(case).values_list("text", flat=True)
    noted = Note.objects.filter(case=case).values_list("text", flat=True)
    index(case, *words_of(case), *said, *noted)
