"""GET customers/{number}/timeline: what was done and said, the newest first."""

from __future__ import annotations

from typing import Literal

from django.utils.translation import gettext_noop as _
from ninja import Field, Query, Schema

from huiying.customers.api.router import router
from huiying.customers.api.shown import visible_customer
from huiying.customers.queries import timeline
from huiying.customers.story import Wanted
from huiying.kit.rest import Day, Moment, Page, PageOf
from huiying.staff.http import ApiRequest

About = Literal[
    "all",
    "phone",
    "visit",
    "email",
    "wechat",
    "sms",
    "online",
    "messages",
    "interactions",
    "orders",
    "cases",
    "surveys",
    "needs",
    "care",
    "archive",
]


class StoryWanted(PageOf):
    """Which part of the story: kinds (`about`, also several), days from and to, words that stand in it."""

    about: list[About] = Field(default=["all"], max_length=20)
    since: Day | None = None
    until: Day | None = None
    q: str = Field("", max_length=100)

    @property
    def wanted(self) -> Wanted:
        kinds = frozenset[str]() if "all" in self.about else frozenset[str](self.about)
        return Wanted(kinds=kinds, since=self.since, until=self.until, words=tuple(self.q.split()))


class Happening(Schema):
    """One thing that happened: a deed (`event`), or words of the customer (`in`) or to the customer (`out`).

    `at` of an order is the beginning of its day. `said` is what a colleague wrote down of a contact.
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
    page = timeline(customer, by=request.actor, wanted=ask.wanted, cursor=ask.cursor, limit=ask.limit)
    items = [
        Happening(what=item.kind, at=item.at, actor=item.who, sentence=item.text, about=item.subject, said=item.said)
        for item in page.items
    ]
    return Page(items=items, next_cursor=page.next_cursor)
