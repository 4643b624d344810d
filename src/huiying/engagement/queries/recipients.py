"""Who receives a mailing, and why somebody does not: read customer by customer in streams."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import islice
from typing import Any

from django.conf import settings
from django.db.models import Q
from django.utils.timezone import localdate, localtime

from huiying.cases.models import Recusal
from huiying.customers.models import Contact, Customer, Order, Reach
from huiying.customers.models.customer import CustomerQuerySet
from huiying.engagement.models.interaction import Interaction, Means
from huiying.engagement.models.mailing import LastMassMessage, Mailing, MailingRules, Recipient
from huiying.engagement.placeholders import filled_in, missing_in
from huiying.engagement.queries.complaints import complaining
from huiying.journal.actors import Actor
from huiying.kit import times

AT_ONCE = 500
LISTED = 200
LOOKED_AT = 20
FILTERS = ("tier", "status", "owner", "tag", "region", "product", "quiet_since", "numbers")
Reason = Recipient.Reason


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """A customer of the choice with the contact and address that would be used; `reason` says why not, "" is yes."""

    customer: Customer
    contact: Contact | None
    address: str
    reason: str
    missing: tuple[str, ...] = ()
    values: Mapping[str, str] = field(default_factory=dict)


def chosen_customers(chosen: Mapping[str, Any], *, by: Actor) -> CustomerQuerySet:
    """Return the customers whom the filters keep, or those named by number."""
    customers = Customer.objects.visible_to(by).current()
    if chosen.get("numbers"):
        return customers.filter(number__in=chosen["numbers"])
    for name, lookup in (("tier", "tier"), ("status", "status"), ("owner", "owner"), ("region", "region__icontains")):
        if chosen.get(name):
            customers = customers.filter(**{lookup: chosen[name]})
    if chosen.get("tag"):
        customers = customers.filter(pk__in=Customer.tags.through.objects.filter(tag=chosen["tag"]).values("customer"))
    if chosen.get("product"):
        customers = customers.filter(
            pk__in=Order.objects.filter(product__icontains=chosen["product"]).values("customer")
        )
    if chosen.get("quiet_since"):
        since = date.fromisoformat(str(chosen["quiet_since"]))
        customers = customers.exclude(pk__in=Interaction.objects.filter(at__date__gte=since).values("customer"))
    return customers


def candidates(
    mailing: Mailing, customers: CustomerQuerySet, *, by: Actor, now: datetime, after: int = 0
) -> Iterator[Candidate]:
    """Yield what would become of each customer, by key, as the actor may know; some statements for AT_ONCE of them."""
    rules = MailingRules.now()
    while True:
        some = list(customers.filter(pk__gt=after).select_related("owner").order_by("pk")[:AT_ONCE])
        if not some:
            return
        yield from judged(mailing, some, rules=rules, by=by, now=now)
        after = some[-1].pk


def judged(
    mailing: Mailing, customers: Collection[Customer], *, rules: MailingRules, by: Actor, now: datetime
) -> Iterator[Candidate]:
    keys = [customer.pk for customer in customers]
    reached = reached_by(mailing, keys)
    waiting, orders = complaining(keys, by=by), last_orders(keys)
    contacts = [contact.pk for contact, _address in reached.values()]
    since = now - timedelta(days=rules.rest_days)
    recent = set(
        LastMassMessage.objects.filter(contact__in=contacts, at__gt=since).values_list("contact_id", flat=True)
    )
    for customer in customers:
        contact, address = reached.get(customer.pk, (None, ""))
        values = values_of(customer, contact, orders.get(customer.pk), product=mailing.product)
        lacking = tuple(missing_in(mailing.subject + mailing.text, values))
        reason = reason_against(contact, address, rules, recent=recent, lacking=lacking)
        if not reason and customer.pk in waiting:
            reason = Reason.COMPLAINT
        yield Candidate(
            customer=customer, contact=contact, address=address, reason=reason, missing=lacking, values=values
        )


def reason_against(
    contact: Contact | None, address: str, rules: MailingRules, *, recent: Collection[int], lacking: Collection[str]
) -> str:
    if contact is None or not address:
        return Reason.NO_ADDRESS
    if contact.do_not_contact:
        return Reason.OPTED_OUT
    if rules.asks_consent and contact.consent_at is None:
        return Reason.NO_CONSENT
    if contact.pk in recent:
        return Reason.RECENT
    return Reason.INCOMPLETE if lacking else ""


def reached_by(mailing: Mailing, customers: Collection[int]) -> dict[int, tuple[Contact, str]]:
    """Return the first contact of each customer who has an address for it, the main one before others."""
    kind = Reach.Kind.EMAIL if mailing.means == Means.EMAIL else Reach.Kind.PHONE
    found: dict[int, tuple[Contact, str]] = {}
    reaches = Reach.objects.filter(customer__in=customers, kind=kind).select_related("contact")
    for reach in reaches.order_by("-contact__is_main", "contact_id", "id"):
        if kind == Reach.Kind.EMAIL or is_mobile(reach.key):
            found.setdefault(reach.customer_id, (reach.contact, reach.value if kind == Reach.Kind.EMAIL else reach.key))
    return found


def is_mobile(key: str) -> bool:
    return len(key) == 11 and key.isdigit() and key.startswith("1")


def last_orders(customers: Collection[int]) -> dict[int, tuple[str, date]]:
    newest: dict[int, tuple[str, date]] = {}
    rows = Order.objects.filter(customer__in=customers).order_by("ordered_on", "id")
    for customer, product, day in rows.values_list("customer_id", "product", "ordered_on").iterator(chunk_size=2000):
        newest[customer] = (product, day)
    return newest


def values_of(
    customer: Customer, contact: Contact | None, order: tuple[str, date] | None, *, product: str
) -> dict[str, str]:
    """Return what the words in braces stand for with this customer; empty where it is not known."""
    bought, day = order or ("", None)
    return {
        "customer": customer.name,
        "contact": contact.name if contact else "",
        "manager": customer.owner.name if customer.owner else "",
        "company": settings.COMPANY_NAME,
        "product": product or bought,
        "last_order_on": times.day_in_words(day, today=localdate()) if day else "",
        "number": customer.number,
    }


def told_to(by: Actor, recipients: Collection[Recipient]) -> Collection[Recipient]:
    """Return the recipients for the actor to read: a complaint that names them is no reason they hear (SPEC C15)."""
    naming = set(Recusal.objects.customers_of_person(by))
    for one in recipients:
        if one.reason == Reason.COMPLAINT and one.customer_id in naming:
            one.reason = ""
    return recipients


def values_for(recipient: Recipient) -> dict[str, str]:
    order = last_orders([recipient.customer_id]).get(recipient.customer_id)
    return values_of(recipient.customer, recipient.contact, order, product=recipient.mailing.product)


def subject_for(recipient: Recipient) -> str:
    mailing = recipient.mailing
    return filled_in(mailing.subject or mailing.name, values_for(recipient))


@dataclass
class Tally:
    """How many receive it, and how many do not for each reason."""

    receive: int = 0
    reasons: dict[str, int] | None = None

    @property
    def lines(self) -> list[tuple[str, str, int]]:
        return [(code, str(Reason(code).label), n) for code, n in (self.reasons or {}).items()]


def tally(found: Iterable[Candidate]) -> Tally:
    """Count in a stream. The second customer of an address is left out as a double."""
    counted, seen = Tally(reasons={}), set()
    for one in found:
        reason = one.reason or (Reason.DOUBLE if one.address in seen else "")
        if reason:
            assert counted.reasons is not None
            counted.reasons[reason] = counted.reasons.get(reason, 0) + 1
            continue
        seen.add(one.address)
        counted.receive += 1
    return counted


def listed(found: Iterable[Candidate], reason: str) -> list[Candidate]:
    """Return the first LISTED with this reason; "" are those who receive it."""
    return list(islice((one for one in found if one.reason == reason), LISTED))


@dataclass(frozen=True)
class Read:
    """What somebody would read; `reason` says why they would not get it, where that is known."""

    candidate: Candidate
    subject: str
    text: str
    reason: str


def first_reader(mailing: Mailing, customers: CustomerQuerySet, *, by: Actor, now: datetime) -> Read | None:
    """Return what the first of the choice would read: of a few the first who gets it, or else the first."""
    first = customers.select_related("owner").order_by("pk")[:LOOKED_AT]
    few = list(judged(mailing, list(first), rules=MailingRules.now(), by=by, now=now))
    one = next((one for one in few if not one.reason), few[0] if few else None)
    if one is None:
        return None
    subject, text = (filled_in(words, one.values) for words in (mailing.subject, mailing.text))
    return Read(one, subject, text, reason=str(Reason(one.reason).label) if one.reason else "")


def is_quiet(rules: MailingRules, now: datetime) -> bool:
    """Say whether nothing may be sent at this hour."""
    clock = localtime(now).time()
    if rules.quiet_from <= rules.quiet_until:
        return rules.quiet_from <= clock < rules.quiet_until
    return clock >= rules.quiet_from or clock < rules.quiet_until


UNSENT = Q(state__in=[Recipient.State.WAITING, Recipient.State.SENDING])
