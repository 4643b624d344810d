"""What happened, as arrays: aggregated by the database, streamed row by row, a few dozen bytes an event."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from itertools import chain, groupby
from operator import itemgetter
from typing import Any

import numpy as np
from django.db.models import F, FloatField, Q, QuerySet, Sum
from django.db.models.functions import Cast
from django.utils import timezone

from huiying.cases.lifecycle import Stage
from huiying.cases.models import Case, Kind, Recusal
from huiying.customers.models import Order, Score, Usage
from huiying.engagement.models import Interaction, PlannedContact
from huiying.engagement.models.planned_contact import State as PlanState
from huiying.insight.statistics.histories import Purchases
from huiying.insight.statistics.signals import MONTH, MONTHS, SCORES_COUNT_FOR, Events, Evidence

STREAMED = 10_000
LOOKED_BACK = timedelta(days=MONTH * (MONTHS + 1) + 365)  # the earliest look back needs its own year of habit
VOID = (Stage.WITHDRAWN, Stage.INVALID, Stage.MERGED)


def evidence_until(today: date, *, one_in: int = 1) -> Evidence:
    """Return everything the figures are read from, of every n-th customer; six statements, however many customers."""
    return Evidence(
        purchases=purchases_until(today, one_in),
        activities=activities_until(today, one_in),
        scores=scores_until(today, one_in),
        complaints=complaints_until(today, one_in),
        plans=plans_until(today, one_in),
    )


def some(rows: QuerySet[Any], one_in: int) -> QuerySet[Any]:
    """Keep every n-th customer's rows."""
    return rows if one_in == 1 else rows.annotate(rest=F("customer_id") % one_in).filter(rest=0)


def purchases_until(today: date, one_in: int = 1) -> Purchases:
    """Return the days with orders and their money, less what came back (negative amounts)."""
    orders = some(Order.objects.filter(ordered_on__lte=today), one_in).order_by("customer_id", "ordered_on")
    rows = orders.values("customer_id", "ordered_on").annotate(
        bought=Cast(Sum("amount", filter=Q(amount__gte=0)), FloatField()),
        returned=Cast(Sum("amount", filter=Q(amount__lt=0)), FloatField()),
    )
    found = rows.values_list("customer_id", "ordered_on", "bought", "returned").iterator(chunk_size=STREAMED)
    whose, days, amounts = columns(order_days(found))
    return Purchases(customer=whose, day=days, amount=amounts)


def order_days(rows: Iterable[tuple[int, date, float | None, float | None]]) -> Iterator[tuple[int, int, float]]:
    """Yield the days on which something was bought; a return is no order, but takes money from the days until then."""
    for key, own in groupby(rows, key=itemgetter(0)):
        known: list[tuple[int, float]] = []
        for _key, day, bought, returned in own:
            if bought is not None:
                known.append((day.toordinal(), bought))
            if returned:
                take_back(known, -returned)
        yield from ((key, day, money) for day, money in known)


def take_back(known: list[tuple[int, float]], returned: float) -> None:
    """Lessen the latest days first, none below zero; no more comes back than was paid."""
    for place in reversed(range(len(known))):
        day, money = known[place]
        known[place] = day, max(money - returned, 0.0)
        returned -= money
        if returned <= 0:
            return


def activities_until(today: date, one_in: int = 1) -> Events:
    """Return records of contact, and days of use, of the last two years."""
    since = today - LOOKED_BACK
    contacts = Interaction.objects.filter(at__gte=midnight(since), at__lt=midnight(today + timedelta(days=1)))
    spoken = some(contacts, one_in).order_by().values_list("customer_id", "at").iterator(chunk_size=STREAMED)
    used = Usage.objects.filter(day__gte=since, day__lte=today).order_by()
    days = some(used, one_in).values_list("customer_id", "day").distinct()
    by_talk = ((key, local_day(at), 1.0) for key, at in spoken)
    by_use = ((key, day.toordinal(), 1.0) for key, day in days.iterator(chunk_size=STREAMED))
    return events(chain(by_talk, by_use))


def scores_until(today: date, one_in: int = 1) -> Events:
    since = midnight(today - LOOKED_BACK - timedelta(days=SCORES_COUNT_FOR))
    rows = Score.objects.filter(at__gte=since, at__lt=midnight(today + timedelta(days=1))).order_by("customer_id", "at")
    found = some(rows, one_in).values_list("customer_id", "at", "points").iterator(chunk_size=STREAMED)
    return events((key, local_day(at), float(points)) for key, at, points in found)


def complaints_until(today: date, one_in: int = 1) -> Events:
    """Return complaints with the day each ended; those that were withdrawn, invalid or merged are none.

    Nor is one in which somebody of ours is named: every figure it went into would tell them of it (SPEC C15).
    """
    rows = Case.objects.filter(
        kind=Kind.COMPLAINT, customer__isnull=False, received_at__lt=midnight(today + timedelta(days=1))
    ).exclude(stage__in=VOID)
    rows = rows.exclude(pk__in=Recusal.objects.standing().values("case"))
    since = midnight(today - LOOKED_BACK)
    rows = rows.filter(closed_at__isnull=True) | rows.filter(closed_at__gte=since)
    found = (
        some(rows, one_in)
        .order_by()
        .values_list("customer_id", "received_at", "closed_at")
        .iterator(chunk_size=STREAMED)
    )
    return events((key, local_day(at), local_day(end) if end else np.inf) for key, at, end in found)


def plans_until(today: date, one_in: int = 1) -> Events:
    """Return the planned contacts that were missed, by the day they were planned for; excused ones are none."""
    missed = PlannedContact.objects.filter(state=PlanState.MISSED, is_excused=False, due_on__lte=today)
    rows = some(missed.filter(due_on__gte=today - LOOKED_BACK), one_in).order_by().values_list("customer_id", "due_on")
    return events((key, day.toordinal(), 1.0) for key, day in rows.iterator(chunk_size=STREAMED))


def events(rows: Iterable[tuple[int, int, float]]) -> Events:
    whose, days, values = columns(rows)
    order = np.lexsort((days, whose))
    return Events(customer=whose[order], day=days[order], value=values[order])


def columns(rows: Iterable[tuple[int, int, float]]) -> tuple[Any, Any, Any]:
    """Return three arrays; the rows pass one by one, never held as a list."""
    whose, days, values = array("q"), array("q"), array("d")
    for key, day, value in rows:
        whose.append(key)
        days.append(day)
        values.append(value)
    return np.array(whose, dtype=np.int64), np.array(days, dtype=np.int64), np.array(values, dtype=np.float64)


def midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, tzinfo=timezone.get_current_timezone())


def local_day(moment: datetime) -> int:
    return timezone.localtime(moment).toordinal()
