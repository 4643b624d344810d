"""The customers of 安居电器: a few hundred people and organisations with contacts, orders, tiers and tags."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from random import Random

from huiying.customers.actions.customer import create
from huiying.customers.actions.order import add_order
from huiying.customers.actions.standing import set_tier
from huiying.customers.actions.tagging import tag
from huiying.customers.drafts import ContactDraft, CustomerDraft, OrderDraft
from huiying.customers.models import Customer, Order, Tier
from huiying.demo import company as anju
from huiying.demo.cast import KEY_ACCOUNTS, SAMPLE, Company
from huiying.demo.habits import days_ago
from huiying.kit.pinyin import initials

ONE_ORGANISATION_IN = 7
SHARES = (
    {Tier.VIP: 3, Tier.HIGH: 8, Tier.POTENTIAL: 14, Tier.ORDINARY: 75},
    {Tier.VIP: 20, Tier.HIGH: 40, Tier.POTENTIAL: 20, Tier.ORDINARY: 20},
)
REASONS = {Tier.VIP: "年度采购额前列", Tier.HIGH: "多次复购", Tier.POTENTIAL: "新房装修，有整套需求"}
ORDER_STATES = ("已签收", "已签收", "已签收", "已安装", "配送中", "已退货")


@dataclass
class Patron:
    """A customer, how they are called, and what they bought."""

    customer: Customer
    called: str
    email: str
    orders: list[tuple[Order, anju.Product]] = field(default_factory=list)


class Clientele:
    """Invents customers, each once; numbers begin 1990000, which nobody is given."""

    def __init__(self, company: Company, *, seed: int, begin: datetime, until: datetime) -> None:
        self.random = Random(f"customers {seed}")  # noqa: S311 - sample data, not secrets
        self.company, self.begin, self.until = company, begin, until
        self.managers = company.team_of(KEY_ACCOUNTS)
        self.known: set[str] = set()
        self.order_count = 0
        self.besides = Random(f"besides {seed}")  # noqa: S311 - sample data, not secrets

    def gather(self, count: int, done: Callable[[], None]) -> list[Patron]:
        """Enter so many customers, one organisation among each few."""
        patrons = []
        for number in range(count):
            patrons.append(self.person(number) if number % ONE_ORGANISATION_IN else self.organisation(number))
            done()
        return patrons

    def person(self, number: int) -> Patron:
        random, name, tier = self.random, self.new_name(), self.tier(0)
        city, street = self.random.choice(anju.PLACES)
        mail = f"{initials(name)}{number}@mail.example.com" if random.random() < 0.5 else ""
        home = f"{random.choice(anju.ESTATES)}{random.randint(1, 28)}幢{random.randint(101, 2404)}室"
        draft = CustomerDraft(
            name=name,
            source=random.choice(anju.SOURCES),
            region=city,
            address=f"{city}{street}{home}",
            since=self.long_ago(),
            owner=random.choice(self.managers) if tier != Tier.ORDINARY else None,
            preferences=random.choice(("", "", "微信联系", "18 点后方便接电话", "周末上门")),
        )
        contact = ContactDraft(
            name=name, phones=(f"1990000{number:04}",), emails=(mail,) if mail else (), birthday=self.birthday()
        )
        patron = self.enter(draft, contact, tier)
        self.buy(patron, random.choice((1, 1, 1, 2, 2, 3)), at_once=1)
        return patron

    def organisation(self, number: int) -> Patron:
        random, person = self.random, self.new_name()
        place, known = divmod(number // ONE_ORGANISATION_IN, len(anju.ORGANISATIONS))
        name, industry, business = anju.ORGANISATIONS[known]
        branch = anju.BRANCHES[place % len(anju.BRANCHES)]
        draft = CustomerDraft(
            name=f"{name}{branch}",
            kind=Customer.Kind.ORGANISATION,
            industry=industry,
            main_business=business,
            headcount=random.randrange(20, 900, 10),
            source=random.choice(anju.SOURCES),
            region=random.choice(anju.PLACES)[0],
            since=self.long_ago(),
            owner=random.choice(self.managers),
            decision_maker=person,
        )
        contact = ContactDraft(
            name=person,
            title=random.choice(anju.TITLES),
            phones=(f"1990001{number:04}",),
            emails=(f"service{number}@{initials(name)}.example.com",),
        )
        patron = self.enter(draft, contact, self.tier(1))
        self.buy(patron, random.randint(2, 4), at_once=random.randint(4, 40))
        self.buy_by_habit(patron)
        return patron

    def enter(self, draft: CustomerDraft, contact: ContactDraft, tier: Tier) -> Patron:
        by_hand = tier != Tier.ORDINARY and self.besides.random() < 0.5
        customer = create(draft, contacts=[contact], tier=Tier.ORDINARY if by_hand else tier, by=SAMPLE, at=self.begin)
        if by_hand:
            until = self.until.date() + timedelta(days=3 + customer.pk * 37 % 300)  # each stands some time longer
            set_tier(customer, tier, reason=REASONS[tier], until=until, by=SAMPLE, at=self.begin)
        if self.random.random() < 0.35:
            tag(customer, self.random.choice(anju.TAGS), by=SAMPLE, at=self.begin)
        return Patron(customer, contact.name, contact.emails[0] if contact.emails else "")

    def buy(self, patron: Patron, times: int, *, at_once: int) -> None:
        for _time in range(times):
            random, product = self.random, self.random.choice(anju.PRODUCTS)
            self.order_count += 1
            bought = self.until - timedelta(days=int(random.triangular(2, 540, 60)))
            draft = OrderDraft(
                number=f"D{bought:%Y%m%d}-{self.order_count:04}",
                product=str(product),
                ordered_on=bought.date(),
                quantity=Decimal(at_once),
                amount=Decimal(product.price * at_once),
                state=random.choice(ORDER_STATES),
                logistics_number=f"AJ{random.randrange(10**9, 10**10)}",
            )
            order = add_order(patron.customer, draft, by=SAMPLE, at=max(bought, self.begin))
            patron.orders.append((order, product))

    def buy_by_habit(self, patron: Patron) -> None:
        """Order one and the same small thing again and again, over up to three years."""
        product, at_once = self.random.choice(anju.PRODUCTS), self.random.randint(1, 6)
        rows = []
        for days in days_ago(self.random):
            self.order_count += 1
            bought = self.until - timedelta(days=days)
            pieces = max(at_once + self.random.randint(-1, 2), 1)
            rows.append(
                Order(
                    customer=patron.customer,
                    number=f"D{bought:%Y%m%d}-{self.order_count:04}",
                    product=str(product),
                    ordered_on=bought.date(),
                    quantity=Decimal(pieces),
                    amount=Decimal(product.price * pieces),
                    state=ORDER_STATES[0],
                )
            )
        Order.objects.bulk_create(rows)

    def tier(self, standing: int) -> Tier:
        """Draw a tier; organisations (`standing` 1) stand higher than people."""
        shares = SHARES[standing]
        return self.random.choices(list(shares), weights=list(shares.values()))[0]

    def new_name(self) -> str:
        while True:
            second = self.random.choice(anju.GIVEN_SECOND) if self.random.random() < 0.8 else ""
            name = self.random.choice(anju.SURNAMES) + self.random.choice(anju.GIVEN_FIRST) + second
            if name not in self.known:
                self.known.add(name)
                return name

    def birthday(self) -> date | None:
        """Return a day of birth for some; of a few it comes round within the month."""
        random = self.besides
        if random.random() < 0.6:
            return None
        day = self.until.date() - timedelta(
            days=random.randint(0, 364) if random.random() < 0.7 else -random.randint(1, 28)
        )
        return day.replace(year=day.year - random.randint(24, 68), day=min(day.day, 28))

    def long_ago(self) -> date:
        return self.until.date() - timedelta(days=self.random.randint(30, 2200))
