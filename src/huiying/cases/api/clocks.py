"""GET cases/{number}/clocks: every deadline a case has or had, and why it is so."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.timezone import now
from django.utils.translation import gettext_noop as _
from ninja import Query, Schema

from huiying.cases.api.router import router
from huiying.cases.api.shown import ClockShown, clock_facts, visible_case
from huiying.deadlines.holders import Held, holders_of
from huiying.deadlines.models import Clock
from huiying.deadlines.queries import why
from huiying.kit.paging import page_of
from huiying.kit.rest import Page, PageOf
from huiying.staff.http import ApiRequest


class ReasonShown(Schema):
    """One line of the reckoning."""

    label: str
    text: str


class ClockExplained(ClockShown):
    """A deadline with its reckoning, line by line."""

    why: list[ReasonShown]


@router.get("/cases/{number}/clocks", response=Page[ClockExplained], summary=_("Show the clocks and why they say so"))
def clocks(request: ApiRequest, number: str, ask: Query[PageOf]) -> Page[ClockExplained]:
    about = Clock.objects.about(visible_case(request, number))
    ever = about.select_related("policy", "owner", "team", "department").prefetch_related("pauses")
    page = page_of(ever, by="started_at", cursor=ask.cursor, limit=ask.limit)
    held = holders_of(page.items, now=now())
    return Page(items=[explained(clock, held[clock.pk]) for clock in page.items], next_cursor=page.next_cursor)


def explained(clock: Clock, held: Sequence[Held]) -> ClockExplained:
    lines = [ReasonShown(label=line.label, text=line.text) for line in why(clock, held).lines]
    return ClockExplained(**clock_facts(clock), why=lines)
