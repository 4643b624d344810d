"""Merging two entries of one customer, undoing it, and who may be the same."""

from __future__ import annotations

from typing import Annotated

from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext_noop as _
from ninja import Query, Schema
from ninja import Status as Answer
from pydantic import Field, StringConstraints

from huiying.customers.actions.merging import merge, undo_merge
from huiying.customers.actions.pairing import dismiss
from huiying.customers.api.router import router
from huiying.customers.api.shown import CustomerWhole, visible_customer, whole
from huiying.customers.models import Customer, Merge, Pair
from huiying.customers.policies import may_create, may_merge
from huiying.customers.queries.duplicates import Clues, Likeness, clues_of, likely_duplicates
from huiying.customers.queries.hindrances import in_the_way_of
from huiying.kit.guards import BadInput, ensure
from huiying.kit.paging import page_of
from huiying.kit.rest import Ask, Line, Moment, Page, PageOf, Reference
from huiying.staff.api import Person, person
from huiying.staff.http import ApiRequest

Few = Annotated[list[Line], Field(max_length=5)]


class CustomerMergeAsk(Ask):
    """Whose history moves here. `take` names the fields of the archive in which the duplicate is right."""

    duplicate: Reference
    take: Annotated[list[Line], Field(max_length=30)] = []
    reason: Annotated[str, StringConstraints(max_length=200)] = ""


class CustomerMergeShown(Schema):
    """A customer who was merged into another; `hindrances` says what must be settled before it can be undone."""

    id: int
    number: str
    into: str
    at: Moment
    by: Person | None
    reason: str
    evidence: list[str]
    took: list[str]
    hindrances: list[str]


class LikelyDuplicate(Schema):
    """Somebody who may be the same; without number and name where the caller may not see them."""

    number: str | None
    name: str | None
    reasons: list[str]


class CluesAsk(Ask):
    """What is known of somebody who is about to be entered."""

    name: Annotated[str, StringConstraints(max_length=120)] = ""
    phones: Few = []
    emails: Few = []
    credit_code: Annotated[str, StringConstraints(max_length=18)] = ""


@router.post("/customers/{number}/merges", response={201: CustomerWhole}, summary=_("Merge a duplicate into this one"))
def merge_customer(request: ApiRequest, number: str, ask: CustomerMergeAsk) -> Answer[CustomerWhole]:
    into = visible_customer(request, number)
    visible = Customer.objects.visible_to(request.actor)
    duplicate = visible.filter(number=ask.duplicate.strip().upper()).first()
    if duplicate is None:
        raise BadInput(_("There is no customer with this number."), field="duplicate")
    merge(duplicate, into=into, take=ask.take, reason=ask.reason, by=request.actor, at=timezone.now())
    return Answer(201, whole(visible_customer(request, into.number), by=request.actor))


@router.get(
    "/customers/{number}/merges", response=list[CustomerMergeShown], summary=_("List who was merged into this one")
)
def merges(request: ApiRequest, number: str) -> list[CustomerMergeShown]:
    into = visible_customer(request, number)
    return [merge_shown(made) for made in Merge.objects.standing().for_page().filter(into=into)]


@router.post(
    "/customers/{number}/merges/{merge_id}/undoing",
    response=CustomerWhole,
    summary=_("Undo a merge; the answer is who stands by themselves again"),
)
def undo(request: ApiRequest, number: str, merge_id: int) -> CustomerWhole:
    into = visible_customer(request, number)
    made = get_object_or_404(Merge.objects.for_page(), pk=merge_id, into=into)
    source = undo_merge(made, by=request.actor, at=timezone.now())
    return whole(visible_customer(request, source.number), by=request.actor)


@router.get("/customers/{number}/duplicates", response=list[LikelyDuplicate], summary=_("Who may be the same customer"))
def duplicates(request: ApiRequest, number: str) -> list[LikelyDuplicate]:
    customer = visible_customer(request, number)
    return [likely(like) for like in likely_duplicates(clues_of(customer), by=request.actor)]


@router.post("/duplicates", response=list[LikelyDuplicate], summary=_("Who may be known already, before entering them"))
def duplicates_of(request: ApiRequest, ask: CluesAsk) -> list[LikelyDuplicate]:
    ensure(may_create(request.actor))
    clues = Clues(name=ask.name, phones=tuple(ask.phones), emails=tuple(ask.emails), credit_code=ask.credit_code)
    return [likely(like) for like in likely_duplicates(clues, by=request.actor)]


def likely(like: Likeness) -> LikelyDuplicate:
    shown = like.customer if like.is_visible else None
    return LikelyDuplicate(
        number=shown.number if shown else None,
        name=shown.name if shown else None,
        reasons=[str(reason) for reason in like.reasons],
    )


def merge_shown(made: Merge) -> CustomerMergeShown:
    return CustomerMergeShown(
        id=made.pk,
        number=made.source.number,
        into=made.into.number,
        at=made.at,
        by=person(made.merged_by),
        reason=made.reason,
        evidence=made.evidence,
        took=sorted(made.changed),
        hindrances=[str(sentence) for sentence in in_the_way_of(made)],
    )


class PairShown(Schema):
    """Two customers who may be one, the one known longer first; `reasons` are stable codes."""

    id: int
    numbers: list[str]
    names: list[str]
    reasons: list[str]
    strength: int


@router.get("/duplicates", response=Page[PairShown], summary=_("List customers who may be one"))
def pairs(request: ApiRequest, ask: Query[PageOf]) -> Page[PairShown]:
    ensure(may_merge(request.actor))
    waiting = Pair.objects.waiting().visible_to(request.actor).for_list()
    page = page_of(waiting, by="-strength", cursor=ask.cursor, limit=ask.limit)
    return Page(items=[pair_shown(pair) for pair in page.items], next_cursor=page.next_cursor)


@router.post("/duplicates/{pair_id}/dismissal", response={204: None}, summary=_("Say that the two are not the same"))
def dismiss_pair(request: ApiRequest, pair_id: int) -> Answer[None]:
    pair = get_object_or_404(Pair.objects.visible_to(request.actor).for_list(), pk=pair_id)
    dismiss(pair, by=request.actor, at=timezone.now())
    return Answer(204, None)


def pair_shown(pair: Pair) -> PairShown:
    both = (pair.first, pair.second)
    return PairShown(
        id=pair.pk,
        numbers=[one.number for one in both],
        names=[one.name for one in both],
        reasons=pair.reasons,
        strength=pair.strength,
    )
