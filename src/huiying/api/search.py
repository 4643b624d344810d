"""GET search: customers and cases by a name, a number, the end of a phone number or two Han characters."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from django.utils.translation import gettext_noop as _
from ninja import Query, Router, Schema
from pydantic import Field, StringConstraints

from huiying.cases.models import Case
from huiying.customers.models import Customer
from huiying.customers.queries import search_customers
from huiying.kit.rest import Ask, Code, Page
from huiying.search.index import found_ids
from huiying.staff.actors import StaffActor
from huiying.staff.http import ApiRequest

router = Router(tags=["finding"])


class What(StrEnum):
    """What was found."""

    CUSTOMER = "customer"
    CASE = "case"


class Found(Schema):
    """Something found; fetch it whole by its number under customers/ or cases/."""

    what: Code[What]
    number: str
    title: str


class SearchAsk(Ask):
    """The words, and how many of each kind at most."""

    q: Annotated[str, StringConstraints(min_length=1, max_length=100)]
    limit: int = Field(20, ge=1, le=100)


@router.get("/search", response=Page[Found], summary=_("Find customers and cases"))
def search(request: ApiRequest, ask: Query[SearchAsk]) -> Page[Found]:
    customers = [found_customer(one) for one in search_customers(ask.q, request.actor, limit=ask.limit)]
    return Page(items=[*customers, *found_cases(ask.q, request.actor, at_most=ask.limit)], next_cursor=None)


def found_customer(customer: Customer) -> Found:
    return Found(what=What.CUSTOMER, number=customer.number, title=customer.name)


def found_cases(words: str, by: StaffActor, *, at_most: int) -> list[Found]:
    newest = Case.objects.visible_to(by).filter(pk__in=found_ids(Case, words)).order_by("-received_at", "-id")
    rows = newest.values_list("number", "subject")[:at_most]
    return [Found(what=What.CASE, number=number, title=subject) for number, subject in rows]
