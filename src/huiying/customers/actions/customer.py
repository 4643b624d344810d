"""Entering a customer in the archive, keeping the entry true, and finding or entering a caller."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from huiying.customers import verbs
from huiying.customers.actions.contact import enter_contact
from huiying.customers.actions.freshness import touch
from huiying.customers.drafts import AMOUNT_FIELDS, CUSTOMER_FIELDS, ContactDraft, CustomerDraft, Door, apply
from huiying.customers.models import Customer, Tier
from huiying.customers.numbers import customer_number, email_key, name_key, phone_key, sound_email, sound_phone
from huiying.customers.policies import NO_AMOUNTS, may_create, may_revise, may_see_amounts
from huiying.customers.queries.identity import identify
from huiying.customers.queries.words import index_customer
from huiying.customers.reviewing import blocks_of
from huiying.journal.actors import Actor
from huiying.journal.entries import record
from huiying.journal.models import Entry
from huiying.journal.numbers import next_value
from huiying.kit.guards import BadInput, Stale, ensure, ensure_sound
from huiying.kit.turns import take_turns
from huiying.staff.actors import StaffActor


@transaction.atomic
def create(
    draft: CustomerDraft,
    *,
    contacts: Sequence[ContactDraft] = (),
    tier: Tier = Tier.ORDINARY,
    door: Door = Door.DESK,
    by: Actor,
    at: datetime,
) -> Customer:
    """Enter a customer with their contacts; a person without any becomes their own first contact."""
    ensure(may_create(by))
    return enter(draft, contacts=contacts, tier=tier, door=door, by=by, at=at)


@transaction.atomic
def revise(customer: Customer, draft: CustomerDraft, *, version: int, by: Actor, at: datetime) -> Customer:
    """Save the draft over the version it was made from. Raises Stale when somebody saved a newer one meanwhile."""
    ensure(may_revise(by, customer))
    changed = apply(draft, customer, CUSTOMER_FIELDS)
    ensure(may_see_amounts(by) or not AMOUNT_FIELDS & set(changed), NO_AMOUNTS)
    if not changed:
        return customer
    keep_sound(customer)
    values = {name: getattr(customer, name) for name in [*changed, "name_key", "team", "department"]}
    if not Customer.objects.filter(pk=customer.pk, version=version).update(
        **values, version=F("version") + 1, updated_at=at
    ):
        raise Stale(_newer_version(customer), field="version")
    customer.version = version + 1
    index_customer(customer)
    touch(customer, *blocks_of(changed), by=by, at=at)
    record(verbs.REVISED, customer, by=by, at=at, fields=changed, version=customer.version)
    return customer


@transaction.atomic
def obtain(name: str, phone: str, email: str, *, door: Door = Door.INTAKE, by: Actor, at: datetime) -> Customer:
    """Return the customer these words belong to, entering a new person when nobody is known by them.

    Part of a larger deed such as registering a case: the caller has asked whether `by` may do that. Two doors at once
    get the same customer. Raises BadInput for words that can be no name, phone number or address.
    """
    phone, email = sound_phone(phone) if phone else "", sound_email(email) if email else ""
    known = identify(name=name, phone=phone, email=email)
    if known is not None:
        return known
    for key in filter(None, (phone_key(phone), email_key(email), name_key(name) if not phone and not email else "")):
        take_turns(f"customer {key}")
    known = identify(name=name, phone=phone, email=email)
    if known is not None:
        return known
    called = name.strip() or phone or email
    contact = ContactDraft(name=called[:60], phones=(phone,) if phone else (), emails=(email,) if email else ())
    draft = CustomerDraft(name=called[:120], first_contact_on=localdate(at))
    return enter(draft, contacts=[contact], door=door, by=by, at=at)


def enter(
    draft: CustomerDraft,
    *,
    contacts: Sequence[ContactDraft],
    tier: Tier = Tier.ORDINARY,
    door: Door,
    by: Actor,
    at: datetime,
) -> Customer:
    """Write the customer, the contacts, the search words and the journal line."""
    customer = Customer(number=customer_number(next_value("customer")), tier=tier, created_at=at)
    apply(draft, customer, CUSTOMER_FIELDS)
    keep_sound(customer)
    if isinstance(by, StaffActor) and customer.owner is None:
        customer.team_id, customer.department_id = by.team_id, by.department_id
    customer.save(force_insert=True)
    if not contacts and customer.kind == Customer.Kind.PERSON:
        contacts = [ContactDraft(name=customer.name[:60])]
    for place, contact in enumerate(contacts):
        enter_contact(customer, contact, is_main=place == 0)
    index_customer(customer, contact_names=[contact.name for contact in contacts])
    record(verbs.CREATED, customer, by=by, at=at, door=door.value)
    return customer


def keep_sound(customer: Customer) -> None:
    """Trim and key the name, put the customer where the account manager works, and refuse what cannot be kept."""
    customer.name, customer.credit_code = customer.name.strip(), customer.credit_code.strip().upper()
    customer.key_name()
    if not customer.name:
        raise BadInput(_("A customer needs a name."), field="name")
    ensure_sound(customer)
    if customer.owner is not None:
        customer.team_id, customer.department_id = customer.owner.team_id, customer.owner.department_id
    if customer.credit_code:
        ensure_credit_code_is_free(customer)


def ensure_credit_code_is_free(customer: Customer) -> None:
    take_turns(f"customer {customer.credit_code}")
    others = Customer.objects.current().filter(credit_code=customer.credit_code).exclude(pk=customer.pk)
    other = others.first()
    if other is not None:
        raise BadInput(
            _("The credit code {code} already belongs to {number}.").format(
                code=customer.credit_code, number=other.number
            ),
            field="credit_code",
        )


def _newer_version(customer: Customer) -> str:
    """Say who saved meanwhile and what."""
    last = Entry.objects.about(customer).filter(verb=verbs.REVISED.code).order_by("-id").first()
    if last is None:
        return str(_("Somebody saved a newer version meanwhile. Please look at it and enter your changes again."))
    return str(
        _("{name} saved a newer version meanwhile ({sentence}). Please look at it and enter your changes again.")
    ).format(name=last.actor_name, sentence=last.sentence)
