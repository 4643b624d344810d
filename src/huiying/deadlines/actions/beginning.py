"""Starting the clocks of subjects that come into being: no clock of theirs can be there yet."""

from __future__ import annotations

from collections.abc import Sequence
from copy import copy
from datetime import datetime

from django.db import models

from huiying.deadlines import movement
from huiying.deadlines.actions.following import Answerable, new_clock
from huiying.deadlines.catalogue import Catalogue, catalogue
from huiying.deadlines.models import Clock, Policy
from huiying.deadlines.models.policy import Situation
from huiying.journal.verbs import Verb
from huiying.kit.bulk import insert_all

Begun = tuple[models.Model, Situation, Answerable]
Reckoned = tuple[models.Model, list[Clock]]


def reckon_all(verb: Verb, begun: Sequence[Begun], *, at: datetime) -> list[list[Clock]]:
    """Return what a verb starts for subjects that come into being, each one's clocks in their order.

    They all begin at one moment, so each policy is reckoned once. Nothing is written yet: a subject can be saved with
    its next deadline before `start_all` writes them.
    """
    beginning = Beginning(verb, catalogue(), at)
    return [beginning.clocks_of(subject, situation, who) for subject, situation, who in begun]


def start_all(reckoned: Sequence[Reckoned]) -> None:
    """Write the clocks of subjects that are saved by now, in few statements."""
    for subject, clocks in reckoned:
        for clock in clocks:
            clock.subject_id = subject.pk
    insert_all([clock for _subject, clocks in reckoned for clock in clocks])


class Beginning:
    """What a verb starts at one moment, remembered by situation and by policy and calendar."""

    def __init__(self, verb: Verb, known: Catalogue, at: datetime) -> None:
        self.verb, self.known, self.at = verb, known, at
        self.starting: dict[tuple[tuple[str, str], ...], list[Policy]] = {}
        self.reckoned: dict[tuple[int, int | None], Clock] = {}

    def clocks_of(self, subject: models.Model, situation: Situation, who: Answerable) -> list[Clock]:
        return [self.clock_of(policy, subject, who) for policy in self.policies_for(situation)]

    def policies_for(self, situation: Situation) -> list[Policy]:
        key = tuple(situation.items())
        if key not in self.starting:
            deciding = self.known.deciding(situation).values()
            self.starting[key] = [policy for policy in deciding if self.verb.code in policy.starts_on]
        return self.starting[key]

    def clock_of(self, policy: Policy, subject: models.Model, who: Answerable) -> Clock:
        fresh = new_clock(policy, subject, who, self.known, earlier=[])
        model = self.reckoned.get((policy.pk, fresh.calendar_id))
        if model is None:
            model = self.reckoned[policy.pk, fresh.calendar_id] = copy(fresh)
            movement.start(model, self.known, at=self.at)
        fresh.started_at, fresh.counted_from = model.started_at, model.counted_from
        fresh.used, fresh.allowance = model.used, model.allowance
        fresh.due_at, fresh.next_ring_at = model.due_at, model.next_ring_at
        return fresh
