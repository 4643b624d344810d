"""Value and warnings in sentences a salesperson understands. Who may not see amounts gets sentences without them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from math import ceil
from typing import Any

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from huiying.customers.models import Figures
from huiying.customers.queries.reviews import ago
from huiying.kit.templatetags.kit import money
from huiying.kit.times import day_in_words

MONTH = 30.44
A_YEAR = 12  # months
USUAL, LATE = 1.5, 3.0  # times the usual gap: as always, somewhat late, far beyond
FEW, MOST = 80.0, 40.0  # percentiles of value: the most valuable, the middle
TEN_THOUSAND = 10_000


def value_sentences(figures: Figures, *, months: int, today: date, amounts: bool) -> list[str]:
    """Return three sentences: what was, how it stands, what the coming `months` may bring. No orders: none."""
    if not figures.orders or figures.first_order_on is None or figures.last_order_on is None:
        return []
    known = figures.expected_orders is not None
    to_come = future(figures, months=months, amounts=amounts) if known else unforeseen(figures)
    return [past(figures, today=today, amounts=amounts), present(figures, today=today), to_come]


def past(figures: Figures, *, today: date, amounts: bool) -> str:
    assert figures.first_order_on is not None
    facts: dict[str, object] = {
        "first": day_in_words(figures.first_order_on, today=today),
        "time": span((today - figures.first_order_on).days),
        "n": figures.orders,
        "gap": span(gap_of(figures)),
        "money": rough_money(figures.amount / figures.orders),
    }
    if figures.orders == 1:
        told = _("Bought once, %(first)s") % facts
        return told + (_(", for about %(money)s.") % facts if amounts else _("."))
    told = _("With us for %(time)s, %(n)s orders, about one every %(gap)s") % facts
    return told + (_(", about %(money)s each.") % facts if amounts else _("."))


def gap_of(figures: Figures) -> int:
    """Return the mean days between two orders; 0 for who ordered once."""
    if figures.orders < 2 or figures.last_order_on is None or figures.first_order_on is None:
        return 0
    return max(round((figures.last_order_on - figures.first_order_on).days / (figures.orders - 1)), 1)


def present(figures: Figures, *, today: date) -> str:
    assert figures.last_order_on is not None
    days, gap = (today - figures.last_order_on).days, gap_of(figures)
    facts = {"ago": ago(figures.last_order_on, today=today), "time": span(days), "gap": span(gap)}
    if not gap:
        return _("Nothing more for %(time)s since; one order does not yet tell how often they buy.") % facts
    if days <= gap * USUAL:
        return _("Last ordered %(ago)s, as often as usual") % facts + still_buys(figures.alive)
    facts["later"] = span(days - gap)
    if days <= gap * LATE:
        return _("Last ordered %(ago)s, %(later)s later than usual") % facts + still_buys(figures.alive)
    told = _("Last ordered %(ago)s though usually one comes every %(gap)s: ask what has changed") % facts
    return told + still_buys(figures.alive)


def still_buys(alive: float | None) -> str:
    """Say the chance that they still buy in a word, and end the sentence."""
    if alive is None:
        return _(".")
    likely = {0.8: _("; they will most likely buy again."), 0.5: _("; they will probably buy again.")}
    likely |= {0.2: _("; whether they buy again is uncertain."), 0.0: _("; they have probably left.")}
    return next(words for least, words in likely.items() if alive >= least)


def future(figures: Figures, *, months: int, amounts: bool) -> str:
    n, when = round(figures.expected_orders or 0.0), coming(months)
    rank = _("; %(rank)s.") % {"rank": rank_of(figures.value_percentile or 0.0)} if amounts else _(".")
    if not n:
        return _("%(when)s hardly another order is to be expected") % {"when": when} + rank
    facts = {"when": when, "n": n, "money": rough_money(figures.lifetime_value or Decimal(0))}
    told = ngettext("%(when)s about %(n)s order is to be expected", "%(when)s about %(n)s orders are to be expected", n)
    worth = _(", about %(money)s in all") % facts if amounts else ""
    return told % facts + worth + rank


def unforeseen(figures: Figures) -> str:
    """Say why there is no forecast, and to whom bought once what helps."""
    if figures.orders == 1:
        return _("No forecast before the second order; somebody who asks how they fare with the first may bring it.")
    return _("No forecast yet: it needs more customers who bought again.")


def coming(months: int) -> str:
    """Say how far the forecast reaches, as a sentence begins."""
    if months == A_YEAR:
        return _("In the coming year")
    return ngettext("In the coming %(n)s month", "In the coming %(n)s months", months) % {"n": months}


def rank_of(percentile: float) -> str:
    """Say where a customer stands among all who bought again: never beyond everybody, never below nobody."""
    if percentile >= FEW:
        top = max(ceil(100 - percentile), 1)
        return _("they are among the most valuable %(top)s%% of those who bought again") % {"top": top}
    if percentile >= MOST:
        return _("that is about what most repeat buyers bring")
    return _("that is less than most repeat buyers bring")


def span(days: int) -> str:
    """Say a length as people do: days, then months."""
    if days < 60:
        return ngettext("%(n)s day", "%(n)s days", days) % {"n": days}
    months = round(days / MONTH)
    return ngettext("%(n)s month", "%(n)s months", months) % {"n": months}


def percent(share: float | None) -> str:
    """Return a chance as one would say it: never a certainty."""
    return "" if share is None else f"{min(max(round(share * 100), 1), 99)}%"


def rough_money(amount: Decimal | float) -> str:
    """Return an amount to two places that count, in the units of the language: 21 873 is 2.2 万."""
    value = float(f"{float(amount):.2g}")
    if abs(value) >= TEN_THOUSAND and (get_language() or "").startswith("zh"):
        return _("%(n)s ten thousand") % {"n": f"{value / TEN_THOUSAND:,.6g}"}
    return money(Decimal(f"{value:f}").quantize(Decimal("0.01")))


def reason_sentences(reasons: list[dict[str, Any]]) -> list[str]:
    """Return why somebody is warned of, the strongest first."""
    return [SAID[reason["signal"]](reason) for reason in reasons if reason.get("signal") in SAID]


def said_silence(reason: dict[str, Any]) -> str:
    facts = {"days": whole(reason, "days"), "usual": whole(reason, "usual"), "percent": percent(reason.get("alive"))}
    if reason.get("usual"):
        return _("No order for %(days)s days, usually one every %(usual)s days") % facts
    return _("No order for %(days)s days; the chance that they still buy is about %(percent)s") % facts


def said_activity(reason: dict[str, Any]) -> str:
    facts = {"now": whole(reason, "now"), "usual": whole(reason, "usual")}
    return _("Active %(now)s times in the last 30 days, usually %(usual)s (orders, contacts, use)") % facts


def said_scores(reason: dict[str, Any]) -> str:
    facts = {"last": whole(reason, "last"), "before": whole(reason, "before")}
    if reason.get("before"):
        return _("The last score was %(last)s, on average %(before)s before") % facts
    return _("The last score was %(last)s") % facts


def said_complaints(reason: dict[str, Any]) -> str:
    still, lately = whole(reason, "open"), whole(reason, "lately")
    told = []
    if still:
        told.append(ngettext("%(n)s complaint is open", "%(n)s complaints are open", still) % {"n": still})
    if lately > 1:
        told.append(_("%(n)s complaints in half a year") % {"n": lately})
    return _(", ").join(told)


def said_plans(reason: dict[str, Any]) -> str:
    missed = whole(reason, "missed")
    told = ngettext(
        "%(n)s planned contact was missed in a quarter", "%(n)s planned contacts were missed in a quarter", missed
    )
    return told % {"n": missed}


def whole(reason: dict[str, Any], name: str) -> int:
    return round(reason.get(name) or 0)


SAID: dict[str, Callable[[dict[str, Any]], str]] = {
    "silence": said_silence,
    "activity": said_activity,
    "scores": said_scores,
    "complaints": said_complaints,
    "plans": said_plans,
}
