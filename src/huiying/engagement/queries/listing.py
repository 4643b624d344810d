"""The planned contacts behind a figure, narrowed by period, tier, team, owner and state."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from huiying.engagement.models import State
from huiying.engagement.models.planned_contact import KEPT, PlannedContactQuerySet
from huiying.engagement.queries.coverage import due_rows
from huiying.engagement.slots import MONTH, QUARTER, Period, period_of

OUTCOMES: dict[str, Q] = {
    "kept": Q(state__in=KEPT),
    "missed": Q(state=State.MISSED),
    "skipped": Q(state=State.SKIPPED),
    "overdue": Q(state=State.PLANNED),
}


@dataclass(frozen=True)
class Choice:
    """What a figure's address asks for; words that mean nothing are left out."""

    period: Period
    length: str
    tier: str = ""
    team: int | None = None
    owner: int | None = None
    outcome: str = ""


def read_choice(asked: Mapping[str, str], *, today: date) -> Choice:
    length = MONTH if asked.get("per") == MONTH else QUARTER
    return Choice(
        period_of(day_in(asked.get("from", "")) or today, length),
        length,
        tier=asked.get("tier", ""),
        team=key_in(asked.get("team", "")),
        owner=key_in(asked.get("owner", "")),
        outcome=asked.get("outcome", "") if asked.get("outcome") in OUTCOMES else "",
    )


def due_in(choice: Choice, *, of: PlannedContactQuerySet, today: date) -> PlannedContactQuerySet:
    """Return what was due in the period, of the rows given, as chosen."""
    rows = due_rows(choice.period.begins, choice.period.ends, today=today, of=of)
    if choice.tier:
        rows = rows.filter(tier=choice.tier)
    if choice.team is not None:
        rows = rows.filter(owner__team=choice.team)
    if choice.owner is not None:
        rows = rows.filter(owner=choice.owner)
    return rows.filter(OUTCOMES[choice.outcome]) if choice.outcome else rows


def day_in(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def key_in(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None
