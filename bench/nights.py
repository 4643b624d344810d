"""What happens without anybody asking, for a whole archive: each deed in a process of its own whose memory is told."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from bench.importing import mib_at_most, run


@dataclass(frozen=True)
class Night:
    """One deed: what it was done to, how many of them, how long it took and what it held at the highest."""

    name: str
    count: int
    seconds: float
    mib: float


def reckon_reviews() -> int:
    """Reckon when each archive is to be looked through, as after an import."""
    from django.utils import timezone

    from huiying.customers.actions.freshness import reckon_reviews

    return every(partial(reckon_reviews, timezone.now()))


def change_review_rule() -> int:
    """Let archives be reviewed after other spans."""
    from django.utils import timezone

    from huiying.customers.actions.freshness import change_review_rule
    from huiying.customers.models import Customer, ReviewRule
    from huiying.journal.actors import STARTER

    rule = ReviewRule.current()
    rule.ordinary = rule.ordinary % 12 + 1
    change_review_rule(rule, by=STARTER, at=timezone.now())
    return Customer.objects.exclude(review_due_on=None).count()


def reckon_figures() -> int:
    """Reckon value and churn of everybody, once."""
    from django.utils import timezone

    from huiying.customers.models import Figures
    from huiying.insight.actions.night import reckon
    from huiying.insight.models import Reckoning
    from huiying.insight.queries.terms import terms_now

    today = timezone.localdate()
    Reckoning.objects.filter(day=today).delete()
    reckoning = Reckoning.objects.create(day=today, moved_at=timezone.now())
    reckon(reckoning, terms_now(), at=timezone.now())
    return Figures.objects.count()


def rate_tiers() -> int:
    """Let the rules decide on everybody's tier."""
    from huiying.customers.actions.rating import rate_customers
    from huiying.customers.models import Round

    late = late_today()
    Round.objects.filter(day=late.date()).delete()
    return every(partial(rate_customers, late))


def plan_care() -> int:
    """Plan for everybody what their tier asks for."""
    from django.utils import timezone

    from huiying.engagement.actions.planning import plan_ahead

    return every(partial(plan_ahead, timezone.now()))


def late_today() -> datetime:
    from django.utils import timezone

    return timezone.localtime().replace(hour=23)


def every(step: Callable[[], int]) -> int:
    """Repeat a step of the heartbeat until it finds nothing more to do."""
    return sum(iter(step, 0))


DEEDS: dict[str, Callable[[], int]] = {
    "reckon review dates": reckon_reviews,
    "change the review rule": change_review_rule,
    "reckon value and churn": reckon_figures,
    "decide on tiers": rate_tiers,
    "plan care": plan_care,
}


def nights() -> list[Night]:
    """Do every deed once, one after the other."""
    return [night(name) for name in DEEDS]


def night(name: str) -> Night:
    return Night(name=name, **run("bench.nights", name))


def main() -> None:
    import django

    django.setup()
    before = time.perf_counter()
    count = DEEDS[sys.argv[1]]()
    print(json.dumps({"count": count, "seconds": time.perf_counter() - before, "mib": mib_at_most()}))


if __name__ == "__main__":
    main()
