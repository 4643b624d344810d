"""A large clientele as files to import: customers, their orders and the records of contact with them."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from functools import partial
from pathlib import Path
from random import Random

Rows = Iterator[tuple[str, ...]]
HEADS = {
    "customers": ("客户编号", "客户名称", "联系人", "手机", "邮箱", "行业", "地区", "等级", "合作日期", "客户经理"),
    "orders": ("订单号", "客户编号", "产品", "数量", "金额", "下单日期"),
    "interactions": ("外部编号", "客户编号", "方式", "时间", "沟通内容", "客户反馈", "下一步"),
}
EACH = {"customers": 1, "orders": 5, "interactions": 10}  # rows that come to one customer
BUSY = "C0"  # the customer whose page is opened has thousands of orders and records
BUSY_ORDERS, BUSY_RECORDS = 500, 4_500
NOBODYS = 10  # of so many customers one has no account manager


def write_files(folder: Path, customers: int, *, owners: Sequence[str], today: date) -> dict[str, Path]:
    """Write a file of each kind: to every customer come five orders and ten records of contact."""
    makers = {"customers": partial(customer_rows, owners), "orders": order_rows, "interactions": contact_rows}
    return {kind: write(folder / f"{kind}.csv", HEADS[kind], rows(customers, today)) for kind, rows in makers.items()}


def write(path: Path, head: Sequence[str], rows: Rows) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(head)
        writer.writerows(rows)
    return path


def customer_rows(owners: Sequence[str], customers: int, today: date) -> Rows:
    """Every third is a company; each has a person, a phone and an address of their own, nine of ten a manager."""
    from huiying.demo import company

    random = Random(3)
    for number in range(customers):
        person = called(random)
        place, _street = random.choice(company.PLACES)
        name = f"{place}{person[1:]}{number}商贸有限公司" if number % 3 == 0 else person
        since = today - timedelta(days=random.randint(100, 3000))
        tier = random.choices(("VIP", "高价值", "潜力", "普通"), (2, 13, 25, 60))[0]
        yield (
            *(f"C{number}", name, person, f"1{30 + number % 60}{number:08}", f"k{number}@example.com"),
            *(random.choice(("零售", "餐饮", "酒店", "教育", "制造")), place, tier, since.isoformat()),
            "" if number % NOBODYS == 1 else owners[number % len(owners)],
        )


def order_rows(customers: int, today: date) -> Rows:
    from huiying.demo import company

    random = Random(5)
    for number in range(customers * EACH["orders"]):
        product, quantity = random.choice(company.PRODUCTS), random.randint(1, 4)
        owner = BUSY if number < BUSY_ORDERS else f"C{random.randrange(customers)}"
        day = today - timedelta(days=int(random.expovariate(1 / 300)))
        yield f"D{number:08}", owner, str(product), str(quantity), str(product.price * quantity), day.isoformat()


def contact_rows(customers: int, today: date) -> Rows:
    """Records of contact, as specific as the check for hollow ones wants them."""
    from huiying.demo import company

    random = Random(9)
    noon = datetime.combine(today - timedelta(days=1), datetime.min.time()).replace(hour=12)
    for number in range(customers * EACH["interactions"]):
        product = random.choice(company.PRODUCTS)
        owner = BUSY if number < BUSY_RECORDS else f"C{random.randrange(customers)}"
        part, months = random.choice(product.parts), random.randint(2, 30)
        said = f"{called(random)}说{product.name}的{part}用了{months}个月，问要不要换"
        when = noon - timedelta(minutes=int(random.expovariate(1 / 300_000)))
        step = f"{random.randint(2, 9)} 天内把报价发过去"
        yield (f"J{number}", owner, random.choice(("电话", "拜访", "微信")), f"{when:%Y-%m-%d %H:%M}", said,
               "对报价满意，月底前答复", step)  # fmt: skip


def called(random: Random) -> str:
    from huiying.demo import company

    return random.choice(company.SURNAMES) + random.choice(company.GIVEN_FIRST) + random.choice(company.GIVEN_SECOND)
