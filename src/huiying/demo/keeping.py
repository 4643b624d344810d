"""How the archives of 安居电器 are kept true: most are looked through in time, some are overdue, as everywhere."""

from __future__ import annotations

from datetime import datetime, timedelta
from random import Random

from huiying.customers.actions.freshness import confirm, reckon
from huiying.customers.models import Block, Customer, Tier
from huiying.demo.cast import SAMPLE
from huiying.demo.clientele import Patron
from huiying.journal.actors import Actor
from huiying.staff.actors import actor_of
from huiying.staff.models import User

LEFT = {Tier.VIP: 0.1, Tier.HIGH: 0.25, Tier.POTENTIAL: 0.1, Tier.ORDINARY: 0.06}  # share that is overdue
QUARTERLY = (Tier.VIP, Tier.HIGH)
IN_TIME = {True: (2, 85), False: (2, 170)}  # days ago, for those reviewed each quarter and for others
TOO_LATE = {True: (95, 150), False: (182, 182)}
SOME = (Block.BASICS, Block.CONTACTS)  # what a call usually checks, while the rest is left


def look_through(patrons: list[Patron], *, seed: int, until: datetime) -> None:
    """Let account managers have looked through the archives of their customers, each some days ago."""
    random = Random(f"keeping {seed}")  # noqa: S311 - sample data, not secrets
    people: dict[int, Actor] = {user.pk: actor_of(user) for user in User.objects.with_standing()}
    for patron in patrons:
        customer = patron.customer
        customer.refresh_from_db()
        by = people.get(customer.owner_id or 0, SAMPLE)
        keep(customer, random, by=by, until=until)
    reckon([patron.customer for patron in patrons], at=until)


def keep(customer: Customer, random: Random, *, by: Actor, until: datetime) -> None:
    is_quarterly = customer.tier in QUARTERLY
    is_left = random.random() < LEFT[Tier(customer.tier)]
    first, last = TOO_LATE[is_quarterly] if is_left else IN_TIME[is_quarterly]
    moment = until - timedelta(days=random.randint(first, last), minutes=random.randint(0, 400))
    confirm(customer, list(Block), by=by, at=moment)
    if is_left and random.random() < 0.4:
        confirm(customer, SOME, by=by, at=until - timedelta(days=random.randint(3, 60)))
