"""The planned contacts behind a figure, narrowed by period, tier, team, owner and state."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from huiying.engagement.models.planned_contact import PlannedContactQuerySet
from huiying.engagement.queries.coverage import IS_KEPT, IS_MISSED, IS_SKIPPED, due_rows, is_overdue
from huiying.engagement.slots import MONTH, QUARTER, Period, period_of

OUTCOMES: dict[str, Callable[[date], Q]] = {
    "kept": lambda _today: IS_KEPT,
    "missed": lambda _today: IS_MISSED,
    "skipped": lambda _today: IS_SKIPPED,
    "overdue": is_overdue,
}
NOBODYS = "none"  # in an address: of those without a team, or without an account manager


@dataclass(frozen=True)
class Choice:
    """What a figure's address asks for; words that mean nothing are left out. Team and owner are keys, or “none”."""

    period: Period
    length: str
    tier: str = ""
    team: str = ""
    owner: str = ""
    outcome: str = ""


def read_choice(asked: Mapping[str, str], *, today: date) -> Choice:
    length = MONTH if asked.get("per") == MONTH else QUARTER
    return Choice(
        period_of(day_in(asked.get("from", "")) or today, length),
        length,
        tier=asked.get("tier", ""),
        team=asked.get("team", ""),
        owner=asked.get("owner", ""),
        outcome=asked.get("outcome", "") if asked.get("outcome") in OUTCOMES else "",
    )


def due_in(choice: Choice, *, of: PlannedContactQuerySet, today: date) -> PlannedContactQuerySet:
    """Return what was due in the period, of the rows given, as chosen."""
    rows = due_rows(choice.period.begins, choice.period.ends, today=today, of=of)
    if choice.tier:
        rows = rows.filter(tier=choice.tier)
    rows = of_group(of_group(rows, "owner__team", choice.team), "owner", choice.owner)
    return rows.filter(OUTCOMES[choice.outcome](today)) if choice.outcome else rows


def of_group(rows: PlannedContactQuerySet, column: str, asked: str) -> PlannedContactQuerySet:
    if asked == NOBODYS:
        return rows.filter(**{f"{column}__isnull": True})
    key = key_in(asked)
    return rows if key is None else rows.filter(**{column: key})


def day_in(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def key_in(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None
