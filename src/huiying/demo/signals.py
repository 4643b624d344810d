"""What others tell of the customers of 安居电器: scores, usage of its platform; what rules make of it."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from random import Random

from huiying.customers.actions.rating import begin, walk
from huiying.customers.models import Customer, Round, Score, Usage
from huiying.demo.clientele import Patron

PLATFORM = "安居智联平台"
SURVEYS = ("季度满意度调研", "安装回访", "售后回访")
QUESTIONS = ("批量报修", "设备离线", "耗材更换", "账单导出", "添加成员")
WEEKS = 16
ANSWERED_BY = 0.4  # share of customers who answer surveys


def tell_signals(patrons: list[Patron], *, seed: int, until: datetime) -> None:
    """Let surveys be answered, and companies use the platform in their own rhythm."""
    random = Random(f"signals {seed}")  # noqa: S311 - sample data, not secrets
    scores: list[Score] = []
    lines: list[Usage] = []
    for patron in patrons:
        if random.random() < ANSWERED_BY:
            scores += answers(patron.customer, random, until)
        if patron.customer.kind == Customer.Kind.ORGANISATION:
            lines += usage(patron.customer, random, until.date())
    Score.objects.bulk_create(scores, batch_size=500)
    Usage.objects.bulk_create(lines, batch_size=500)


def answers(customer: Customer, random: Random, until: datetime) -> list[Score]:
    usual = random.choice((72, 84, 93, 96))
    return [
        Score(
            customer=customer,
            at=until - timedelta(days=90 * place + random.randint(3, 60)),
            points=Decimal(min(100, max(0, usual + random.randint(-9, 6)))),
            survey=random.choice(SURVEYS),
        )
        for place in range(random.randint(1, 4))
    ]


def usage(customer: Customer, random: Random, today: date) -> list[Usage]:
    """Most use it steadily, some more and more, some ever less."""
    drift = random.choice((0, 0, 0.06, -0.05))
    usual = random.randint(6, 40)
    days = [today - timedelta(days=ago) for ago in range(7 * WEEKS, 0, -1)]
    lines = [
        Usage(customer=customer, day=day, product=PLATFORM, times=times)
        for place, day in enumerate(days)
        if day.weekday() < 5 and (times := round(usual * (1 + drift * place / 7) * random.uniform(0.6, 1.3))) > 0
    ]
    asked = [
        Usage(customer=customer, day=day, product=PLATFORM, question=question, times=random.randint(1, 4))
        for question in random.sample(QUESTIONS, 3)
        for day in random.sample(days, 2)
    ]
    return lines + asked


def decide_on_tiers(at: datetime) -> None:
    """Let the night's round on tiers be over from the first look on."""
    begin(at.date())
    while walk(Round.objects.get(day=at.date()), at):
        pass
