"""Warnings of customers who may leave: raised and settled by the night (SPEC B5)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import numpy as np
from django.db import transaction

from huiying.insight import verbs
from huiying.insight.models import ChurnWarning, Terms
from huiying.insight.statistics.histories import Floats, Whole
from huiying.insight.statistics.signals import Sign
from huiying.journal.actors import CLOCKWORK
from huiying.journal.entries import entry_for, record_all

AT_ONCE = 500


@dataclass(frozen=True, kw_only=True)
class Weighed:
    """The risk of each customer of the ascending `keys`, the signals behind it and the money at stake."""

    keys: Whole
    risk: Whole
    found: dict[str, Sign]
    value: Floats

    def place_of(self, customer_id: int) -> int | None:
        place = int(np.searchsorted(self.keys, customer_id))
        return place if place < len(self.keys) and self.keys[place] == customer_id else None

    def reasons(self, place: int) -> list[dict[str, Any]]:
        """Return the signals of one customer, the strongest first, with the numbers their sentences name."""
        strong = [(name, sign) for name, sign in self.found.items() if sign.strength[place] > 0]
        strong.sort(key=lambda pair: pair[1].strength[place], reverse=True)
        return [
            {"signal": name, "strength": round(float(sign.strength[place]), 2), **facts_of(sign, place)}
            for name, sign in strong
        ]


def facts_of(sign: Sign, place: int) -> dict[str, float | None]:
    values = {name: float(array[place]) for name, array in sign.facts.items()}
    return {name: None if np.isnan(value) else round(value, 2) for name, value in values.items()}


def raise_and_settle(weighed: Weighed, *, terms: Terms, today: date, at: datetime) -> tuple[int, int]:
    """Renew the standing warnings, settle those whose signals are gone, raise new ones; return both counts.

    A warning with a play under way stays until the play has a result. It may run again: nothing is raised twice.
    """
    standing = {warning.customer_id: warning for warning in ChurnWarning.objects.standing()}
    busy = set(ChurnWarning.objects.standing().filter(plays__result="").values_list("pk", flat=True))
    cleared = renew(list(standing.values()), weighed, busy, terms=terms, today=today, at=at)
    resting = set(at_rest(terms, at=at))
    over = weighed.keys[weighed.risk >= terms.warn_from].tolist()
    fresh = [key for key in over if key not in standing and key not in resting]
    for begin in range(0, len(fresh), AT_ONCE):
        raise_some(fresh[begin : begin + AT_ONCE], weighed, terms=terms, today=today, at=at)
    return len(fresh), cleared


def at_rest(terms: Terms, *, at: datetime) -> Iterator[int]:
    """Yield who was a false alarm lately, or was lost: they are left in peace for a while."""
    since = at - timedelta(days=terms.rest_days)
    ended = ChurnWarning.objects.filter(
        ended_at__gt=since, end__in=[ChurnWarning.End.FALSE_ALARM, ChurnWarning.End.LOST]
    )
    yield from ended.values_list("customer_id", flat=True)


def renew(
    standing: list[ChurnWarning], weighed: Weighed, busy: set[int], *, terms: Terms, today: date, at: datetime
) -> int:
    kept, gone = [], []
    for warning in standing:
        place = weighed.place_of(warning.customer_id)
        risk = 0 if place is None else int(weighed.risk[place])
        if risk < terms.clear_below and warning.pk not in busy:
            gone.append(warning)
            continue
        if place is not None:
            fill(warning, weighed, place, today=today)
            kept.append(warning)
    ChurnWarning.objects.bulk_update(kept, ["risk", "reasons", "value_at_risk", "renewed_on"], batch_size=AT_ONCE)
    for begin in range(0, len(gone), AT_ONCE):
        settle_some(gone[begin : begin + AT_ONCE], at=at)
    return len(gone)


def fill(warning: ChurnWarning, weighed: Weighed, place: int, *, today: date) -> None:
    value = weighed.value[place]
    warning.risk, warning.reasons = int(weighed.risk[place]), weighed.reasons(place)
    warning.value_at_risk = None if np.isnan(value) else Decimal(round(float(value)))
    warning.renewed_on = today


@transaction.atomic
def settle_some(gone: list[ChurnWarning], *, at: datetime) -> None:
    still = ChurnWarning.objects.standing().filter(pk__in=[warning.pk for warning in gone])
    keys = set(still.values_list("pk", flat=True))
    still.update(ended_at=at, end=ChurnWarning.End.VANISHED)
    end = str(ChurnWarning.End.VANISHED)
    ended = [entry_for(verbs.ENDED, one, by=CLOCKWORK, at=at, end=end) for one in gone if one.pk in keys]
    record_all([(entry, ChurnWarning) for entry in ended])


@transaction.atomic
def raise_some(customers: list[int], weighed: Weighed, *, terms: Terms, today: date, at: datetime) -> None:
    fresh = []
    for key in customers:
        place = weighed.place_of(key)
        assert place is not None
        warning = ChurnWarning(customer_id=key, raised_on=today, raised_at=at, terms_version=terms.version)
        fill(warning, weighed, place, today=today)
        fresh.append(warning)
    ChurnWarning.objects.bulk_create(fresh)
    raised = [entry_for(verbs.RAISED, one, by=CLOCKWORK, at=at, risk=one.risk) for one in fresh]
    record_all([(entry, ChurnWarning) for entry in raised])
