"""Handing over a person's work: who would get what, prepared for now or for a day, with the result of each thing."""

from __future__ import annotations

from datetime import date
from typing import Annotated
from uuid import uuid4

from django.db.models import Q
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext_lazy
from django.utils.translation import gettext_noop as _
from ninja import Path, Query, Schema, Status
from pydantic import Field, StringConstraints

from huiying.customers.models import Status as CustomerStatus
from huiying.customers.models import Tier
from huiying.engagement.actions.succession import ask_to_undo, call_off, open_succession
from huiying.engagement.actions.succession_work import IN_REQUEST, go_on
from huiying.engagement.api.router import router
from huiying.engagement.api.template import tag_named
from huiying.engagement.belongings import belongings
from huiying.engagement.models import Succession
from huiying.engagement.models.succession import SuccessionLine
from huiying.engagement.policies import handing_over_for, may_hand_over
from huiying.engagement.queries.succession import lines_seen
from huiying.engagement.shares import Among, Wish, shares
from huiying.engagement.succession_task import perform_succession
from huiying.kit.guards import BadInput, ensure
from huiying.kit.paging import page_of
from huiying.kit.rest import Ask, Code, Day, Key, Line, Moment, Page, PageOf, Reference, Word
from huiying.kit.text import username_key
from huiying.staff.api import Person, person
from huiying.staff.http import ApiRequest
from huiying.staff.models import User
from huiying.staff.references import key_in, person_named

Short = Annotated[str, StringConstraints(max_length=60)]


class AmongAsk(Ask):
    """Of which customers; a part left out leaves all. `tag` is the name of a tag."""

    tiers: list[Code[Tier]] = []
    status: Code[CustomerStatus] | None = None
    tag: Line = ""
    region: Short = ""
    source: Short = ""
    industry: Short = ""


class HandOverAsk(Ask):
    """Whose work goes to whom. `kinds` are what is handed over, all unless named; `own` names one person for a kind.

    With a later day in `on` it is planned and begins early on that day. `ends_access`: the person can no longer sign
    in once it is done.
    """

    who: Reference
    to: Annotated[list[Reference], Field(min_length=1, max_length=100)]
    reason: Annotated[str, StringConstraints(min_length=1, max_length=200)]
    kinds: list[Word] = []
    among: AmongAsk = AmongAsk()
    own: dict[Word, Reference] = {}
    words: Annotated[str, StringConstraints(max_length=2000)] = ""
    on: Day | None = None
    ends_access: bool = False


class HandOversWanted(PageOf):
    state: list[Code[Succession.State]] = []


class HandOverThingsWanted(PageOf):
    result: list[Code[SuccessionLine.Result]] = []


class HandOverShare(Schema):
    """How many things of each kind somebody would get."""

    to: Person | None
    counts: dict[str, int]


class HandOverShown(Schema):
    """`counts` says how many things came to each result; `note`, why it was called off or access was not ended."""

    id: Key
    who: Person | None
    made_by: Person | None
    reason: str
    state: Code[Succession.State]
    on: date | None
    ends_access: bool
    started_at: Moment
    done_at: Moment | None
    undone_until: Moment | None
    counts: dict[str, int]
    note: str


class HandOverThing(Schema):
    """One thing: what it is, to whom it goes, and what became of it."""

    id: Key
    kind: str
    title: str
    customer: str | None
    to: Person | None
    result: Code[SuccessionLine.Result]
    reason: str
    acknowledged_at: Moment | None


@router.get("/hand-overs", response=Page[HandOverShown], summary=_("Hand-overs of work"))
def hand_overs(request: ApiRequest, wanted: Query[HandOversWanted]) -> Page[HandOverShown]:
    ensure(may_hand_over(request.actor))
    rows = Succession.objects.visible_to(request.actor).select_related("leaver", "made_by")
    if wanted.state:
        rows = rows.filter(state__in=wanted.state)
    page = page_of(rows, by="-id", cursor=wanted.cursor, limit=wanted.limit)
    counts = Succession.counts_of(page.items)
    return Page(items=[shown(one, counts[one.pk]) for one in page.items], next_cursor=page.next_cursor)


@router.post("/hand-overs/preview", response=list[HandOverShare], summary=_("Who would get what in a hand-over"))
def preview_hand_over(request: ApiRequest, ask: HandOverAsk) -> list[HandOverShare]:
    ensure(may_hand_over(request.actor))
    counts: dict[int, dict[str, int]] = {}
    people: dict[int, User] = {}
    for share in shares(leaver_named(request, ask.who), wish_of(ask), by=request.actor):
        people[share.to.pk] = share.to
        of_person = counts.setdefault(share.to.pk, {})
        of_person[share.belonging.code] = of_person.get(share.belonging.code, 0) + 1
    return [HandOverShare(to=person(people[key]), counts=found) for key, found in sorted(counts.items())]


