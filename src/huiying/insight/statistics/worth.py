"""Lifetime value: expected orders of each coming month times their worth, discounted to today."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .buying import Buying, expected_days
from .histories import Floats, Histories
from .spending import Spending, expected_average

WEEKS_A_MONTH = 365.25 / 12 / 7


@dataclass(frozen=True, kw_only=True)
class Worth:
    """For each customer: order days and money of the horizon, the money discounted by the yearly rate."""

    days: Floats
    average: Floats
    money: Floats


def worth_of(buying: Buying, spending: Spending, known: Histories, *, months: int, yearly_rate: float) -> Worth:
    """Return what the next `months` should bring; each month's orders are taken to come in its middle."""
    average = expected_average(spending, known)
    before, present = np.zeros(len(known)), np.zeros(len(known))
    for month in range(1, months + 1):
        until = expected_days(buying, known, weeks=month * WEEKS_A_MONTH)
        present += (until - before) * (1 + yearly_rate) ** (-(month - 0.5) / 12)
        before = until
    return Worth(days=before, average=average, money=present * average)
