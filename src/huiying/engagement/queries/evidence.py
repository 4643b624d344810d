"""Why a need is suggested, in words, with the way to the source as far as the reader may go it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from huiying.customers.models import Customer
from huiying.engagement.detection import Rule
from huiying.engagement.models.need import Evidence, Need
from huiying.journal.actors import Actor
from huiying.kit import times

ANCHORS = {"interaction": "#story", "usage": "#orders", "order": "#orders", "cases": "#cases"}


@dataclass(frozen=True)
class Shown:
    """A sentence that was said, or figures in a sentence."""

    at: datetime
    quote: str
    sentence: str
    address: str


def evidence_of(need: Need, *, by: Actor) -> list[Shown]:
    """Return what speaks for the need; two statements."""
    seen = Customer.objects.visible_to(by).filter(pk=need.customer_id).exists()
    page = reverse("customers:customer", args=[need.customer.number]) if seen else ""
    return [shown(one, page) for one in need.evidence.all()]


def shown(one: Evidence, page: str) -> Shown:
    anchor = ANCHORS.get(one.ref.partition(":")[0], "")
    return Shown(one.at, one.quote, sentence_of(one.rule, one.figures), f"{page}{anchor}" if page else "")


def sentence_of(rule: str, figures: Mapping[str, Any]) -> str:
    """Return the figures as a sentence in the reader's language; a wish speaks for itself."""
    match rule:
        case Rule.GROWING | Rule.FALLING:
            return _("Used %(now)s times in thirty days; in the thirty before, %(before)s times.") % figures
        case Rule.LIMIT:
            return _("Used %(now)s times in thirty days; the limit is %(limit)s.") % figures
        case Rule.ASKED:
            return _("%(times)s consultations on it in %(days)s days.") % figures
        case Rule.DUE:
            words = {name: day_of(str(figures[name])) for name in ("last", "due")}
            told = _("Bought %(times)s times, every %(gap)s days; last on %(last)s, so due about %(due)s.")
            return told % {**figures, **words}
    return ""


def day_of(written: str) -> str:
    return times.day_in_words(date.fromisoformat(written), today=localdate())
