"""How good the forecast and the warnings would have been, as the pages show it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from huiying.insight.models import Reckoning


@dataclass(frozen=True, kw_only=True)
class Bar:
    """A tenth of the customers; widths are percent of the greatest bar."""

    tenth: int
    customers: int
    foreseen: float
    actual: float
    foreseen_width: int
    actual_width: int


@dataclass(frozen=True, kw_only=True)
class ValueSeen:
    """The test of the forecast: totals in orders, tenths in orders or in money a customer."""

    customers: int
    foreseen: int
    actual: int
    off_percent: int
    best_share: int
    is_better_than_plain: bool
    order: float
    plain_order: float
    bars: list[Bar]
    in_money: bool

    @property
    def too_few(self) -> int:
        return max(-self.off_percent, 0)


def value_seen(reckoning: Reckoning, *, amounts: bool) -> ValueSeen | None:
    test = reckoning.value_test
    if not test or not test.get("tenths"):
        return None
    unit = "money" if amounts else "days"
    tenths = test["tenths"]
    most = max(max(one[f"foreseen_{unit}"], one[f"actual_{unit}"]) for one in tenths) or 1
    came = sum(one["actual_money"] * one["customers"] for one in tenths) or 1
    best = tenths[0]
    return ValueSeen(
        customers=test["customers"],
        foreseen=round(test["foreseen_days"]),
        actual=round(test["actual_days"]),
        off_percent=round((test["foreseen_days"] / (test["actual_days"] or 1) - 1) * 100),
        best_share=round(best["actual_money"] * best["customers"] / came * 100),
        is_better_than_plain=test["order"] > test["plain_order"],
        order=round(test["order"], 2),
        plain_order=round(test["plain_order"], 2),
        bars=[bar_of(one, unit, most) for one in tenths],
        in_money=amounts,
    )


def bar_of(tenth: dict[str, Any], unit: str, most: float) -> Bar:
    foreseen, actual = tenth[f"foreseen_{unit}"], tenth[f"actual_{unit}"]
    return Bar(
        tenth=11 - tenth["tenth"],
        customers=tenth["customers"],
        foreseen=foreseen,
        actual=actual,
        foreseen_width=round(foreseen / most * 100),
        actual_width=round(actual / most * 100),
    )


@dataclass(frozen=True, kw_only=True)
class Rule:
    """How a rule did on one day, or on all together, in percent; where it `named` nobody, `precision` says nothing."""

    named: int
    stayed_away: int
    precision: int
    recall: int


@dataclass(frozen=True, kw_only=True)
class LookSeen:
    day: date
    customers: int
    away: int
    ours: Rule
    plain: Rule


def looks_seen(reckoning: Reckoning) -> list[LookSeen]:
    """Return the days looked back from, the latest first."""
    looks = reckoning.churn_test.get("looks", [])
    return [
        LookSeen(
            day=date.fromordinal(look["day"]),
            customers=look["customers"],
            away=look["ours"]["all_away"],
            ours=rule_of(look["ours"]),
            plain=rule_of(look["plain"]),
        )
        for look in looks
    ]


def rule_of(hits: dict[str, int]) -> Rule:
    named, right, away = hits["named"], hits["stayed_away"], hits["all_away"]
    return Rule(
        named=named,
        stayed_away=right,
        precision=round(right / named * 100) if named else 0,
        recall=round(right / away * 100) if away else 0,
    )


def summed(looks: list[LookSeen]) -> tuple[Rule, Rule]:
    """Return both rules over all looks."""

    def over_all(rules: list[Rule], away: int) -> Rule:
        hits = {"named": sum(one.named for one in rules), "stayed_away": sum(one.stayed_away for one in rules)}
        return rule_of({**hits, "all_away": away})

    away = sum(look.away for look in looks)
    return over_all([look.ours for look in looks], away), over_all([look.plain for look in looks], away)
