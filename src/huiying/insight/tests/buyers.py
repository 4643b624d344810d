"""Buyers made up by the very assumptions of the models, for tests that look whether the models find them again."""

from __future__ import annotations

import numpy as np

from huiying.insight.statistics.histories import Histories


def made_up(count: int, *, r: float, alpha: float, a: float, b: float, seed: int = 7) -> Histories:
    """Return buyers who come at a rate of their own and may leave after each repeat order (BG/NBD, Gamma-Gamma)."""
    chance = np.random.default_rng(seed)
    rates, leaving = chance.gamma(r, 1 / alpha, count), chance.beta(a, b, count)
    means = 6 / chance.gamma(6, 1 / 4, count) * 100
    age = chance.uniform(50, 150, count)
    repeats, recency = np.zeros(count, dtype=np.int64), np.zeros(count)
    for who in range(count):
        week = chance.exponential(1 / rates[who])
        while week < age[who]:
            repeats[who], recency[who] = repeats[who] + 1, week
            week = np.inf if chance.uniform() < leaving[who] else week + chance.exponential(1 / rates[who])
    paid = chance.gamma(5 * np.maximum(repeats, 1), means / (5 * np.maximum(repeats, 1)))
    average = np.where(repeats > 0, paid, 0.0)
    days = np.zeros(count, dtype=np.int64)
    return Histories(
        customer=np.arange(count),
        repeats=repeats,
        recency=recency,
        age=age,
        average=average,
        first=days,
        last=days,
        total=average,
    )
