"""Planned contacts as a list, by what became of them: what is ahead, overdue, missed, skipped, held, kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from huiying.engagement.models import CareRule, PlannedContact, State
from huiying.engagement.models.planned_contact import KEPT, PlannedContactQuerySet


class Standing(models.TextChoices):
    """How a planned contact stands today; overdue is what may still be kept though its day is over."""

    AHEAD = "ahead", _("ahead")
    OVERDUE = "overdue", pgettext_lazy("past its day", "overdue")
    MISSED = "missed", _("missed")
    SKIPPED = "skipped", _("skipped")
    HELD = "held", _("held")
    KEPT = "kept", _("took place")
    ANY = "any", pgettext_lazy("planned contacts", "all of them")


LATEST_FIRST = (Standing.MISSED, Standing.SKIPPED, Standing.KEPT)


@dataclass(frozen=True)
class ListedContact:
    """A line of the list, and whether it can be planned again."""

    planned: PlannedContact
    revivable: bool


def standing_as(standing: str, rows: PlannedContactQuerySet, *, today: date) -> PlannedContactQuerySet:
    if standing == Standing.AHEAD:
        return rows.filter(state=State.PLANNED, due_on__gte=today)
    if standing == Standing.OVERDUE:
        return rows.overdue(today)
    if standing == Standing.ANY:
        return rows
    return rows.filter(state__in=KEPT if standing == Standing.KEPT else [standing])


def order_of(standing: str) -> str:
    return "-due_on" if standing in LATEST_FIRST else "due_on"


def listed(rows: list[PlannedContact], *, today: date) -> list[ListedContact]:
    days = CareRule.current().hand_days
    return [ListedContact(one, is_revivable(one, today=today, hand_days=days)) for one in rows]


def is_revivable(planned: PlannedContact, *, today: date, hand_days: int) -> bool:
    is_let_go = planned.state == State.SKIPPED and not planned.is_excused
    return is_let_go and not planned.is_over(today, hand_days=hand_days)
