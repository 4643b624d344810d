"""The whole life of a need on one screen: its stages, the moves between them, and what each asks for (SPEC B4)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from huiying.kit.guards import DomainError, Sentence


class Stage(models.TextChoices):
    SUGGESTED = "suggested", pgettext_lazy("need", "suggested")
    CONFIRMED = "confirmed", pgettext_lazy("need", "confirmed")
    PROPOSED = "proposed", pgettext_lazy("need", "proposal made")
    PRESENTED = "presented", pgettext_lazy("need", "presented")
    AGREED = "agreed", pgettext_lazy("need", "agreed")
    DELIVERED = "delivered", pgettext_lazy("need", "delivered")
    FOLLOWED_UP = "followed_up", pgettext_lazy("need", "followed up")
    DECLINED = "declined", pgettext_lazy("need", "declined")
    DISMISSED = "dismissed", pgettext_lazy("need", "dismissed")


TRACK = (
    Stage.SUGGESTED,
    Stage.CONFIRMED,
    Stage.PROPOSED,
    Stage.PRESENTED,
    Stage.AGREED,
    Stage.DELIVERED,
    Stage.FOLLOWED_UP,
)
ENDED = (Stage.FOLLOWED_UP, Stage.DECLINED, Stage.DISMISSED)
OPEN = tuple(stage for stage in TRACK if stage not in ENDED)

MOVES: dict[Stage, frozenset[Stage]] = {
    Stage.SUGGESTED: frozenset({Stage.CONFIRMED, Stage.DISMISSED}),
    Stage.CONFIRMED: frozenset({Stage.PROPOSED, Stage.DISMISSED}),
    Stage.PROPOSED: frozenset({Stage.PRESENTED, Stage.DISMISSED}),
    Stage.PRESENTED: frozenset({Stage.AGREED, Stage.DECLINED, Stage.PROPOSED}),  # back: another proposal is made
    Stage.AGREED: frozenset({Stage.DELIVERED}),
    Stage.DELIVERED: frozenset({Stage.FOLLOWED_UP}),
    Stage.FOLLOWED_UP: frozenset(),
    Stage.DECLINED: frozenset({Stage.CONFIRMED}),  # the customer thinks again
    Stage.DISMISSED: frozenset({Stage.CONFIRMED}),
}
SELLING = frozenset({Stage.CONFIRMED, Stage.PRESENTED})  # never while a complaint of the customer is open


class IllegalMove(DomainError):
    """The need cannot go from where it is to where it was sent."""

    code = "illegal-move"


@dataclass(frozen=True)
class Standing:
    """What a need has by now; `queries.need` counts it."""

    has_proposal: bool = False
    unanswered: int = 0
    complaint_open: bool = False


@dataclass(frozen=True)
class Ask:
    """One thing a stage asks for before it can be left."""

    code: str
    sentence: Sentence
    is_met: Callable[[Standing], bool] = lambda standing: False


QUIET = Ask("quiet", _("no open complaint of the customer"), lambda standing: not standing.complaint_open)
ASKS: dict[Stage, tuple[Ask, ...]] = {
    Stage.SUGGESTED: (QUIET, Ask("confirmation", _("somebody who confirms it and takes it on"))),
    Stage.CONFIRMED: (Ask("proposal", _("a proposal: content, period, expected effect")),),
    Stage.PROPOSED: (
        QUIET,
        Ask("answers", _("an answer from every colleague who was consulted"), lambda standing: not standing.unanswered),
        Ask("presentation", _("when and how it was presented, and what the customer said")),
    ),
    Stage.PRESENTED: (Ask("decision", _("the customer's decision")),),
    Stage.AGREED: (Ask("delivery", _("what was delivered, and when")),),
    Stage.DELIVERED: (Ask("follow_up", _("how it is used and what the customer says of it")),),
}


def missing(stage: Stage, standing: Standing) -> list[Ask]:
    """Return what the stage still asks for before it can be left."""
    return [ask for ask in ASKS.get(stage, ()) if not ask.is_met(standing)]


def ensure_move(current: Stage, target: Stage) -> None:
    """Raise IllegalMove unless a way leads from one stage to the other."""
    if target not in MOVES[current]:
        raise IllegalMove(
            _("A need that is “{current}” cannot become “{target}”.").format(current=current.label, target=target.label)
        )
