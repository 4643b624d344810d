"""One night: what happened is read, each customer's figures are written, warnings raised and settled (SPEC B5, B6)."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

import numpy as np
from django.db import connection, transaction
from django.utils import timezone

from huiying.customers.models import Customer, Figures, Status
from huiying.insight.actions.play import follow_up
from huiying.insight.actions.warning import Weighed, raise_and_settle
from huiying.insight.models import Reckoning, Terms
from huiying.insight.queries.evidence import STREAMED, evidence_until
from huiying.insight.queries.terms import limits_of
from huiying.insight.statistics.buying import Buying, chance_alive
from huiying.insight.statistics.hindsight import fitted, look_back_on_value, look_back_on_warnings
from huiying.insight.statistics.histories import Floats, Histories, Purchases, Whole, histories_of, sums_by_customer
from huiying.insight.statistics.scoring import fifths, shares_below
from huiying.insight.statistics.signals import Evidence, placed, risk_of, signs, spread
from huiying.insight.statistics.spending import Spending
from huiying.insight.statistics.worth import worth_of

WRITTEN_AT_ONCE = 2_000
A_YEAR = 365
COLUMNS = [field.name for field in Figures._meta.concrete_fields if field.name not in ("id", "customer")]


@dataclass(frozen=True, kw_only=True)
class Reckoned:
    """The columns of Figures as arrays over `keys`, nan where not known; and what they were read from."""

    keys: Whole
    columns: dict[str, Floats]
    history: Histories
    models: tuple[Buying, Spending] | None
    weighed: Weighed


def reckon(reckoning: Reckoning, terms: Terms, *, at: datetime) -> None:
    """Reckon every customer's figures as of the reckoning's day and write them down, batch by batch."""
    began = time.monotonic()
    today = reckoning.day
    evidence = evidence_until(today)
    keys, courted = customers_now()
    found = reckoned(evidence, keys, courted, today=today, terms=terms)
    write_figures(found, today=today)
    raised, cleared = raise_and_settle(found.weighed, terms=terms, today=today, at=at)
    follow_up(today, at=at)
    note_models(reckoning, found)
    look_back(reckoning, evidence, terms)
    reckoning.raised, reckoning.cleared = raised, cleared
    reckoning.state, reckoning.error = Reckoning.State.DONE, ""
    reckoning.seconds = time.monotonic() - began
    reckoning.done_at = reckoning.moved_at = timezone.now()
    reckoning.save()


def customers_now() -> tuple[Whole, np.ndarray]:
    """Return the keys of all customers, ascending, and which of them one can lose: active ones."""
    rows = Customer.objects.current().order_by("pk").values_list("pk", "status").iterator(chunk_size=STREAMED)
    pairs = [(key, status == Status.ACTIVE) for key, status in rows]
    keys = np.array([key for key, _active in pairs], dtype=np.int64)
    return keys, np.array([active for _key, active in pairs], dtype=np.bool_)


def reckoned(evidence: Evidence, keys: Whole, courted: np.ndarray, *, today: date, terms: Terms) -> Reckoned:
    """Return the figures of the customers `keys`; asks no database."""
    day, bought = today.toordinal(), evidence.purchases
    known = histories_of(bought, as_of=day)
    models = fitted(known, fewest=terms.fewest_buyers)
    trusted = models[0] if models and models[0].converged else None
    found = signs(evidence, keys, day=day, limits=limits_of(terms), buying=trusted)
    risk = np.where(courted, risk_of(found, limits_of(terms).weights), 0)
    columns = {**order_columns(bought, known, keys, day=day), **value_columns(known, keys, models, terms)}
    at_risk = np.where(np.isnan(columns["lifetime_value"]), columns["amount_year"], columns["lifetime_value"])
    weighed = Weighed(keys=keys, risk=risk, found=found, value=at_risk)
    return Reckoned(
        keys=keys, columns={**columns, "churn": risk.astype(np.float64)}, history=known, models=models, weighed=weighed
    )


def order_columns(bought: Purchases, known: Histories, keys: Whole, *, day: int) -> dict[str, Floats]:
    place, has = placed(known.customer, keys)
    _days, year = sums_by_customer(bought.after(day - A_YEAR, until=day), keys)
    _days, before = sums_by_customer(bought.after(day - 2 * A_YEAR, until=day - A_YEAR), keys)
    return {
        "orders": spread((known.repeats + 1).astype(np.float64), place, has, missing=0.0),
        "amount": spread(known.total, place, has, missing=0.0),
        "amount_year": year,
        "amount_year_before": before,
        "first_order_on": spread(known.first.astype(np.float64), place, has),
        "last_order_on": spread(known.last.astype(np.float64), place, has),
        "recency_score": spread(fifths(known.last.astype(np.float64)).astype(np.float64), place, has),
        "frequency_score": spread(fifths(known.repeats.astype(np.float64)).astype(np.float64), place, has),
        "monetary_score": spread(fifths(known.total).astype(np.float64), place, has),
    }


def value_columns(
    known: Histories, keys: Whole, models: tuple[Buying, Spending] | None, terms: Terms
) -> dict[str, Floats]:
    """Return chance, expected orders, value and percentile; all unknown where no model could be fitted.

    Of who bought once the models know nothing: that they still buy is supposed, and their orders are held to be worth
    what other people's are. Nothing is foreseen of them; and nobody's chance where the data show nobody leaving.
    """
    names = ("alive", "expected_orders", "lifetime_value", "value_percentile")
    if models is None:
        return {name: np.full(len(keys), np.nan) for name in names}
    again = known.chosen(known.are_repeated)
    worth = worth_of(*models, again, months=terms.months, yearly_rate=float(terms.yearly_rate) / 100)
    alive = chance_alive(models[0], again) if models[0].converged else np.full(len(again), np.nan)
    arrays = (alive, worth.days, worth.money, shares_below(worth.money))
    place, has = placed(again.customer, keys)
    return {name: spread(array, place, has) for name, array in zip(names, arrays, strict=True)}


def note_models(reckoning: Reckoning, found: Reckoned) -> None:
    reckoning.customers, reckoning.buyers = len(found.keys), len(found.history)
    reckoning.repeat_buyers = int((found.history.repeats > 0).sum())
    buying, spending = found.models or (None, None)
    reckoning.buying = asdict(buying) if buying else {}
    reckoning.spending = {**asdict(spending), "is_independent": spending.is_independent} if spending else {}


def look_back(reckoning: Reckoning, evidence: Evidence, terms: Terms) -> None:
    """Keep what the same rules would have said a while ago, and what came."""
    today = reckoning.day.toordinal()
    value = look_back_on_value(evidence.purchases, today=today, fewest=terms.fewest_buyers)
    reckoning.value_test = asdict(value) if value else {}
    limits = limits_of(terms)
    fewest = min(terms.fewest_buyers, 30)
    looks = look_back_on_warnings(evidence, today=today, limits=limits, warn_from=terms.warn_from, fewest=fewest)
    reckoning.churn_test = {"looks": [asdict(look) for look in looks]} if looks else {}


def write_figures(found: Reckoned, *, today: date) -> None:
    """Write one row a customer, some thousands a transaction, so that nobody waits long for the database."""
    statement = upsert()
    for begin in range(0, len(found.keys), WRITTEN_AT_ONCE):
        rows = list(rows_of(found, begin, min(begin + WRITTEN_AT_ONCE, len(found.keys)), today=today))
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.executemany(statement, rows)


def upsert() -> str:
    """Return the statement both databases understand; the model's own way costs ten times as long at 200,000 rows."""
    quote = connection.ops.quote_name
    table, names = quote(Figures._meta.db_table), ["customer_id", *COLUMNS]
    values = ", ".join("%s" for _name in names)
    changes = ", ".join(f"{quote(name)} = excluded.{quote(name)}" for name in COLUMNS)
    listed = ", ".join(map(quote, names))
    return f"INSERT INTO {table} ({listed}) VALUES ({values}) ON CONFLICT (customer_id) DO UPDATE SET {changes}"  # noqa: S608 - names of our own columns


WHOLE = {"orders", "recency_score", "frequency_score", "monetary_score", "churn"}
DAYS = {"first_order_on", "last_order_on"}
MONEY = {"amount", "amount_year", "amount_year_before", "lifetime_value"}


def rows_of(found: Reckoned, begin: int, end: int, *, today: date) -> Iterator[tuple[Any, ...]]:
    columns = [
        [as_kept(today)] * (end - begin) if name == "as_of" else said(name, found.columns[name][begin:end])
        for name in COLUMNS
    ]
    return zip(found.keys[begin:end].tolist(), *columns, strict=True)


def said(name: str, values: Floats) -> list[Any]:
    """Return the values as the column keeps them; nan is not known."""
    known = [None if value != value else value for value in values.tolist()]  # noqa: PLR0124 - nan alone differs from itself
    if name in WHOLE:
        return [value if value is None else round(value) for value in known]
    if name in DAYS:
        return [value if value is None else as_kept(date.fromordinal(int(value))) for value in known]
    if name in MONEY:
        return [value if value is None else round(value, 2) for value in known]
    return known


def as_kept(day: date) -> Any:
    return connection.ops.adapt_datefield_value(day)
