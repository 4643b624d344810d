"""BG/NBD: how often somebody buys, and whether they still do.

Fader, Hardie, Lee: “Counting Your Customers” the Easy Way, Marketing Science 24 (2005) 2, 275–284. While active, a
customer buys at a rate of their own (gamma over customers: r, alpha); after each purchase they may be gone for good
(beta: a, b). The expectation is written in the form that Euler's transformation of 2F1 gives: no power overflows,
however often somebody bought.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.optimize import minimize
from scipy.special import betaln, gammaln, hyp2f1

from .histories import Floats, Histories, Whole

START = (-0.5, 0.5, -0.5, 0.5)
FARTHEST = 12.0  # beyond this logarithm the search does not go
TELLING = 9.0  # beyond this one the data hold nothing on the parameter, as where nobody ever left
LONGEST = 700.0  # beyond, exp() overflows; the chance is nil long before


@dataclass(frozen=True, kw_only=True)
class Buying:
    """Fitted parameters, time in weeks; `log_likelihood` natural logarithm; `customers` fitted on."""

    r: float
    alpha: float
    a: float
    b: float
    log_likelihood: float
    customers: int
    converged: bool = True


def fit_buying(known: Histories) -> Buying:
    """Return the parameters of greatest likelihood. Raises ValueError without customers."""
    if not len(known):
        raise ValueError("No customers to fit on.")
    repeats, place = np.unique(known.repeats, return_inverse=True)
    scale = max(float(known.age.mean()), 1e-9)  # a scale near 1 lets the search step evenly
    recency, age = known.recency / scale, known.age / scale

    def cost(logs: Floats) -> float:
        r, alpha, a, b = np.exp(np.clip(logs, -FARTHEST, FARTHEST))
        terms = log_likelihood((r, alpha, a, b), repeats, place, recency, age)
        return -float(terms.mean())

    found = minimize(cost, START, method="L-BFGS-B", options={"maxiter": 500, "ftol": 1e-13, "gtol": 1e-8})
    found = minimize(cost, found.x, method="Nelder-Mead", options={"maxiter": 800, "xatol": 1e-5, "fatol": 1e-10})
    r, alpha, a, b = np.exp(np.clip(found.x, -FARTHEST, FARTHEST))
    fitted = (float(r), float(alpha * scale), float(a), float(b))
    whole = log_likelihood(fitted, repeats, place, known.recency, known.age).sum()
    inside = bool(np.all(np.abs(found.x) < TELLING))
    r, alpha, a, b = fitted
    return Buying(
        r=r,
        alpha=alpha,
        a=a,
        b=b,
        log_likelihood=float(whole),
        customers=len(known),
        converged=bool(found.success) and inside,
    )


def log_likelihood(
    parameters: tuple[float, float, float, float], repeats: Whole, place: Whole, recency: Floats, age: Floats
) -> Floats:
    """Return each customer's log-likelihood, equation (6). `repeats[place]` are the customers' x: few differ."""
    r, alpha, a, b = parameters
    by_count = gammaln(r + repeats) - gammaln(r) + r * np.log(alpha) + betaln(a, b + repeats) - betaln(a, b)
    share = np.log(a) - np.log(b + np.maximum(repeats, 1) - 1)
    share = np.where(repeats > 0, share, -np.inf)
    power = (r + repeats)[place]
    lived = -power * np.log(alpha + age)
    left = share[place] - power * np.log(alpha + recency)
    whole: Floats = by_count[place] + np.logaddexp(lived, left)
    return whole


def chance_alive(model: Buying, known: Histories) -> Floats:
    """Return the chance, 0–1, that each still buys. It is 1 for who bought once: the model cannot know it of them."""
    odds = _odds_of_having_left(model, known)
    alive: Floats = 1.0 / (1.0 + odds)
    return alive


def expected_days(model: Buying, known: Histories, *, weeks: float) -> Floats:
    """Return on how many days of the coming `weeks` each should order, equation (10)."""
    a = model.a if abs(model.a - 1) > 1e-6 else 1 + 1e-6
    z = weeks / (model.alpha + known.age + weeks)
    top = a + model.b + known.repeats - 1
    hyper = hyp2f1(a + model.b - 1 - model.r, a - 1, top, z)
    grown = top / (a - 1) * (1 - (1 - z) ** (a - 1) * hyper)
    expected: Floats = np.maximum(grown, 0) / (1 + _odds_of_having_left(model, known))
    return expected


def _odds_of_having_left(model: Buying, known: Histories) -> Floats:
    share = model.a / (model.b + np.maximum(known.repeats, 1) - 1)
    power = model.r + known.repeats
    longer = power * (np.log(model.alpha + known.age) - np.log(model.alpha + known.recency))
    stretch = np.exp(np.minimum(longer, LONGEST))
    odds: Floats = np.where(known.repeats > 0, share * stretch, 0.0)
    return odds
