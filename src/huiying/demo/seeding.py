"""Letting half a year pass: every life goes on in its turn, and the clocks ring on the way."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from django.db import transaction

from huiying.cases.models import Category
from huiying.channels.models import Delivery
from huiying.deadlines.actions import sweep
from huiying.demo.burst import TOLD, burst
from huiying.demo.care import care_story
from huiying.demo.cast import Company, SignIn, engage
from huiying.demo.clientele import Clientele, Patron
from huiying.demo.doubles import enter_twice
from huiying.demo.former import take_over
from huiying.demo.hours import arrivals, just_now
from huiying.demo.keeping import look_through
from huiying.demo.life import Life, Temper
from huiying.demo.matters import MATTERS
from huiying.demo.newcomers import welcome
from huiying.demo.prospects import come_and_go
from huiying.demo.signals import decide_on_tiers, tell_signals
from huiying.demo.telling import Telling
from huiying.demo.turns import ADDS, take_turns
from huiying.demo.winning import WARNED, win_back
from huiying.demo.wishes import want_things
from huiying.insight.actions.night import reckon
from huiying.insight.models import Reckoning
from huiying.insight.queries.terms import terms_now
from huiying.journal.models import Duty

HALF_A_YEAR = timedelta(days=182)
A_QUARTER = HALF_A_YEAR / 2
FRESH = 14
FEWEST = FRESH + ADDS + len(TOLD)
CASES_PER_CUSTOMER = 4
CUSTOMERS_AT_MOST = 300
LIVED_AT_MOST = 500  # living through one takes some fifty deeds' work, taking one over a thousandth of a second
STILL_NEWS = timedelta(hours=2)
SWEEP_EVERY = timedelta(hours=1)
AT_ONCE = 400  # deeds in one transaction


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What to make: how many cases, drawn by which seed, ending at which moment.

    Of many cases the company lives through the latest quarter; the rest it brought along from the system before.
    """

    cases: int
    seed: int
    until: datetime

    @property
    def customers(self) -> int:
        return max(min(self.cases // CASES_PER_CUSTOMER, CUSTOMERS_AT_MOST), 30)

    @property
    def lived(self) -> int:
        return min(self.cases, LIVED_AT_MOST)

    @property
    def former(self) -> int:
        return self.cases - self.lived

    @property
    def begin(self) -> datetime:
        return midnight(self.until - HALF_A_YEAR)

    @property
    def moved_in(self) -> datetime:
        """When the company began to work here: a quarter ago where it brought cases along."""
        return midnight(self.until - A_QUARTER) if self.former else self.begin


def midnight(moment: datetime) -> datetime:
    return moment.replace(hour=0, minute=0, second=0, microsecond=0)


def seed(plan: Plan, *, done: Callable[[], None]) -> list[SignIn]:
    """Make the company, its customers and their cases; `done` is called for each person, customer and ended case."""
    with transaction.atomic():
        sign_ins = engage(done)
    company = Company()
    with transaction.atomic():
        patrons = Clientele(company, seed=plan.seed, begin=plan.begin, until=plan.until).gather(plan.customers, done)
    if plan.former:
        take_over(patrons, plan.former, seed=plan.seed, begin=plan.begin, until=plan.moved_in, done=done)
    live_through(plan, lives(plan, company, patrons), done=done)
    take_turns_at_last(company, patrons, plan, done=done)
    with transaction.atomic():
        want_things(company, patrons, seed=plan.seed, until=plan.until)
        tell_signals(patrons, seed=plan.seed, until=plan.until)
        enter_twice(patrons, until=plan.until)
        look_through(patrons, seed=plan.seed, until=plan.until)
        welcome(company, until=plan.until)
        come_and_go(company, until=plan.until)
        reckon_value(plan.until - WARNED)
        win_back(until=plan.until)
    ring_until(plan.until)
    leave_quiet(plan.until)
    reckon_value(plan.until)
    decide_on_tiers(plan.until)
    return sign_ins


def reckon_value(at: datetime) -> None:
    """Let the night's figures be there from the first look on."""
    reckoning = Reckoning.objects.create(day=at.date(), moved_at=at)
    reckon(reckoning, terms_now(), at=at)


@transaction.atomic
def take_turns_at_last(company: Company, patrons: list[Patron], plan: Plan, *, done: Callable[[], None]) -> None:
    """Let a few open cases take turns of their own, one of which adds a case; several people speak of one matter."""
    take_turns(company, at=plan.until)
    burst(company, patrons, seed=plan.seed, until=plan.until, done=done)
    ring_until(plan.until)


def lives(plan: Plan, company: Company, patrons: list[Patron]) -> Iterator[Life]:
    """Draw every life since the company moved in, oldest first."""
    random = Random(f"arrivals {plan.seed}")  # noqa: S311 - sample data, not secrets
    categories = {category.code: category for category in Category.objects.all()}
    lately = plan.until - timedelta(minutes=1)
    earlier = arrivals(plan.lived - FEWEST, random, begin=plan.moved_in, until=lately)
    moments = sorted([*earlier, *just_now(FRESH, random, until=plan.until)])
    weights = [matter.weight for matter in MATTERS]
    for number, at in enumerate(moments):
        own = Random(f"case {plan.seed} {number}")  # noqa: S311 - sample data, not secrets
        matter = own.choices(MATTERS, weights=weights)[0]
        telling = Telling(matter, own.choice(patrons), own, at=at)
        yield Life(company, telling, temper_of(at, plan, own), categories)


def temper_of(at: datetime, plan: Plan, random: Random) -> Temper:
    """Most go swiftly, some slowly; of the last days' cases a few are forgotten."""
    age = plan.until - at
    return Temper(
        pace=random.choices((0.7, 1.0, 2.5, 6.0), weights=(35, 40, 18, 7))[0],
        neglect=0.02 if age < timedelta(days=12) else 0.0004,
        urgent=age < timedelta(minutes=45),
    )


def live_through(plan: Plan, all_lives: Iterator[Life], *, done: Callable[[], None]) -> None:
    """Let the lives go on in the order of time until the present, ringing the clocks that fall due between."""
    waiting: list[tuple[datetime, int, Iterator[datetime]]] = []
    for number, life in enumerate(all_lives):
        heapq.heappush(waiting, (life.now, number, life.story()))
    care = care_story(seed=plan.seed, begin=max(plan.moved_in, plan.until - A_QUARTER))
    heapq.heappush(waiting, (next(care), -1, care))
    swept = plan.moved_in
    while waiting and waiting[0][0] <= plan.until:
        with transaction.atomic():
            for _deed in range(AT_ONCE):
                if not waiting or waiting[0][0] > plan.until:
                    break
                at, number, story = heapq.heappop(waiting)
                if at - swept >= SWEEP_EVERY:
                    swept = ring_until(at)
                following = next(story, None)
                if following is not None:
                    heapq.heappush(waiting, (following, number, story))
                else:
                    done()
    ring_until(plan.until)


def ring_until(moment: datetime) -> datetime:
    while sweep(moment):
        pass
    return moment


def leave_quiet(until: datetime) -> None:
    """What followed long ago has happened: no mail goes out and nobody is called for what is history."""
    Duty.objects.filter(entry__at__lt=until - STILL_NEWS).delete()
    waiting = Delivery.objects.filter(state=Delivery.State.WAITING)
    for delivery in waiting:
        delivery.state, delivery.sent_at = Delivery.State.SENT, delivery.next_try_at
    Delivery.objects.bulk_update(waiting, ["state", "sent_at"], batch_size=500)
