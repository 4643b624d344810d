"""The whole life of a case on one screen: its stages, the moves between them, and what each stage asks for (SPEC C4).

This contract holds for page, board, bulk, API, import and rules alike (SPEC K8).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from huiying.kit.guards import DomainError, Sentence


class Stage(models.TextChoices):
    RECEIVED = "received", pgettext_lazy("stage", "received")
    ACCEPTED = "accepted", pgettext_lazy("stage", "accepted")
    INVESTIGATING = "investigating", _("investigating")
    DRAFTING = "drafting", _("drafting a solution")
    AGREEING = "agreeing", _("agreeing with the customer")
    EXECUTING = "executing", _("carrying out")
    CONFIRMING = "confirming", _("waiting for confirmation")
    CLOSED = "closed", _("closed")
    WITHDRAWN = "withdrawn", _("withdrawn")
    INVALID = "invalid", _("invalid")
    MERGED = "merged", _("merged")


TRACK = (
    Stage.RECEIVED,
    Stage.ACCEPTED,
    Stage.INVESTIGATING,
    Stage.DRAFTING,
    Stage.AGREEING,
    Stage.EXECUTING,
    Stage.CONFIRMING,
    Stage.CLOSED,
)
ENDED = (Stage.CLOSED, Stage.WITHDRAWN, Stage.INVALID, Stage.MERGED)
OPEN = tuple(stage for stage in TRACK if stage not in ENDED)

_SIDE_EXITS = frozenset({Stage.WITHDRAWN, Stage.INVALID, Stage.MERGED})
MOVES: dict[Stage, frozenset[Stage]] = {
    Stage.RECEIVED: frozenset({Stage.ACCEPTED}) | _SIDE_EXITS,
    Stage.ACCEPTED: frozenset({Stage.INVESTIGATING}) | _SIDE_EXITS,
    Stage.INVESTIGATING: frozenset({Stage.DRAFTING, Stage.ACCEPTED}) | _SIDE_EXITS,  # back: an assignment is undone
    Stage.DRAFTING: frozenset({Stage.AGREEING, Stage.INVESTIGATING}) | _SIDE_EXITS,
    Stage.AGREEING: frozenset({Stage.EXECUTING, Stage.DRAFTING}) | _SIDE_EXITS,
    Stage.EXECUTING: frozenset({Stage.CONFIRMING, Stage.DRAFTING}) | _SIDE_EXITS,
    Stage.CONFIRMING: frozenset({Stage.CLOSED, Stage.DRAFTING}) | _SIDE_EXITS,
    Stage.CLOSED: frozenset({Stage.INVESTIGATING}),
    Stage.WITHDRAWN: frozenset({Stage.INVESTIGATING}),
    Stage.INVALID: frozenset({Stage.INVESTIGATING}),
    Stage.MERGED: frozenset(OPEN),  # a merge that is undone puts the case back to where it was
}


class IllegalMove(DomainError):
    """The case cannot go from where it is to where it was sent."""

    code = "illegal-move"


@dataclass(frozen=True)
class Standing:
    """What a case has by now, in its present episode; `cases.queries.standing` counts it."""

    has_customer_word: bool = True
    is_accepted: bool = False
    has_owner: bool = False
    has_facts: bool = False
    has_cause: bool = False
    has_open_offer: bool = False
    awaits_approval: bool = False
    has_agreed_offer: bool = False
    actions_open: int = 0
    actions_done: int = 0
    is_confirmed: bool = False
    attempts: int = 0


@dataclass(frozen=True)
class Need:
    """One thing a stage asks for before it can be left. `anchor` is where on the page it is given."""

    code: str
    sentence: Sentence
    anchor: str
    is_met: Callable[[Standing], bool]


ATTEMPTS_BEFORE_CLOSING = 3

ACCEPTANCE = Need("acceptance", _("somebody takes the case on"), "acceptance", lambda s: s.is_accepted)
OWNER = Need("owner", _("an owner"), "assignment", lambda s: s.has_owner)
FACTS = Need("facts", _("facts and evidence"), "investigation", lambda s: s.has_facts)
CAUSE = Need("cause", _("cause and responsible department"), "investigation", lambda s: s.has_cause)
OFFER = Need(
    "offer",
    _("a solution offered to the customer"),
    "offer",
    lambda s: s.has_open_offer or s.has_agreed_offer,
)
APPROVAL = Need("approval", _("approval of the offer"), "offer", lambda s: not s.awaits_approval)
AGREEMENT = Need("agreement", _("the customer's decision on the offer"), "decision", lambda s: s.has_agreed_offer)
ACTIONS = Need(
    "actions",
    _("action items agreed with the departments"),
    "actions",
    lambda s: s.actions_open + s.actions_done > 0,
)
ALL_DONE = Need("all_done", _("every action item done"), "actions", lambda s: s.actions_open == 0)
WORD = Need(
    "word",
    _("the customer's word, or three attempts to reach them"),
    "confirmation",
    lambda s: s.is_confirmed or s.attempts >= ATTEMPTS_BEFORE_CLOSING,
)

NEEDS: dict[Stage, tuple[Need, ...]] = {
    Stage.RECEIVED: (ACCEPTANCE,),
    Stage.ACCEPTED: (OWNER,),
    Stage.INVESTIGATING: (FACTS, CAUSE),
    Stage.DRAFTING: (FACTS, CAUSE, OFFER, APPROVAL),
    Stage.AGREEING: (APPROVAL, AGREEMENT),
    Stage.EXECUTING: (ACTIONS, ALL_DONE),
    Stage.CONFIRMING: (FACTS, CAUSE, AGREEMENT, WORD),
}


def needs_of(stage: Stage) -> tuple[Need, ...]:
    return NEEDS.get(stage, ())


def missing(stage: Stage, standing: Standing) -> list[Need]:
    """Return what the stage still asks for before it can be left."""
    return [need for need in needs_of(stage) if not need.is_met(standing)]


def next_stage(stage: Stage) -> Stage | None:
    """Return the next stop on the track, or None at its end and on a side exit."""
    if stage not in TRACK or stage is Stage.CLOSED:
        return None
    return TRACK[TRACK.index(stage) + 1]


def ensure_move(current: Stage, target: Stage) -> None:
    """Raise IllegalMove unless the track leads from one stage to the other."""
    if target not in MOVES[current]:
        raise IllegalMove(
            _("A case that is “{current}” cannot become “{target}”.").format(current=current.label, target=target.label)
        )
