"""Trying what value and churn would be reckoned by. Loads numpy and scipy: import it where it is needed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np

from huiying.customers.models import Customer, Status
from huiying.insight.models import ChurnWarning, Terms
from huiying.insight.queries.evidence import evidence_until
from huiying.insight.queries.terms import limits_of
from huiying.insight.statistics.hindsight import fitted
from huiying.insight.statistics.histories import histories_of
from huiying.insight.statistics.signals import risk_of, signs

TRIED_ON = 20_000


@dataclass(frozen=True, kw_only=True)
class Trial:
    """How many would be warned of today: by the terms tried, now, and whether it is an estimate from some."""

    warned: int
    standing: int
    tried_on: int
    one_in: int


def try_terms(terms: Terms, *, today: date) -> Trial:
    """Weigh customers by other terms without writing anything; of very many, every n-th is weighed."""
    active = Customer.objects.current().filter(status=Status.ACTIVE)
    one_in = -(-active.count() // TRIED_ON) or 1
    evidence = evidence_until(today, one_in=one_in)
    keys = np.array(list(active.order_by("pk").values_list("pk", flat=True)), dtype=np.int64)
    keys = keys[keys % one_in == 0]
    models = fitted(histories_of(evidence.purchases, as_of=today.toordinal()), fewest=terms.fewest_buyers)
    limits, day = limits_of(terms), today.toordinal()
    found = signs(evidence, keys, day=day, limits=limits, buying=models[0] if models else None)
    warned = int((risk_of(found, limits.weights) >= terms.warn_from).sum())
    standing = ChurnWarning.objects.standing().count()
    return Trial(warned=warned * one_in, standing=standing, tried_on=len(keys), one_in=one_in)
