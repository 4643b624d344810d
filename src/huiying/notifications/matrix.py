"""The matrix of SPEC K5: what one may be told of, as whose case it is, and over which roads."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _


class Event(models.TextChoices):
    """What people are told of, in words they know; many verbs of the journal make one event."""

    NEW_CASE = "new_case", _("A new case came in")
    GIVEN = "given", _("A case was given to somebody")
    CUSTOMER = "customer", _("The customer wrote or answered")
    MENTIONED = "mentioned", _("A note mentions me")
    APPROVAL = "approval", _("My approval is wanted")
    DECIDED = "decided", _("Decided on what was asked for")
    ACTION = "action", _("Action items to do, or done")
    DEADLINE = "deadline", _("A deadline is near")
    ESCALATION = "escalation", _("A deadline was missed")
    URGED = "urged", _("Somebody urges or presses")
    COURSE = "course", _("Closed, merged, reopened or withdrawn")
    AT_RISK = "at_risk", _("A customer may be lost, or is to be won back")
    UNDELIVERED = "undelivered", _("A message did not arrive")
    CARE = "care", _("Something is due with a customer of mine")


class Relation(models.TextChoices):
    """Why somebody is told: the thing is theirs or names them, it is their team's, or they only look on."""

    MINE = "mine", _("mine")
    TEAM = "team", _("my team's")
    WATCHED = "watched", _("watched")


class Road(models.TextChoices):
    """How a notice reaches somebody."""

    APP = "app", _("in Huiying")
    MAIL = "mail", _("mail")
    WECOM = "wecom", _("WeCom")
    DINGTALK = "dingtalk", _("DingTalk")
    FEISHU = "feishu", _("Feishu")
    SMS = "sms", _("SMS")


ROBOTS = (Road.WECOM, Road.DINGTALK, Road.FEISHU)
MINE, TEAM, WATCHED = Relation.MINE, Relation.TEAM, Relation.WATCHED
BOTH, ALL = (MINE, TEAM), (MINE, TEAM, WATCHED)
ASKED: dict[Event, tuple[Relation, ...]] = {
    Event.NEW_CASE: BOTH,
    Event.GIVEN: ALL,
    Event.CUSTOMER: ALL,
    Event.MENTIONED: (MINE,),
    Event.APPROVAL: (MINE,),
    Event.DECIDED: (MINE, WATCHED),
    Event.ACTION: ALL,
    Event.DEADLINE: ALL,
    Event.ESCALATION: ALL,
    Event.URGED: ALL,
    Event.COURSE: ALL,
    Event.AT_RISK: BOTH,
    Event.UNDELIVERED: ALL,
    Event.CARE: (MINE,),
}


@dataclass(frozen=True)
class Cell:
    """One line of the matrix: an event of a relation. `code` names it in data and in the interface."""

    event: Event
    relation: Relation

    @property
    def code(self) -> str:
        return f"{self.event}.{self.relation}"

    @property
    def always(self) -> frozenset[str]:
        """Return the roads that nobody can switch off: an escalation is always shown in Huiying to whom it calls."""
        called = self.event is Event.ESCALATION and self.relation is not WATCHED
        return frozenset({Road.APP.value}) if called else frozenset()


CELLS = tuple(Cell(event, relation) for event, relations in ASKED.items() for relation in relations)
CELL_BY_CODE = {cell.code: cell for cell in CELLS}
Roads = Mapping[str, frozenset[str]]


def asks_for(event: Event, relation: Relation) -> bool:
    """Say whether the matrix has a line for it."""
    return relation in ASKED[event]


def cell_of(event: Event, relation: Relation) -> Cell:
    """Return the line that holds for an event; where it does not ask for the relation, its first."""
    relations = ASKED[event]
    return Cell(event, relation if relation in relations else relations[0])


def sound(roads: Mapping[str, object]) -> dict[str, frozenset[str]]:
    """Return what is known of a kept matrix: unknown lines and roads are left out, what is always on is on."""
    return {
        code: frozenset(road for road in chosen if road in Road.values) | CELL_BY_CODE[code].always
        for code, chosen in roads.items()
        if code in CELL_BY_CODE and isinstance(chosen, list | tuple | set | frozenset)
    }
