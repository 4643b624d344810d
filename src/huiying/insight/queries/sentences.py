"""Value and warnings in sentences a salesperson understands. Who may not see amounts gets sentences without them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from huiying.customers.models import Figures
from huiying.kit.templatetags.kit import money

MONTH = 30.44
USUAL, LATE = 1.5, 3.0  # times the usual gap: as always, somewhat late, far beyond
TEN_THOUSAND = 10_000


def value_sentences(figures: Figures, *, today: date, amounts: bool) -> list[str]:
    """Return up to three sentences: what was, how it stands, what may come. No orders: none."""
    if not figures.orders or figures.first_order_on is None or figures.last_order_on is None:
        return []
    told = [past(figures, today=today, amounts=amounts), present(figures, today=today)]
    if figures.expected_orders is not None:
        told.append(future(figures, amounts=amounts))
    return told


def past(figures: Figures, *, today: date, amounts: bool) -> str:
    assert figures.first_order_on is not None
    months = max(round((today - figures.first_order_on).days / MONTH), 1)
    facts: dict[str, object] = {"months": months, "n": figures.orders, "gap": gap_of(figures)}
    facts["money"] = rough_money(figures.amount / figures.orders)
    if figures.orders == 1:
        told = _("First order %(months)s months ago, one order so far") % facts
    else:
        told = _("With us for %(months)s months, %(n)s orders, about one every %(gap)s days") % facts
    return told + (_(", about %(money)s each.") % facts if amounts else _("."))


def gap_of(figures: Figures) -> int:
    """Return the mean days between two orders; 0 for who ordered once."""
    if figures.orders < 2 or figures.last_order_on is None or figures.first_order_on is None:
        return 0
    return max(round((figures.last_order_on - figures.first_order_on).days / (figures.orders - 1)), 1)


def present(figures: Figures, *, today: date) -> str:
    assert figures.last_order_on is not None
    days, gap = (today - figures.last_order_on).days, gap_of(figures)
    facts = {"days": days, "percent": percent(figures.alive)}
    if not gap:
        return _("The last order was %(days)s days ago; from one order nobody knows a rhythm.") % facts
    if days <= gap * USUAL:
        told = _("The last order was %(days)s days ago, as usual for them") % facts
    elif days <= gap * LATE:
        told = _("The last order was %(days)s days ago, somewhat longer than usual for them") % facts
    else:
        told = _("The last order was %(days)s days ago, far longer than usual for them") % facts
    return told + (_("; the chance that they still buy is about %(percent)s.") % facts if facts["percent"] else _("."))


def future(figures: Figures, *, amounts: bool) -> str:
    expected = figures.expected_orders or 0.0
    facts: dict[str, object] = {
        "n": f"{expected:.0f}" if expected >= 3 else f"{expected:.1f}",
        "money": rough_money(figures.lifetime_value or Decimal(0)),
        "share": f"{figures.value_percentile or 0:.0f}%",
    }
    if amounts:
        told = _("Expected in the coming year: %(n)s orders, worth about %(money)s, more than %(share)s of buyers.")
        return told % facts
    return _("Expected in the coming year: %(n)s orders, more than %(share)s of buyers.") % facts


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
