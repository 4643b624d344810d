"""Churn warnings, and the plays that win customers back."""

from __future__ import annotations

from datetime import date
from typing import Any, Literal

from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext_noop as _
from ninja import Path, Query, Schema
from ninja import Status as Answer

from huiying.customers.api.shown import Amount
from huiying.insight.actions.giving import give_play
from huiying.insight.actions.play import begin_play, call_false_alarm, do_step, end_play
from huiying.insight.api.router import router
from huiying.insight.models import ChurnWarning, Play, PlayStep, Recipe
from huiying.insight.policies import may_see_amounts, may_see_warnings
from huiying.insight.queries.sentences import reason_sentences
from huiying.kit.guards import BadInput, ensure
from huiying.kit.paging import page_of
from huiying.kit.rest import Ask, Code, Key, Line, Moment, Page, PageOf, Reference
from huiying.staff.api import Person, person
from huiying.staff.http import ApiRequest
from huiying.staff.references import person_named


class StepShown(Schema):
    position: int
    title: str
    due_at: Moment
    done_at: Moment | None
    outcome: str


class PlayShown(Schema):
    """The work to win a customer back; `orders_after` are those of the 60 days after its result."""

    id: int
    warning: int
    customer: str
    owner: Person | None
    recipe: str
    begun_at: Moment
    result: str
    reason: str
    ended_at: Moment | None
    orders_after: int | None
    amount_after: Amount | None
    steps: list[StepShown]


class WarningShown(Schema):
    """A customer who may leave. `reasons` are sentences, `signals` what they were read from."""

    id: int
    customer: str
    tier: str
    owner: Person | None
    risk: int
    reasons: list[str]
    signals: list[dict[str, Any]]
    value_at_risk: Amount | None
    raised_on: date
    end: str


class WarningsAsk(PageOf):
    """`state`: open, ended or all."""

    state: Literal["open", "ended", "all"] = "open"


class BeginAsk(Ask):
    """The recipe by its name, the owner by sign-in name; the caller when left out."""

    recipe: Line
    owner: Reference | None = None


class StepAsk(Ask):
    outcome: Line


class EndAsk(Ask):
    """`reason` is needed where the customer is lost or it was a false alarm. `status` is what the customer becomes with
    it, where that is said: `lost` with a loss, `active` with winning back."""

    result: Code[Play.Result]
    reason: Line = ""
    status: Literal["", "lost", "active"] = ""


class GiveAsk(Ask):
    """Who goes on with it, by sign-in name."""

    owner: Reference


@router.get("/churn-warnings", response=Page[WarningShown], summary=_("List churn warnings"))
def warnings(request: ApiRequest, ask: Query[WarningsAsk]) -> Page[WarningShown]:
    ensure(may_see_warnings(request.actor))
    rows = ChurnWarning.objects.visible_to(request.actor).select_related("customer__owner")
    if ask.state != "all":
        rows = rows.filter(ended_at__isnull=ask.state == "open")
    page = page_of(rows, by="-risk", cursor=ask.cursor, limit=ask.limit)
    items = [warning_shown(one, request) for one in page.items]
    return Page(items=items, next_cursor=page.next_cursor)


@router.get("/churn-warnings/{warning_id}", response=WarningShown, summary=_("Show a churn warning"))
def warning(request: ApiRequest, warning_id: Path[Key]) -> WarningShown:
    return warning_shown(visible_warning(request, warning_id), request)


@router.post("/churn-warnings/{warning_id}/false-alarm", response=WarningShown, summary=_("Settle a false alarm"))
def false_alarm(request: ApiRequest, warning_id: Path[Key]) -> WarningShown:
    call_false_alarm(visible_warning(request, warning_id), by=request.actor, at=timezone.now())
    return warning_shown(visible_warning(request, warning_id), request)


