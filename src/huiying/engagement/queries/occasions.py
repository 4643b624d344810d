"""Which birthdays and anniversaries come, and what speaks against a greeting."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from huiying.customers.models import Contact, Customer, Status
from huiying.customers.models.customer import CustomerQuerySet
from huiying.engagement.models import Occasion
from huiying.engagement.queries.complaints import complaining
from huiying.journal.actors import CLOCKWORK, Actor
from huiying.kit.guards import Sentence

LEAP_DAY = (2, 29)
FOR_NOW = 1_000  # occasions looked at, however many customers there are


@dataclass(frozen=True, kw_only=True)
class Coming:
    """An occasion that comes: whose, which, when, after how many years; `held` says why no greeting is due."""

    customer: Customer
    contact: Contact | None
    kind: Occasion.Kind
    day: date
    years: int
    held: Sentence = ""

    @property
    def key(self) -> str:
        whose = f"contact {self.contact.pk}" if self.contact else f"customer {self.customer.pk}"
        return f"{whose} {self.day.year}"


def coming(customers: CustomerQuerySet, *, today: date, days: int, by: Actor = CLOCKWORK) -> list[Coming]:
    """Return the occasions of these customers from today through so many days ahead, the nearest first.

    Who was born on 29 February has the birthday on the 28th in other years. Few statements, however many customers.
    """
    ahead = [today + timedelta(days=n) for n in range(days + 1)]
    living = customers.current().exclude(status=Status.LOST)
    found = [*birthdays(living, ahead), *anniversaries(living, ahead)]
    return with_hindrances(sorted(found, key=lambda one: (one.day, one.customer.pk)), by=by)


def birthdays(customers: CustomerQuerySet, ahead: Sequence[date]) -> Iterable[Coming]:
    born: QuerySet[Contact] = Contact.objects.filter(falls_on("birthday", ahead), customer__in=customers)
    for contact in born.select_related("customer__owner").order_by("pk")[:FOR_NOW]:
        assert contact.birthday is not None
        day = next(day for day in ahead if is_kept_on(contact.birthday, day))
        yield Coming(
            customer=contact.customer,
            contact=contact,
            kind=Occasion.Kind.BIRTHDAY,
            day=day,
            years=day.year - contact.birthday.year,
        )


def anniversaries(customers: CustomerQuerySet, ahead: Sequence[date]) -> Iterable[Coming]:
    joined = customers.filter(falls_on("since", ahead)).select_related("owner").order_by("pk")
    for customer in joined[:FOR_NOW]:
        assert customer.since is not None
        day = next(day for day in ahead if is_kept_on(customer.since, day))
        if day.year > customer.since.year:
            years = day.year - customer.since.year
            yield Coming(customer=customer, contact=None, kind=Occasion.Kind.ANNIVERSARY, day=day, years=years)


def falls_on(field: str, days: Iterable[date]) -> Q:
    """Return the condition that a date comes round on one of the days."""
    wanted = {pair for day in days for pair in kept_days(day)}
    either = Q()
    for month, day in sorted(wanted):
        either |= Q(**{f"{field}__month": month, f"{field}__day": day})
    return either


def kept_days(day: date) -> set[tuple[int, int]]:
    """Return which month and day of a year are kept on this day: on 28 February of a common year the 29th, too."""
    own = {(day.month, day.day)}
    return own | {LEAP_DAY} if (day.month, day.day) == (2, 28) and not is_leap(day.year) else own


def is_kept_on(of: date, day: date) -> bool:
    return (of.month, of.day) in kept_days(day)


def is_leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def with_hindrances(found: Sequence[Coming], *, by: Actor) -> list[Coming]:
    """Say of each what speaks against a greeting: it is not wished, or a complaint is open."""
    keys = {one.customer.pk for one in found}
    disputed = complaining(keys, by=by)
    unwilling = Contact.objects.filter(customer__in=keys, is_main=True, do_not_contact=True)
    silent = set(unwilling.values_list("customer_id", flat=True))
    return [held(one, disputed, silent) for one in found]


def held(one: Coming, disputed: set[int], silent: set[int]) -> Coming:
    unwished = one.contact.do_not_contact if one.contact else one.customer.pk in silent
    why: Sentence = ""
    if unwished:
        why = _("wishes no contact")
    elif one.customer.pk in disputed:
        why = _("a complaint is open")
    return Coming(**{**one.__dict__, "held": why})
