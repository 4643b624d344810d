"""The whole onboarding of a new customer on one screen: its life, its steps, and what meets each of them (SPEC A6)."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from huiying.kit.guards import DomainError, Sentence


class Status(models.TextChoices):
    RUNNING = "running", pgettext_lazy("onboarding", "under way")
    COMPLETED = "completed", pgettext_lazy("onboarding", "completed")
    CALLED_OFF = "called_off", pgettext_lazy("onboarding", "called off")


MOVES: dict[Status, frozenset[Status]] = {
    Status.RUNNING: frozenset({Status.COMPLETED, Status.CALLED_OFF}),
    Status.COMPLETED: frozenset({Status.RUNNING}),  # the record that met a step was corrected
    Status.CALLED_OFF: frozenset({Status.RUNNING}),  # taken up again
}


class Step(models.TextChoices):
    """In the order in which the track shows them; a step is met whenever its deed is done, in whatever order."""

    ANALYSIS = "analysis", pgettext_lazy("onboarding", "needs analysis")
    OWNER = "owner", pgettext_lazy("onboarding", "owner named")
    FOLLOW_UP = "follow_up", pgettext_lazy("onboarding", "first follow-up")
    VISIT = "visit", pgettext_lazy("onboarding", "first visit")
    MEETING = "meeting", pgettext_lazy("onboarding", "cross-department meeting")


@dataclass(frozen=True, kw_only=True)
class Ask:
    """What a step wants: its clock, the words that say so, and the button that does it."""

    clock: str
    sentence: Sentence
    button: Sentence
    icon: str


ASKS: dict[Step, Ask] = {
    Step.ANALYSIS: Ask(
        clock="onboarding_analysis",
        sentence=_("what the customer wants, of which type and how urgent"),
        button=_("Analyse the needs"),
        icon="zoom-question",
    ),
    Step.OWNER: Ask(
        clock="onboarding_owner", sentence=_("somebody who looks after it"), button=_("Name an owner"), icon="user-plus"
    ),
    Step.FOLLOW_UP: Ask(
        clock="onboarding_follow_up",
        sentence=_("a contact that is recorded"),
        button=_("Record a contact"),
        icon="phone",
    ),
    Step.VISIT: Ask(
        clock="onboarding_visit", sentence=_("a visit that is recorded"), button=_("Record a visit"), icon="map-pin"
    ),
    Step.MEETING: Ask(
        clock="onboarding_meeting",
        sentence=_("a meeting with decisions, and tasks that have owners"),
        button=_("Note the meeting"),
        icon="users",
    ),
}
TASK_CLOCK = "onboarding_task"
CLOCKS = {ask.clock: step for step, ask in ASKS.items()}


class IllegalMove(DomainError):
    """The onboarding cannot go from where it is to where it was sent."""

    code = "illegal-move"


def ensure_move(current: Status, target: Status) -> None:
    """Raise IllegalMove unless a way leads from one status to the other."""
    if target not in MOVES[current]:
        raise IllegalMove(
            _("An onboarding that is “{current}” cannot become “{target}”.").format(
                current=current.label, target=target.label
            )
        )


def ensure_running(status: Status) -> None:
    if status is not Status.RUNNING:
        raise IllegalMove(_("This onboarding is no longer under way."))