@router.post("/hand-overs", response={201: HandOverShown}, summary=_("Hand work over, now or on a later day"))
def prepare(request: ApiRequest, ask: HandOverAsk) -> Status[HandOverShown]:
    """Up to fifty things are handed over in the call; of more the worker takes care, and `state` is "working"."""
    ensure(may_hand_over(request.actor))
    leaver = leaver_named(request, ask.who)
    made = open_succession(leaver, wish_of(ask), key=uuid4(), by=request.actor, at=timezone.now())
    return Status(201, set_going(request, made))


@router.get("/hand-overs/{hand_over_id}", response=HandOverShown, summary=_("One hand-over with its results"))
def one_hand_over(request: ApiRequest, hand_over_id: Path[Key]) -> HandOverShown:
    kept = visible(request, hand_over_id)
    return shown(kept, kept.counts())


@router.get("/hand-overs/{hand_over_id}/things", response=Page[HandOverThing], summary=_("What became of each thing"))
def things(request: ApiRequest, hand_over_id: Path[Key], wanted: Query[HandOverThingsWanted]) -> Page[HandOverThing]:
    lines = lines_seen(visible(request, hand_over_id), by=request.actor)
    if wanted.result:
        lines = lines.filter(result__in=wanted.result)
    page = page_of(lines, by="id", cursor=wanted.cursor, limit=wanted.limit)
    return Page(items=[thing_shown(line) for line in page.items], next_cursor=page.next_cursor)


@router.post(
    "/hand-overs/{hand_over_id}/calling-off", response=HandOverShown, summary=_("Call a planned hand-over off")
)
def call_off_planned(request: ApiRequest, hand_over_id: Path[Key]) -> HandOverShown:
    planned = visible(request, hand_over_id)
    call_off(planned, by=request.actor, at=timezone.now())
    return shown(planned, planned.counts())


@router.post(
    "/hand-overs/{hand_over_id}/undoing", response=HandOverShown, summary=_("Put back what has not changed since")
)
def undo(request: ApiRequest, hand_over_id: Path[Key]) -> HandOverShown:
    done = visible(request, hand_over_id)
    ask_to_undo(done, by=request.actor, at=timezone.now())
    return set_going(request, done)


def leaver_named(request: ApiRequest, reference: str) -> User:
    """Return whose work it is, also of who left; of whom the caller may not hand over, there is nobody."""
    named = Q(username=username_key(reference)) | Q(pk=key_in(reference))
    found: User | None = handing_over_for(request.actor).with_standing().filter(named).first()
    if found is None:
        raise BadInput(NOBODY.format(name=reference), field="who")
    return found


NOBODY = gettext_lazy("There is nobody “{name}” whose work you may hand over.")


def wish_of(ask: HandOverAsk) -> Wish:
    codes = [one.code for one in belongings()]
    for code in (*ask.kinds, *ask.own):
        if code not in codes:
            told = gettext_lazy("There is no “{code}” to hand over; there are {codes}.")
            raise BadInput(told.format(code=code, codes=", ".join(codes)), field="kinds")
    tag = tag_named(ask.among.tag)
    parts = ask.among.model_dump(include={"region", "source", "industry"})
    among = Among(tiers=tuple(ask.among.tiers), status=ask.among.status or "", tag=tag.pk if tag else None, **parts)
    return Wish(
        kinds=ask.kinds or codes,
        successors=[person_named(name, field="to") for name in ask.to],
        own={code: person_named(name, field="own") for code, name in ask.own.items()},
        among=among,
        **ask.model_dump(include={"reason", "words", "on", "ends_access"}),
    )


def set_going(request: ApiRequest, batch: Succession) -> HandOverShown:
    if batch.is_at_work and batch.lines.count() > IN_REQUEST:
        perform_succession.enqueue(batch.pk)
    else:
        go_on(batch, by=request.actor, at=timezone.now())
    kept = visible(request, batch.pk)
    return shown(kept, kept.counts())


def visible(request: ApiRequest, key: int) -> Succession:
    ensure(may_hand_over(request.actor))
    rows = Succession.objects.visible_to(request.actor).select_related("leaver__role", "made_by")
    return get_object_or_404(rows, pk=key)


def shown(kept: Succession, counts: dict[str, int]) -> HandOverShown:
    plain = ("reason", "ends_access", "started_at", "done_at", "undone_until")
    return HandOverShown(
        id=kept.pk,
        who=person(kept.leaver),
        made_by=person(kept.made_by),
        state=Succession.State(kept.state),
        on=kept.takes_effect_on,
        counts=counts,
        note=kept.ending,
        **{name: getattr(kept, name) for name in plain},
    )


def thing_shown(line: SuccessionLine) -> HandOverThing:
    return HandOverThing(
        id=line.pk,
        kind=line.kind,
        title=line.title,
        customer=line.customer.number if line.customer else None,
        to=person(line.to),
        result=SuccessionLine.Result(line.result),
        reason=line.reason,
        acknowledged_at=line.acknowledged_at,
    )
