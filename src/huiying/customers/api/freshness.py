"""GET customers/{number}/freshness, POST customers/{number}/confirmation, GET reviews (SPEC A5)."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from django.utils import timezone
from django.utils.translation import gettext_noop as _
from ninja import Query, Schema
from pydantic import Field

from huiying.customers.actions.freshness import confirm
from huiying.customers.api.router import router
from huiying.customers.api.shown import CustomerBrief, brief, visible_customer
from huiying.customers.models import Block, Tier
from huiying.customers.queries.reviews import ages_of, due_reviews
from huiying.kit.paging import page_of
from huiying.kit.rest import Ask, Code, Line, Moment, Page, PageOf
from huiying.staff.http import ApiRequest
from huiying.staff.references import person_named


class PartShown(Schema):
    """Since when a part of the archive is known to be true; `how` is entered, changed or confirmed."""

    block: Code[Block]
    at: Moment
    by: str
    how: str
    due_on: date | None
    is_due: bool


class StillTrueAsk(Ask):
    """What was looked through and is still true; nothing named: everything."""

    blocks: Annotated[list[Code[Block]], Field(max_length=10)] = []


class ReviewsWanted(PageOf):
    """Whose archives: `owner` is a sign-in name, `me` or `nobody`."""

    owner: Line = ""
    tier: list[Code[Tier]] = []


class ReviewShown(Schema):
    """An archive that is to be looked through."""

    customer: CustomerBrief
    reviewed_on: date | None
    due_on: date | None


@router.get(
    "/customers/{number}/freshness", response=list[PartShown], summary=_("Tell how old the archive is, by part")
)
def freshness(request: ApiRequest, number: str) -> list[PartShown]:
    return parts_of(request, number)


@router.post(
    "/customers/{number}/confirmation", response=list[PartShown], summary=_("Confirm that the archive is still true")
)
def confirmation(request: ApiRequest, number: str, ask: StillTrueAsk) -> list[PartShown]:
    blocks = [Block(block) for block in ask.blocks] or list(Block)
    confirm(visible_customer(request, number), blocks, by=request.actor, at=timezone.now())
    return parts_of(request, number)


@router.get("/reviews", response=Page[ReviewShown], summary=_("List archives to review, the most overdue first"))
def reviews(request: ApiRequest, ask: Query[ReviewsWanted]) -> Page[ReviewShown]:
    rows = due_reviews(request.actor, today=timezone.localdate()).for_list()
    if ask.tier:
        rows = rows.filter(tier__in=ask.tier)
    if ask.owner == "nobody":
        rows = rows.unattended()
    elif ask.owner:
        owner = request.actor.pk if ask.owner == "me" else person_named(ask.owner, field="owner").pk
        rows = rows.filter(owner_id=owner)
    page = page_of(rows, by="review_due_on", cursor=ask.cursor, limit=ask.limit)
    items = [
        ReviewShown(customer=brief(each, by=request.actor), reviewed_on=each.reviewed_on, due_on=each.review_due_on)
        for each in page.items
    ]
    return Page(items=items, next_cursor=page.next_cursor)


def parts_of(request: ApiRequest, number: str) -> list[PartShown]:
    ages = ages_of(visible_customer(request, number), today=timezone.localdate())
    return [
        PartShown(
            block=age.block,
            at=age.at,
            by=age.by,
            how="entered" if age.entered else "confirmed" if age.confirmed else "changed",
            due_on=age.due_on,
            is_due=age.is_due,
        )
        for age in ages.parts.values()
    ]
