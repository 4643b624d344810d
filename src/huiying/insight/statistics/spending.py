"""Gamma-Gamma: what an order of somebody is worth.

Fader, Hardie: The Gamma-Gamma Model of Monetary Value (2013). Each customer's orders vary about a mean of their own
(shape p); the means vary over customers (q, gamma). It holds where spending and frequency have nothing to do with each
other: `dependence` says how far that is so.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.optimize import minimize
from scipy.special import gammaln
from scipy.stats import spearmanr

from .histories import Flags, Floats, Histories

START = (1.0, 1.0, 0.0)
FARTHEST = 12.0
DEPENDENT_FROM = 0.3  # a correlation beyond this and the value is told with a caution


@dataclass(frozen=True, kw_only=True)
class Spending:
    """Fitted parameters, money in the currency of the orders; `customers` repeat buyers fitted on.

    `correlation` (Pearson) and `rank_correlation` (Spearman) are those of repeat days and average money.
    """

    p: float
    q: float
    gamma: float
    log_likelihood: float
    customers: int
    correlation: float
    rank_correlation: float
    converged: bool = True

    @property
    def is_independent(self) -> bool:
        """Say whether frequency and spending are unrelated enough for the model."""
        return max(abs(self.correlation), abs(self.rank_correlation)) < DEPENDENT_FROM

    @property
    def mean(self) -> float:
        """The mean over all customers, p·gamma / (q - 1); the model is fitted with q > 1, where it exists."""
        return self.p * self.gamma / (self.q - 1)


def can_be_fitted(known: Histories) -> Flags:
    """Say whose spending the model learns from: repeat buyers who paid something."""
    flags: Flags = (known.repeats > 0) & (known.average > 0)
    return flags


def fit_spending(known: Histories) -> Spending:
    """Return the parameters of greatest likelihood over repeat buyers. Raises ValueError without any."""
    buyers = known.chosen(can_be_fitted(known))
    if not len(buyers):
        raise ValueError("No repeat buyers to fit on.")
    scale = float(buyers.average.mean())
    x, z = buyers.repeats.astype(np.float64), buyers.average / scale

    def cost(logs: Floats) -> float:
        p, over_one, gamma = np.exp(np.clip(logs, -FARTHEST, FARTHEST))
        return -float(log_likelihood((p, 1 + over_one, gamma), x, z).mean())

    found = minimize(cost, START, method="L-BFGS-B", options={"maxiter": 500, "ftol": 1e-13, "gtol": 1e-8})
    found = minimize(cost, found.x, method="Nelder-Mead", options={"maxiter": 800, "xatol": 1e-5, "fatol": 1e-10})
    p, over_one, gamma = (float(value) for value in np.exp(np.clip(found.x, -FARTHEST, FARTHEST)))
    fitted = (p, 1 + over_one, gamma * scale)
    pearson, spearman = dependence(x, buyers.average)
    return Spending(
        p=fitted[0],
        q=fitted[1],
        gamma=fitted[2],
        log_likelihood=float(log_likelihood(fitted, x, buyers.average).sum()),
        customers=len(buyers),
        correlation=pearson,
        rank_correlation=spearman,
        converged=bool(found.success) and bool(np.all(np.abs(found.x) < FARTHEST)),
    )


def log_likelihood(parameters: tuple[float, float, float], x: Floats, z: Floats) -> Floats:
    """Return each buyer's log-likelihood, equation (1a): `x` days, `z` their average money."""
    p, q, gamma = parameters
    whole: Floats = (
        gammaln(p * x + q)
        - gammaln(p * x)
        - gammaln(q)
        + q * np.log(gamma)
        + (p * x - 1) * np.log(z)
        + p * x * np.log(x)
        - (p * x + q) * np.log(gamma + x * z)
    )
    return whole


def expected_average(model: Spending, known: Histories) -> Floats:
    """Return what an order day of each should be worth, equation (5); the mean of all for who bought once."""
    x = known.repeats.astype(np.float64)
    expected: Floats = model.p * (model.gamma + x * known.average) / (model.p * x + model.q - 1)
    return expected


def dependence(x: Floats, z: Floats) -> tuple[float, float]:
    """Return Pearson's and Spearman's correlation; 0 where one of the two never varies."""
    if len(x) < 3 or np.ptp(x) == 0 or np.ptp(z) == 0:
        return 0.0, 0.0
    return float(np.corrcoef(x, z)[0, 1]), float(spearmanr(x, z).statistic)
