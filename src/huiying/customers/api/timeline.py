"""GET customers/{number}/timeline: what was done and said, the newest first."""

from __future__ import annotations

from typing import Literal

from django.utils.translation import gettext_noop as _
from ninja import Query, Schema

from huiying.customers.api.router import router
from huiying.customers.api.shown import visible_customer
from huiying.customers.queries import timeline
from huiying.kit.rest import Moment, Page, PageOf
from huiying.staff.http import ApiRequest


class StoryWanted(PageOf):
    """Which part of the story."""

    about: Literal["all", "messages", "interactions", "cases", "orders", "archive"] = "all"


class Happening(Schema):
    """One thing that happened: a deed (`event`), or words of the customer (`in`) or to the customer (`out`).

    `said` is what a colleague wrote down of a contact.
    """

    what: Literal["event", "in", "out"]
    at: Moment
    actor: str
    sentence: str
    about: str
    said: str


@router.get("/customers/{number}/timeline", response=Page[Happening], summary=_("Tell a customer's story"))
def story(request: ApiRequest, number: str, ask: Query[StoryWanted]) -> Page[Happening]:
    customer = visible_customer(request, number)
    page = timeline(customer, by=request.actor, about=ask.about, cursor=ask.cursor, limit=ask.limit)
    items = [
        Happening(what=item.kind, at=item.at, actor=item.who, sentence=item.text, about=item.subject, said=item.said)
        for item in page.items
    ]
    return Page(items=items, next_cursor=page.next_cursor)
