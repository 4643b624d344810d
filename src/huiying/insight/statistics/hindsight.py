"""Looking back: what would have been said a while ago from what was known then, held against what came."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .buying import Buying, expected_days, fit_buying
from .histories import Flags, Floats, Histories, Purchases, Whole, histories_of, sums_by_customer, usual_gaps
from .limits import Limits
from .scoring import gini, tenths
from .signals import Evidence, risk_of, signs
from .spending import Spending, can_be_fitted, expected_average, fit_spending

A_YEAR = 365
WEEKS_A_YEAR = A_YEAR / 7
FIT_AT_MOST = 20_000  # buyers; more move the parameters by less than their own error
AWAY_DAYS = 180  # who orders nothing for so long stayed away
FIRST_LOOK, LOOK_EVERY, LOOKS = 180, 60, 4
PLAIN_SILENCE = 90  # the plain rule: no order for so many days
USUALLY_WITHIN = 180.0  # who orders less often cannot be seen to stay away in half a year


def sample_of(known: Histories) -> Histories:
    """Return every n-th customer, so many as a fit needs; the same ones each time."""
    step = -(-len(known) // FIT_AT_MOST)
    return known if step <= 1 else known.chosen(np.arange(len(known)) % step == 0)


def fitted(known: Histories, *, fewest: int) -> tuple[Buying, Spending] | None:
    """Return both models fitted, or None where too few customers bought again."""
    if int(can_be_fitted(known).sum()) < fewest:
        return None
    learnt_from = sample_of(known)
    return fit_buying(learnt_from), fit_spending(learnt_from)


@dataclass(frozen=True, kw_only=True)
class Tenth:
    """A tenth of the customers by foreseen money, 10 the best: means a customer, in order days and money."""

    tenth: int
    customers: int
    foreseen_days: float
    actual_days: float
    foreseen_money: float
    actual_money: float


@dataclass(frozen=True, kw_only=True)
class ValueTest:
    """What the models would have foreseen of a year, from before it. Orders: 1 ranks as well as the truth, 0 as chance.

    `plain_order` is that of simply repeating the money of the year before.
    """

    customers: int
    foreseen_days: float
    actual_days: float
    foreseen_money: float
    actual_money: float
    order: float
    plain_order: float
    plain_money: float
    tenths: list[Tenth]


def look_back_on_value(bought: Purchases, *, today: int, fewest: int) -> ValueTest | None:
    """Fit until a year before `today` and hold the following year against it; None where too few bought then.

    Held against it is whoever had bought again by then: of the others nothing is foreseen.
    """
    begin = today - A_YEAR
    known = histories_of(bought, as_of=begin)
    models = fitted(known, fewest=fewest)
    if models is None:
        return None
    known = known.chosen(known.are_repeated)
    days = expected_days(models[0], known, weeks=WEEKS_A_YEAR)
    money = days * expected_average(models[1], known)
    came_days, came = sums_by_customer(bought.after(begin, until=today), known.customer)
    _days, plain = sums_by_customer(bought.after(begin - A_YEAR, until=begin), known.customer)
    return ValueTest(
        customers=len(known),
        foreseen_days=float(days.sum()),
        actual_days=float(came_days.sum()),
        foreseen_money=float(money.sum()),
        actual_money=float(came.sum()),
        order=gini(came, money),
        plain_order=gini(came, plain),
        plain_money=float(plain.sum()),
        tenths=by_tenths(days, money, came_days, came),
    )


def by_tenths(days: Floats, money: Floats, came_days: Whole, came: Floats) -> list[Tenth]:
    group = tenths(money)
    return [
        Tenth(
            tenth=number,
            customers=int(mine.sum()),
            foreseen_days=float(days[mine].mean()),
            actual_days=float(came_days[mine].mean()),
            foreseen_money=float(money[mine].mean()),
            actual_money=float(came[mine].mean()),
        )
        for number in range(10, 0, -1)
        if (mine := group == number).any()
    ]


@dataclass(frozen=True, kw_only=True)
class Hits:
    """How a rule did: `named` it warned of, `stayed_away` of these, `all_away` whom it should have named."""

    named: int
    stayed_away: int
    all_away: int

    @property
    def precision(self) -> float:
        return self.stayed_away / self.named if self.named else 0.0

    @property
    def recall(self) -> float:
        return self.stayed_away / self.all_away if self.all_away else 0.0


@dataclass(frozen=True, kw_only=True)
class Look:
    """One day gone by (ordinal): how many regular buyers there were, and how both rules did."""

    day: int
    customers: int
    ours: Hits
    plain: Hits


def look_back_on_warnings(evidence: Evidence, *, today: int, limits: Limits, warn_from: int, fewest: int) -> list[Look]:
    """Look back from several days, half a year ago and earlier: who would have been warned of, and who stayed away."""
    days = [today - FIRST_LOOK - LOOK_EVERY * number for number in range(LOOKS)]
    looks = (look_at(evidence, day=day, limits=limits, warn_from=warn_from, fewest=fewest) for day in days)
    return [look for look in looks if look is not None]


def look_at(evidence: Evidence, *, day: int, limits: Limits, warn_from: int, fewest: int) -> Look | None:
    known = histories_of(evidence.purchases, as_of=day)
    regular = known.chosen(are_regular(evidence.purchases.until(day), known, day=day))
    if len(regular) < fewest:
        return None
    buying = fit_buying(sample_of(known)) if int((known.repeats > 0).sum()) >= fewest else None
    found = signs(evidence, regular.customer, day=day, limits=limits, buying=buying)
    warned = risk_of(found, limits.weights) >= warn_from
    came, _money = sums_by_customer(evidence.purchases.after(day, until=day + AWAY_DAYS), regular.customer)
    away = came == 0
    plain = day - regular.last > PLAIN_SILENCE
    return Look(day=day, customers=len(regular), ours=hits_of(warned, away), plain=hits_of(plain, away))


def are_regular(bought: Purchases, known: Histories, *, day: int) -> Flags:
    """Say who ordered on three days or more, usually within half a year, and the last time within the last year."""
    median, _longest = usual_gaps(bought, known.customer)
    with np.errstate(invalid="ignore"):
        regular: Flags = (known.repeats >= 2) & (median <= USUALLY_WITHIN) & (day - known.last <= A_YEAR)
    return regular


def hits_of(named: Flags, away: Flags) -> Hits:
    return Hits(named=int(named.sum()), stayed_away=int((named & away).sum()), all_away=int(away.sum()))
