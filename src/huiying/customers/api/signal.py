"""Survey scores and usage of a customer: told by other systems, listed."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated

from django.utils import timezone
from django.utils.translation import gettext_noop as _
from ninja import Query, Schema
from ninja import Status as Answer
from pydantic import ConfigDict, Field, StringConstraints

from huiying.customers.actions.signal import ScoreDraft, UsageDraft, add_score, note_usage
from huiying.customers.api.router import router
from huiying.customers.api.shown import Name, UpTo60, visible_customer
from huiying.customers.models import Score, Usage
from huiying.customers.queries.merged import keys_of
from huiying.kit.paging import page_of
from huiying.kit.rest import Ask, Day, Moment, Page, PageOf
from huiying.staff.http import ApiRequest

UpTo80 = Annotated[str, StringConstraints(max_length=80)]
Points = Annotated[Decimal, Field(ge=0, le=100, max_digits=5, decimal_places=2)]


class ScoreAsk(Ask):
    """The result of one survey, on 100. Told again with the same `external_ref` it is brought up to date."""

    model_config = ConfigDict(extra="forbid")

    points: Points
    answered_at: Moment | None = None
    survey: UpTo80 = ""
    external_ref: UpTo80 = ""


class UsageAsk(Ask):
    """How often a product was used on a day, or one type of question asked about it. The newer word counts."""

    model_config = ConfigDict(extra="forbid")

    day: Day
    product: Name
    question: UpTo60 = ""
    times: Annotated[int, Field(ge=0, le=2**31 - 1)] = 1


class ScoreShown(Schema):
    id: int
    answered_at: Moment
    points: float
    survey: str
    external_ref: str


class UsageShown(Schema):
    """How often something was used on a day. Of a customer who was entered twice and merged there may be two lines of
    one day, product and question: they add up.
    """

    id: int
    day: date
    product: str
    question: str
    times: int


@router.get("/customers/{number}/scores", response=Page[ScoreShown], summary=_("List survey scores"))
def scores(request: ApiRequest, number: str, ask: Query[PageOf]) -> Page[ScoreShown]:
    rows = Score.objects.filter(customer=visible_customer(request, number))
    page = page_of(rows, by="-at", cursor=ask.cursor, limit=ask.limit)
    return Page(items=[score_shown(one) for one in page.items], next_cursor=page.next_cursor)


@router.post("/customers/{number}/scores", response={201: ScoreShown}, summary=_("Tell a survey score"))
def tell_score(request: ApiRequest, number: str, ask: ScoreAsk) -> Answer[ScoreShown]:
    now = timezone.now()
    draft = ScoreDraft(**dict(ask) | {"answered_at": ask.answered_at or now})
    return Answer(201, score_shown(add_score(visible_customer(request, number), draft, by=request.actor, at=now)))


@router.get("/customers/{number}/usage", response=Page[UsageShown], summary=_("List usage"))
def usage(request: ApiRequest, number: str, ask: Query[PageOf]) -> Page[UsageShown]:
    rows = Usage.objects.filter(customer__in=keys_of(visible_customer(request, number)))
    page = page_of(rows, by="-day", cursor=ask.cursor, limit=ask.limit)
    return Page(items=[usage_shown(one) for one in page.items], next_cursor=page.next_cursor)


@router.post("/customers/{number}/usage", response={201: UsageShown}, summary=_("Tell how often something was used"))
def tell_usage(request: ApiRequest, number: str, ask: UsageAsk) -> Answer[UsageShown]:
    customer = visible_customer(request, number)
    kept = note_usage(customer, UsageDraft(**dict(ask)), by=request.actor, at=timezone.now())
    return Answer(201, usage_shown(kept))


def score_shown(score: Score) -> ScoreShown:
    return ScoreShown(
        id=score.pk,
        answered_at=score.at,
        points=float(score.points),
        survey=score.survey,
        external_ref=score.external_ref,
    )


def usage_shown(line: Usage) -> UsageShown:
    return UsageShown(id=line.pk, day=line.day, product=line.product, question=line.question, times=line.times)
