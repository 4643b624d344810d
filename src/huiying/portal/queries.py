"""What the customer's own page shows: nothing that is only ours."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Max, Min

from huiying.cases.customer_link import token_for
from huiying.cases.lifecycle import Stage
from huiying.cases.models import ActionItem, Case, Confirmation, Offer, Promise, Split
from huiying.cases.queries.merged import keys_of
from huiying.cases.queries.splits import copies_taken_back, split_apart
from huiying.cases.verbs import OFFER_DECLINED
from huiying.channels.models import Message
from huiying.channels.models.message import MessageQuerySet
from huiying.deadlines.models import Clock
from huiying.journal.models import Entry
from huiying.kit.guards import Sentence
from huiying.portal.words import AHEAD, CONFIRMED, HAPPENED, NOW

CARRIED = (Stage.EXECUTING, Stage.CONFIRMING, Stage.CLOSED)

SPOKEN = ("first_answer", "answer", "keep_in_touch")


@dataclass(frozen=True)
class Step:
    """Something that happened, with when."""

    at: datetime
    text: str
    said: str = ""


@dataclass(frozen=True)
class Other:
    """Another matter of the same customer that goes on by itself, and the token of its page."""

    case: Case
    token: str


@dataclass(frozen=True, kw_only=True)
class OwnPage:
    """The page of one case as its customer sees it."""

    case: Case
    steps: list[Step]
    present: Sentence
    ahead: tuple[Sentence, ...]
    offer: Offer | None
    agreed: list[Offer]
    asks_for_word: bool
    is_confirmed: bool
    promises: list[Promise]
    done_by: datetime | None
    heard_by: datetime | None
    messages: list[Message]
    others: list[Other]


def own_page(case: Case, *, now: datetime) -> OwnPage:
    """Return the page; twelve look-ups."""
    offers = offers_shown(case)
    offered = [offer for offer in offers if offer.state == Offer.State.OFFERED]
    agreed = [offer for offer in offers if offer.state == Offer.State.ACCEPTED]
    is_confirmed = case.stage == Stage.CONFIRMING and has_confirmed(case)
    return OwnPage(
        case=case,
        steps=steps_of(case),
        present=CONFIRMED if is_confirmed else NOW.get(case.at_stage, ""),
        ahead=AHEAD.get(case.at_stage, ()),
        offer=offered[0] if offered and case.stage == Stage.AGREEING else None,
        agreed=agreed if case.stage in CARRIED else [],
        is_confirmed=is_confirmed,
        asks_for_word=case.stage == Stage.CONFIRMING and not is_confirmed,
        promises=list(Promise.objects.filter(case__in=keys_of(case), kept_at=None))
        if case.is_open and not is_confirmed
        else [],
        done_by=done_by(case) if case.is_open else None,
        heard_by=heard_by(case, now=now) if case.is_open and not is_confirmed else None,
        messages=list(said_about(case).prefetch_related("attachments").in_order()),
        others=[Other(other, token_for(other)) for other in split_apart(case)],
    )


def said_about(case: Case) -> MessageQuerySet:
    """Return what was said about the case, and about the customer's cases that were merged into it, once."""
    keys = keys_of(case)
    said = Message.objects.filter(subject_type=case._meta.label_lower, subject_id__in=keys)
    if len(keys) == 1:
        return said
    return said.exclude(pk__in=copies_taken_back(Split.objects.filter(source=case), keys[1:]))


def offers_shown(case: Case) -> list[Offer]:
    """Return what lies before the customer and what they agreed to, in this handling."""
    states = (Offer.State.OFFERED, Offer.State.ACCEPTED)
    offers = Offer.objects.filter(case=case, episode=case.episode, state__in=states)
    return list(offers.prefetch_related("remedies").order_by("version"))


def done_by(case: Case) -> datetime | None:
    """Return when the last of what was agreed is to be done; who does what is ours to know."""
    items = ActionItem.objects.filter(case=case, done_at=None, dropped_at=None)
    last: datetime | None = items.aggregate(last=Max("due_at"))["last"]
    return last


def heard_by(case: Case, *, now: datetime) -> datetime | None:
    """Return by when the customer hears from us at the latest; a moment that has passed promises nothing."""
    clocks = Clock.objects.about(case).running().filter(kind__in=SPOKEN, due_at__gt=now)
    first: datetime | None = clocks.aggregate(first=Min("due_at"))["first"]
    return first


def steps_of(case: Case) -> list[Step]:
    entries = list(Entry.objects.about(case).filter(verb__in=HAPPENED).in_order())
    declined = Offer.objects.filter(case=case, state=Offer.State.DECLINED).values_list("version", "decision_comment")
    said = dict(declined) if any(entry.verb == OFFER_DECLINED.code for entry in entries) else {}
    return [
        Step(
            entry.at, told(entry), said.get(entry.facts.get("version"), "") if entry.verb == OFFER_DECLINED.code else ""
        )
        for entry in entries
    ]


def told(entry: Entry) -> str:
    facts = {name: str(value) for name, value in entry.facts.items()}
    return str(HAPPENED[entry.verb]).format_map(_Blank(facts))


class _Blank(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return ""


def has_confirmed(case: Case) -> bool:
    words = Confirmation.objects.filter(case=case, episode=case.episode).order_by("-id")
    return words.values_list("result", flat=True).first() == Confirmation.Result.SOLVED
