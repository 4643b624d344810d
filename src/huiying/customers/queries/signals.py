"""Survey scores and usage as the customer's page shows them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Sum

from huiying.customers.models import Customer, Score, Usage
from huiying.customers.queries.merged import keys_of

SCORES, WEEKS, QUESTIONS = 5, 12, 5
TALLEST = 32


@dataclass(frozen=True)
class Week:
    """How often what they bought was used in a week; `height` of 32 is that of the busiest."""

    begins: date
    times: int
    x: int
    height: int

    @property
    def y(self) -> int:
        return TALLEST - self.height


@dataclass(frozen=True)
class Signals:
    scores: list[Score]
    weeks: list[Week]
    questions: list[tuple[str, int]]

    @property
    def uses(self) -> int:
        return sum(week.times for week in self.weeks)


def signals_of(customer: Customer, *, today: date) -> Signals:
    """Return the last scores, the usage of the last twelve weeks, this one included, and what was asked in them.

    Usage told of a merged entry counts, too: where both used one product on one day, the other's line stayed behind.
    """
    first = today - timedelta(days=today.weekday() + 7 * (WEEKS - 1))
    lines = Usage.objects.filter(customer__in=keys_of(customer), day__gte=first, day__lte=today)
    by_day = lines.filter(question="").order_by().values_list("day").annotate(Sum("times"))
    asked = lines.exclude(question="").order_by().values_list("question").annotate(n=Sum("times")).order_by("-n")
    return Signals(
        list(Score.objects.filter(customer=customer)[:SCORES]),
        weeks_from(first, dict(by_day)),
        [(question, times) for question, times in asked[:QUESTIONS]],
    )


def weeks_from(first: date, by_day: dict[date, int]) -> list[Week]:
    times = [0] * WEEKS
    for day, uses in by_day.items():
        times[(day - first).days // 7] += uses
    busiest = max(times) or 1
    return [
        Week(first + timedelta(weeks=place), uses, place * 10, round(TALLEST * uses / busiest) if uses else 0)
        for place, uses in enumerate(times)
    ]