@router.post("/churn-warnings/{warning_id}/plays", response={201: PlayShown}, summary=_("Begin to win a customer back"))
def begin(request: ApiRequest, warning_id: Path[Key], ask: BeginAsk) -> Answer[PlayShown]:
    known = visible_warning(request, warning_id)
    recipe = Recipe.objects.filter(name=ask.recipe, active=True).first()
    if recipe is None:
        raise BadInput(_("There is no such recipe."), field="recipe")
    owner = person_named(ask.owner or str(request.actor.pk), field="owner")
    play = begin_play(known, recipe, owner=owner, by=request.actor, at=timezone.now())
    return Answer(201, play_shown(visible_play(request, play.pk), request))


@router.get("/plays", response=Page[PlayShown], summary=_("List plays"))
def plays(request: ApiRequest, ask: Query[PageOf]) -> Page[PlayShown]:
    ensure(may_see_warnings(request.actor))
    rows = Play.objects.visible_to(request.actor).for_page()
    page = page_of(rows, by="-id", cursor=ask.cursor, limit=ask.limit)
    return Page(items=[play_shown(play, request) for play in page.items], next_cursor=page.next_cursor)


@router.get("/plays/{play_id}", response=PlayShown, summary=_("Show a play"))
def play(request: ApiRequest, play_id: Path[Key]) -> PlayShown:
    return play_shown(visible_play(request, play_id), request)


@router.post("/plays/{play_id}/steps/{position}", response=PlayShown, summary=_("Tick off a step of a play"))
def step(request: ApiRequest, play_id: Path[Key], position: Path[Key], ask: StepAsk) -> PlayShown:
    known = visible_play(request, play_id)
    wanted = get_object_or_404(PlayStep, play=known, position=position)
    do_step(wanted, outcome=ask.outcome, by=request.actor, at=timezone.now())
    return play_shown(visible_play(request, play_id), request)


@router.post("/plays/{play_id}/owner", response=PlayShown, summary=_("Give a play to a colleague"))
def owner(request: ApiRequest, play_id: Path[Key], ask: GiveAsk) -> PlayShown:
    known = visible_play(request, play_id)
    to = person_named(ask.owner, field="owner")
    give_play(known, to=to, by=request.actor, at=timezone.now())
    return play_shown(Play.objects.for_page().get(pk=play_id), request)


@router.post("/plays/{play_id}/result", response=PlayShown, summary=_("End a play with its result"))
def result(request: ApiRequest, play_id: Path[Key], ask: EndAsk) -> PlayShown:
    known = visible_play(request, play_id)
    facts = {"result": str(ask.result), "reason": ask.reason, "status": ask.status}
    end_play(known, **facts, by=request.actor, at=timezone.now())
    return play_shown(visible_play(request, play_id), request)


def visible_warning(request: ApiRequest, warning_id: Path[Key]) -> ChurnWarning:
    ensure(may_see_warnings(request.actor))
    rows = ChurnWarning.objects.visible_to(request.actor).select_related("customer__owner")
    return get_object_or_404(rows, pk=warning_id)


def visible_play(request: ApiRequest, play_id: Path[Key]) -> Play:
    ensure(may_see_warnings(request.actor))
    return get_object_or_404(Play.objects.visible_to(request.actor).for_page(), pk=play_id)


def warning_shown(one: ChurnWarning, request: ApiRequest) -> WarningShown:
    return WarningShown(
        id=one.pk,
        customer=one.customer.number,
        tier=one.customer.tier,
        owner=person(one.customer.owner),
        risk=one.risk,
        reasons=reason_sentences(one.known_reasons),
        signals=one.known_reasons,
        value_at_risk=one.value_at_risk if may_see_amounts(request.actor) else None,
        raised_on=one.raised_on,
        end=one.end,
    )


def play_shown(one: Play, request: ApiRequest) -> PlayShown:
    plain = ("id", "begun_at", "result", "reason", "ended_at", "orders_after")
    return PlayShown(
        warning=one.warning_id,
        customer=one.customer.number,
        owner=person(one.owner),
        recipe=one.way,
        amount_after=one.amount_after if may_see_amounts(request.actor) else None,
        steps=[
            StepShown(
                position=step.position, title=str(step), due_at=step.due_at, done_at=step.done_at, outcome=step.outcome
            )
            for step in one.steps.all()
        ],
        **{name: getattr(one, name) for name in plain},
    )
