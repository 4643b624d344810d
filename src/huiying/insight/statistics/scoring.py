"""Scores of one to five, ranks and deciles. Equal values always score alike."""

from __future__ import annotations

import numpy as np
from scipy.stats import rankdata

from .histories import Floats, Whole


def fifths(values: Floats) -> Whole:
    """Return 1 for the lowest fifth of the values, 5 for the highest.

    The share of customers below, with half of those who are equal, decides: under 20 % scores 1, under 40 % scores 2 …
    Where many are equal a score may have no customer, and where all are equal everybody scores 3.
    """
    return groups_of(values, 5)


def tenths(values: Floats) -> Whole:
    """Return 1 for the lowest tenth of the values, 10 for the highest, by the same rule."""
    return groups_of(values, 10)


def groups_of(values: Floats, groups: int) -> Whole:
    if not len(values):
        return np.zeros(0, dtype=np.int64)
    share = (rankdata(values, method="average") - 0.5) / len(values)
    group: Whole = np.minimum(np.floor(share * groups + 1e-9).astype(np.int64) + 1, groups)
    return group


def shares_below(values: Floats) -> Floats:
    """Return for each value which percentage, 0–100, of the other values is less, with half of those that are equal."""
    if len(values) < 2:
        return np.full(len(values), 50.0)
    below: Floats = (rankdata(values, method="average") - 1) / (len(values) - 1) * 100
    return below


def gini(actual: Floats, predicted: Floats) -> float:
    """Return how well a prediction orders customers, 1 as well as the truth itself would, 0 no better than chance."""
    best = _concentration(actual, actual)
    return _concentration(actual, predicted) / best if best > 0 else 0.0


def _concentration(actual: Floats, order_by: Floats) -> float:
    total = float(actual.sum())
    if total <= 0:
        return 0.0
    held = np.cumsum(actual[np.argsort(-order_by, kind="stable")]) / total
    return float(2 * held.mean() - 1 - 1 / len(held))
