"""What the company brought along: the register of the system it had before, taken over from a file as anybody would."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from random import Random

from huiying.cases.actions.enrolment import BATCH, Former, enrol
from huiying.cases.actions.registration import Caller, Draft
from huiying.cases.models import Category
from huiying.customers.actions.obtaining import Introduction
from huiying.demo.cast import SAMPLE
from huiying.demo.clientele import Patron
from huiying.demo.hours import arrivals, working_later
from huiying.demo.life import CHANNELS
from huiying.demo.matters import MATTERS
from huiying.demo.telling import Telling

ORIGIN = "旧系统"


def take_over(
    patrons: list[Patron], count: int, *, seed: int, begin: datetime, until: datetime, done: Callable[[], None]
) -> None:
    """Enter so many cases that came in and were closed between the two moments; `done` is called for each."""
    random = Random(f"former {seed}")  # noqa: S311 - sample data, not secrets
    formers = list(formers_of(patrons, random, arrivals(count, random, begin=begin, until=until), until=until))
    for start in range(0, count, BATCH):
        for _case in enrol(formers[start : start + BATCH], by=SAMPLE, at=until):
            done()


def formers_of(patrons: list[Patron], random: Random, moments: list[datetime], *, until: datetime) -> Iterator[Former]:
    categories = {category.code: category for category in Category.objects.all()}
    weights = [matter.weight for matter in MATTERS]
    for number, at in enumerate(moments, start=1):
        matter = random.choices(MATTERS, weights=weights)[0]
        telling = Telling(matter, random.choice(patrons), random, at=at)
        yield former(telling, categories[matter.category], f"T{number:05}", until=until)


def former(telling: Telling, category: Category, reference: str, *, until: datetime) -> Former:
    """Return one case as the system before had it: what was said, what was answered, when it was closed."""
    random, wish, at = telling.random, telling.wish, telling.at
    replied_at = min(working_later(at, random.triangular(10, 600, 60)), until)
    return Former(
        draft=Draft(
            kind=telling.matter.kind,
            channel=random.choices(list(CHANNELS), weights=list(CHANNELS.values()))[0],
            subject=telling.subject,
            description=telling.description(wish),
            demand=wish,
            caller=Caller(name=telling.patron.called),
            category=category,
            mood=telling.mood,
            product=str(telling.product),
            order=telling.order,
            source=ORIGIN,
            external_ref=reference,
            received_at=at,
        ),
        introduction=Introduction(number=telling.patron.customer.number),
        reply=telling.one_of(telling.matter.offers),
        replied_at=replied_at,
        closed_at=min(working_later(replied_at, random.triangular(30, 3000, 500)), until),
    )
