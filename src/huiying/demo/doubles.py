"""The same customer entered twice, as it happens: two ways to write a company, two names at one phone number."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from decimal import Decimal

from huiying.customers.actions.customer import create
from huiying.customers.actions.order import add_order
from huiying.customers.actions.signal import UsageDraft, note_usage
from huiying.customers.drafts import ContactDraft, CustomerDraft, OrderDraft
from huiying.customers.models import Customer, Reach
from huiying.demo.cast import SAMPLE
from huiying.demo.clientele import Patron
from huiying.demo.signals import PLATFORM

Entering = Callable[[Patron, datetime], Customer]


def enter_twice(patrons: list[Patron], *, until: datetime) -> None:
    """Enter two companies and a person again, each some weeks ago by somebody who did not look."""
    companies = [one for one in patrons if one.customer.kind == Customer.Kind.ORGANISATION]
    people = [one for one in patrons if one.customer.kind == Customer.Kind.PERSON]
    entered: tuple[tuple[Entering, list[Patron], int], ...] = (
        (with_its_legal_name, companies[:1], 40),
        (by_its_front_desk, companies[1:2], 19),
        (by_who_answered, people[2:3], 8),
    )
    for number, (enter, those, days) in enumerate(entered):
        at = until - timedelta(days=days)
        for patron in those:
            buy(enter(patron, at), number, at)


def with_its_legal_name(patron: Patron, at: datetime) -> Customer:
    """The sales wrote the trade name, accounting the legal one, with its place in front."""
    known = patron.customer
    region = known.region or "杭州市"
    draft = CustomerDraft(
        name=f"{region}{known.name}有限公司",
        kind=Customer.Kind.ORGANISATION,
        industry=known.industry,
        region=region,
        address=f"{region}延安路 258 号 6 层",
        source="展会",
        since=at.date(),
        remarks="财务提供的开票名称，开专票用。",
    )
    finance = ContactDraft(name="宋会计", title="财务", phones=("19900090001",), emails=("fapiao@example.com",))
    double = create(draft, contacts=[finance], by=SAMPLE, at=at)
    for day in range(0, 21, 3):
        line = UsageDraft(day=at.date() + timedelta(days=day), product=PLATFORM, times=6)
        note_usage(double, line, by=SAMPLE, at=at)
    return double


def by_its_front_desk(patron: Patron, at: datetime) -> Customer:
    """The front desk called from the number that is known already, and gave a short name."""
    known = patron.customer
    draft = CustomerDraft(
        name=f"{known.name}（前台）", kind=Customer.Kind.ORGANISATION, industry=known.industry, source="电话咨询"
    )
    phone = Reach.objects.filter(customer=known, kind=Reach.Kind.PHONE).values_list("value", flat=True).first()
    desk = ContactDraft(name="前台小郑", title="前台", phones=(phone,) if phone else ())
    return create(draft, contacts=[desk], by=SAMPLE, at=at)


def by_who_answered(patron: Patron, at: datetime) -> Customer:
    """The wife called from the phone that is in the husband's name."""
    known = patron.customer
    phone = Reach.objects.filter(customer=known, kind=Reach.Kind.PHONE).values_list("value", flat=True).first()
    name = "周雅琴"
    draft = CustomerDraft(
        name=name, region=known.region, address=known.address, source="小程序", remarks="家里人接电话"
    )
    return create(draft, contacts=[ContactDraft(name=name, phones=(phone,) if phone else ())], by=SAMPLE, at=at)


def buy(customer: Customer, number: int, at: datetime) -> None:
    draft = OrderDraft(
        number=f"D{at:%Y%m%d}-90{number:02}",
        product="净水器 RO-800",
        ordered_on=at.date(),
        quantity=Decimal(1),
        amount=Decimal(1999),
        state="已签收",
    )
    add_order(customer, draft, by=SAMPLE, at=at)
