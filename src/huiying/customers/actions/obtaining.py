"""Finding or entering the customers behind many words at once, as an import of cases does."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate

from huiying.customers import verbs
from huiying.customers.actions.contact import reach_of
from huiying.customers.drafts import Door
from huiying.customers.models import Contact, Customer, Reach
from huiying.customers.numbers import customer_number, email_key, phone_key
from huiying.customers.queries.merged import numbered_all
from huiying.customers.queries.words import words_of
from huiying.journal.actors import Actor
from huiying.journal.entries import entry_for, record_all
from huiying.journal.numbers import next_values
from huiying.kit.bulk import insert_all
from huiying.kit.turns import take_turns
from huiying.search.index import index_all
from huiying.staff.actors import StaffActor

Key = tuple[str, str]


@dataclass(frozen=True, kw_only=True)
class Introduction:
    """How somebody is known: a name and sound numbers, or our own or an outside customer number."""

    name: str = ""
    phone: str = ""
    email: str = ""
    number: str = ""

    @property
    def keys(self) -> list[Key]:
        """The ways to reach them as they are compared; a phone says more than an address."""
        ways = ((Reach.Kind.PHONE, phone_key(self.phone)), (Reach.Kind.EMAIL, email_key(self.email)))
        return [(str(kind), key) for kind, key in ways if key]

    @property
    def says_something(self) -> bool:
        return bool(self.phone or self.email or self.number)


@transaction.atomic(savepoint=False)
def obtain_all(introduced: Sequence[Introduction], *, by: Actor, at: datetime) -> list[Customer | None]:
    """Return the customer of each introduction in order, entering new people; None for a bare name.

    Costs a handful of statements whatever their number. Part of a larger deed, like `obtain`.
    """
    take_turns("customers of an import")
    telling = [one for one in introduced if one.says_something]
    circle = Circle(by=by, at=at)
    circle.look_up(telling)
    found = [circle.customer_of(one) if one.says_something else None for one in introduced]
    circle.write()
    return found


class Circle:
    """The customers whom a batch speaks of, those just entered included."""

    def __init__(self, *, by: Actor, at: datetime) -> None:
        self.by, self.at = by, at
        self.by_number: dict[str, Customer] = {}
        self.by_key: dict[Key, Customer] = {}
        self.new: list[Customer] = []
        self.contacts: list[Contact] = []
        self.reaches: list[Reach] = []

    def look_up(self, introduced: Sequence[Introduction]) -> None:
        """Read the customers by number and by phone or address: one look-up for each index."""
        numbers = {one.number for one in introduced if one.number}
        current = Customer.objects.current()
        self.by_number |= numbered_all(numbers)
        for kind in (Reach.Kind.PHONE, Reach.Kind.EMAIL):
            wanted = {key for one in introduced for its_kind, key in one.keys if its_kind == kind}
            if wanted:
                held = Reach.objects.filter(kind=kind, key__in=wanted).order_by("-customer_id", "-id")
                pairs = list(held.values_list("key", "customer_id"))
                # a join would be planned for the few customers there are when the import begins
                customers = current.in_bulk({customer_id for _key, customer_id in pairs})
                for key, customer_id in pairs:
                    if customer_id in customers:
                        self.by_key[str(kind), key] = customers[customer_id]  # whoever was known first stays

    def customer_of(self, introduced: Introduction) -> Customer:
        known = self.by_number.get(introduced.number) if introduced.number else None
        for key in introduced.keys:
            known = known or self.by_key.get(key)
        return known or self.enter(introduced)

    def enter(self, introduced: Introduction) -> Customer:
        called = introduced.name or introduced.phone or introduced.email or introduced.number
        today, number = localdate(self.at), introduced.number[:80]
        customer = Customer(name=called[:120], external_ref=number, first_contact_on=today)
        customer.key_name()
        if isinstance(self.by, StaffActor):
            customer.team_id, customer.department_id = self.by.team_id, self.by.department_id
        contact = Contact(customer=customer, name=called[:60], is_main=True)
        self.new.append(customer)
        self.contacts.append(contact)
        for kind, value in ((Reach.Kind.PHONE, introduced.phone), (Reach.Kind.EMAIL, introduced.email)):
            if value:
                self.reaches.append(reach_of(contact, kind, value))
        self.by_key |= dict.fromkeys(introduced.keys, customer)
        if introduced.number:
            self.by_number[introduced.number] = customer
        return customer

    def write(self) -> None:
        """Write the new ones with contacts, numbers, search words and journal."""
        if not self.new:
            return
        for customer, value in zip(self.new, next_values("customer", len(self.new)), strict=True):
            customer.number = customer_number(value)
        for rows in (self.new, self.contacts, self.reaches):
            insert_all(rows)
        index_all((customer, words_of(customer, [customer.name])) for customer in self.new)
        door = Door.LIST.value
        record_all([(entry_for(verbs.CREATED, one, by=self.by, at=self.at, door=door), Customer) for one in self.new])
