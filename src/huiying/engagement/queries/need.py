"""What pages show of needs: the board, one need, a customer's."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Count, Q, Sum
from django.utils.timezone import localdate

from huiying.customers.models import Customer
from huiying.engagement.lifecycle import ASKS, TRACK, Ask, Stage, Standing, missing
from huiying.engagement.models.need import Consultation, Need, NeedQuerySet
from huiying.engagement.queries.complaints import complaining
from huiying.journal.actors import Actor

SHOWN, SHOWN_MORE = 15, 200
ENDED_FOR = timedelta(days=30)
OF_CUSTOMER = 8


@dataclass(frozen=True)
class Card:
    """A need on the board or in a list."""

    need: Need
    waits: bool
    late: bool


@dataclass(frozen=True, kw_only=True)
class Column:
    """A stage with its needs; `value` is None where the reader sees no amounts."""

    stage: Stage
    cards: list[Card] = field(default_factory=list)
    count: int = 0
    value: Decimal | None = None

    @property
    def left_out(self) -> int:
        return self.count - len(self.cards)


@dataclass(frozen=True)
class Board:
    columns: list[Column]
    late: int

    @property
    def count(self) -> int:
        return sum(column.count for column in self.columns if column.stage is not Stage.FOLLOWED_UP)


def chosen(asked: Mapping[str, object], *, by: Actor, today: date) -> NeedQuerySet:
    """Return the needs that the filters of the board keep."""
    needs = Need.objects.visible_to(by)
    for name, lookup in (("owner", "owner"), ("team", "owner__team"), ("stage", "stage")):
        if asked.get(name):
            needs = needs.filter(**{lookup: asked[name]})
    if asked.get("product"):
        words = asked["product"]
        needs = needs.filter(Q(product__icontains=words) | Q(title__icontains=words))
    if asked.get("due") == "late":
        return needs.overdue(today)
    if asked.get("due") == "week":
        return needs.open().filter(next_on__lte=today + timedelta(days=7))
    return needs.open().filter(next_on=None) if asked.get("due") == "none" else needs


def board_of(
    needs: NeedQuerySet, *, by: Actor, at: datetime, shows_value: bool, only: str = "", more: str = ""
) -> Board:
    """Return the board: a statement for the figures, two for the cards, one for complaints."""
    today = localdate(at)
    needs = needs.filter(~Q(stage=Stage.FOLLOWED_UP) | Q(stage_since__gte=at - ENDED_FOR))
    rows = needs.order_by().values("stage").annotate(n=Count("pk"), total=Sum("value"))
    figures: dict[str, dict[str, Any]] = {row["stage"]: dict(row) for row in rows}
    late = needs.overdue(today).count()
    columns = [stage for stage in TRACK if not only or stage == only]
    cards = cards_of(needs, columns, by=by, more=more, today=today)
    return Board(
        [
            Column(
                stage=stage,
                cards=cards[stage],
                count=figures.get(stage, {}).get("n", 0),
                value=figures.get(stage, {}).get("total") if shows_value else None,
            )
            for stage in columns
        ],
        late,
    )


def cards_of(needs: NeedQuerySet, stages: list[Stage], *, by: Actor, more: str, today: date) -> dict[str, list[Card]]:
    """Return the first cards of each stage: those whose next step is due first."""
    parts = []
    for stage in stages:
        many = SHOWN_MORE if stage == more else SHOWN
        first = needs.filter(stage=stage).order_by("next_on", "id").values("pk")[:many]
        parts.append(Need.objects.filter(pk__in=first).order_by().values_list("pk", flat=True))
    keys = list(parts[0].union(*parts[1:], all=True))
    cards: dict[str, list[Card]] = defaultdict(list)
    for card in cards_from(Need.objects.filter(pk__in=keys), by=by, today=today):
        cards[card.need.stage].append(card)
    return cards


def cards_from(needs: NeedQuerySet, *, by: Actor, today: date) -> list[Card]:
    rows = list(needs.for_list())
    rows.sort(key=lambda need: (need.next_on or date.max, need.pk))
    waiting = complaining({need.customer_id for need in rows if need.is_open}, by=by)
    late = {need.pk for need in rows if need.is_open and need.next_on and need.next_on < today}
    return [Card(need, need.is_open and need.customer_id in waiting, need.pk in late) for need in rows]


def needs_of(customer: Customer, *, by: Actor, today: date) -> list[Card]:
    """Return the customer's needs, the open ones first."""
    seen = Need.objects.visible_to(by).filter(customer=customer).exclude(stage=Stage.DISMISSED)
    keys = list(seen.order_by("-id").values_list("pk", flat=True)[: OF_CUSTOMER * 3])
    cards = cards_from(Need.objects.filter(pk__in=keys), by=by, today=today)
    return sorted(cards, key=lambda card: not card.need.is_open)[:OF_CUSTOMER]


@dataclass(frozen=True)
class Stop:
    """A stage on the track of one need."""

    stage: Stage
    position: int
    state: str


def track(need: Need) -> list[Stop]:
    """Return the stages with what is done, now and to come; off the track nothing is now."""
    here = TRACK.index(need.at_stage) if need.at_stage in TRACK else -1
    return [
        Stop(stage, place + 1, "now" if place == here else "done" if place < here else "later")
        for place, stage in enumerate(TRACK)
    ]


def standing(need: Need, *, by: Actor) -> Standing:
    return Standing(
        unanswered=Consultation.objects.filter(need=need, answered_at=None).count(),
        complaint_open=bool(need.is_open and complaining([need.customer_id], by=by)),
    )


def still_missing(need: Need, *, by: Actor) -> list[Ask]:
    return missing(need.at_stage, standing(need, by=by)) if need.at_stage in ASKS else []
