"""Notices in the interface: what one was told, and how one wishes to be told."""

from __future__ import annotations

from datetime import time
from typing import Annotated

from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext_lazy
from django.utils.translation import gettext_noop as _
from ninja import Path, Query, Router, Schema
from pydantic import Field, StringConstraints

from huiying.kit.guards import BadInput
from huiying.kit.paging import page_of
from huiying.kit.rest import Ask, Code, Key, Moment, Page, PageOf
from huiying.notifications.actions.call import acknowledge
from huiying.notifications.actions.habits import set_habits
from huiying.notifications.habits import Habits, habits_of, habits_of_role, people_with_habits
from huiying.notifications.matrix import CELL_BY_CODE, Event, Road
from huiying.notifications.models import Call, Notice
from huiying.notifications.models.habits import Rhythm
from huiying.notifications.queries import NEWEST_FIRST, notices_for
from huiying.notifications.reach import roads_for
from huiying.staff.http import ApiRequest
from huiying.staff.models import User

router = Router(tags=["notices"])
Clock = Annotated[str, StringConstraints(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$")]


class NoticeAnswer(Schema):
    """Who acknowledged the escalation, and when."""

    by: str
    at: Moment


class NoticeShown(Schema):
    """Something one was told; `wants_answer` while nobody has acknowledged the escalation."""

    id: int
    at: Moment
    event: Code[Event] | None
    weight: Code[Notice.Weight]
    headline: str
    sentence: str
    by: str
    link: str
    read_at: Moment | None
    wants_answer: bool
    acknowledged: NoticeAnswer | None


class NoticesAsk(PageOf):
    """Which notices."""

    unread: bool = False


class PreferencesShown(Schema):
    """How one is told. `open` names the roads that lead to one at present; times are of the organisation's zone."""

    roads: dict[str, list[Code[Road]]]
    quiet_from: Clock
    quiet_until: Clock
    breaks_quiet: bool
    rhythm: Code[Rhythm]
    daily_at: Clock
    open: list[Code[Road]]


class PreferencesAsk(Ask):
    """How one wishes to be told; what is left out follows the defaults of one's role.

    `roads` maps lines such as "escalation.mine" to roads.
    """

    roads: Annotated[dict[str, list[Code[Road]]], Field(max_length=100)] = {}
    quiet_from: Clock | None = None
    quiet_until: Clock | None = None
    breaks_quiet: bool | None = None
    rhythm: Code[Rhythm] | None = None
    daily_at: Clock | None = None


@router.get("/notices", response=Page[NoticeShown], summary=_("List what one was told, the newest first"))
def notices(request: ApiRequest, ask: Query[NoticesAsk]) -> Page[NoticeShown]:
    mine = notices_for(request.actor)
    page = page_of(mine.unread() if ask.unread else mine, by=NEWEST_FIRST, cursor=ask.cursor, limit=ask.limit)
    return Page(items=[shown(notice) for notice in page.items], next_cursor=page.next_cursor)


@router.post("/notices/{notice_id}/reading", response=NoticeShown, summary=_("Mark a notice read"))
def reading(request: ApiRequest, notice_id: Path[Key]) -> NoticeShown:
    told = own(request, notice_id)
    Notice.objects.filter(pk=told.pk).mark_read(timezone.now())
    return shown(own(request, notice_id))


@router.post("/notices/{notice_id}/acknowledgement", response=NoticeShown, summary=_("Acknowledge an escalation"))
def acknowledgement(request: ApiRequest, notice_id: Path[Key]) -> NoticeShown:
    acknowledge(own(request, notice_id), by=request.actor, at=timezone.now())
    return shown(own(request, notice_id))


@router.get("/me/notices/preferences", response=PreferencesShown, summary=_("Tell how one is told"))
def preferences(request: ApiRequest) -> PreferencesShown:
    person = caller(request)
    return preferences_shown(habits_of(person), roads_for(person))


@router.put("/me/notices/preferences", response=PreferencesShown, summary=_("Choose how to be told"))
def choose_preferences(request: ApiRequest, ask: PreferencesAsk) -> PreferencesShown:
    person = caller(request)
    set_habits(person, wished(ask, habits_of_role(person.role)), by=request.actor, at=timezone.now())
    return preferences(request)


def caller(request: ApiRequest) -> User:
    return get_object_or_404(people_with_habits(), pk=request.actor.pk)


def own(request: ApiRequest, key: int) -> Notice:
    return get_object_or_404(notices_for(request.actor), pk=key)


def wished(ask: PreferencesAsk, base: Habits) -> Habits:
    if unknown := set(ask.roads) - CELL_BY_CODE.keys():
        raise BadInput(gettext_lazy("There is no line {name}.").format(name=min(unknown)[:60]), field="roads")
    roads = {code: frozenset(str(road.value) for road in chosen) for code, chosen in ask.roads.items()}
    return Habits(
        roads={**base.roads, **roads},
        quiet_from=clock(ask.quiet_from) or base.quiet_from,
        quiet_until=clock(ask.quiet_until) or base.quiet_until,
        breaks_quiet=base.breaks_quiet if ask.breaks_quiet is None else ask.breaks_quiet,
        rhythm=ask.rhythm.value if ask.rhythm else base.rhythm,
        daily_at=clock(ask.daily_at) or base.daily_at,
    )


def clock(written: str | None) -> time | None:
    return time.fromisoformat(written) if written else None


def preferences_shown(habits: Habits, roads: tuple[Road, ...]) -> PreferencesShown:
    return PreferencesShown(
        roads={code: [road for road in Road if road in chosen] for code, chosen in habits.roads.items()},
        quiet_from=f"{habits.quiet_from:%H:%M}",
        quiet_until=f"{habits.quiet_until:%H:%M}",
        breaks_quiet=habits.breaks_quiet,
        rhythm=Rhythm(habits.rhythm),
        daily_at=f"{habits.daily_at:%H:%M}",
        open=list(roads),
    )


def shown(notice: Notice) -> NoticeShown:
    return NoticeShown(
        id=notice.pk,
        at=notice.at,
        event=Event(notice.event) if notice.event else None,
        weight=Notice.Weight(notice.weight),
        headline=notice.headline,
        sentence=notice.entry.sentence,
        by=notice.entry.who,
        link=notice.link,
        read_at=notice.read_at,
        wants_answer=notice.wants_answer,
        acknowledged=answer_shown(notice.call),
    )


def answer_shown(call: Call | None) -> NoticeAnswer | None:
    if call is None or call.answered_at is None:
        return None
    return NoticeAnswer(by=str(call.answered_by or ""), at=call.answered_at)
