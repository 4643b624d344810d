"""Reckon the figures of many customers: seconds and memory of one night.

`python bench/figures.py CUSTOMERS ORDERS` fills the database named by the environment (an empty one) and reckons once.
"""

from __future__ import annotations

import random
import resource
import sys
import time
from datetime import timedelta

import django

django.setup()

from django.db import connection  # noqa: E402
from django.utils.timezone import localdate, now  # noqa: E402

from huiying.customers.models import Customer, Order  # noqa: E402
from huiying.insight.actions.night import reckon  # noqa: E402
from huiying.insight.models import Reckoning  # noqa: E402
from huiying.insight.queries.terms import terms_now  # noqa: E402


def fill(customers: int, orders: int) -> None:
    chance = random.Random(1)
    names = (Customer(number=f"F{n:07}", name=f"客户{n}", name_key=f"客户{n}") for n in range(customers))
    Customer.objects.bulk_create(names, batch_size=2_000)
    keys, today = list(Customer.objects.order_by("pk").values_list("pk", flat=True)), localdate()
    weights = [chance.gammavariate(0.6, 1) for _key in keys]
    drawn = chance.choices(keys, weights=weights, k=orders)
    rows = (
        Order(
            customer_id=key,
            number=f"F-{n}",
            product="净水器",
            amount=round(chance.lognormvariate(6, 1), 2),
            ordered_on=today - timedelta(days=chance.randrange(1_100)),
        )
        for n, key in enumerate(drawn)
    )
    Order.objects.bulk_create(rows, batch_size=2_000)


def main() -> None:
    customers, orders = (int(word) for word in sys.argv[1:3])
    if not Order.objects.exists():
        fill(customers, orders)
    Reckoning.objects.filter(day=localdate()).delete()
    reckoning = Reckoning.objects.create(day=localdate(), moved_at=now())
    began, before = time.monotonic(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    reckon(reckoning, terms_now(), at=now())
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    took = time.monotonic() - began
    print(f"{connection.vendor}: {took:.1f} s, {before / 1024:.0f} MB before, {after / 1024:.0f} MB at most")
    print(f"warned of {reckoning.raised}, buyers {reckoning.buyers}, {reckoning.buying}")


if __name__ == "__main__":
    main()
