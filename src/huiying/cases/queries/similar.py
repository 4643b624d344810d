"""Recent cases that speak of the same thing: "3 others today" while a new one is taken down."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from huiying.cases.models import Case
from huiying.journal.actors import Actor
from huiying.kit.text import grams
from huiying.search.index import documents_like

WINDOW = timedelta(days=7)
LIKE_ENOUGH = 0.28
SHOWN = 5


@dataclass(frozen=True)
class Similar:
    """A recent case, and the share of the typed terms that it holds too."""

    case: Case
    likeness: float


def similar_cases(text: str, *, by: Actor, now: datetime) -> list[Similar]:
    """Return up to five visible cases of the last week that share most terms with the text, most alike first."""
    terms = grams(text)
    if len(terms) < 4:
        return []
    recent = Case.objects.visible_to(by).filter(received_at__gte=now - WINDOW)
    newest = list(recent.order_by("-received_at").values_list("pk", flat=True)[:300])
    held = documents_like(Case, newest, terms)
    best = sorted((share, pk) for pk, share in held.items() if share >= LIKE_ENOUGH)[-SHOWN:]
    cases = Case.objects.for_list().in_bulk([pk for _share, pk in best])
    return [Similar(cases[pk], share) for share, pk in reversed(best) if pk in cases]
