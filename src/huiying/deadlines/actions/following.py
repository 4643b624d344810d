"""Clocks follow what happens: policies name the verbs that start, pause, reset and end them (contract 2)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from django.db import models, transaction
from django.db.models import Q

from huiying.deadlines import movement
from huiying.deadlines.actions.pausing import end_pauses, pause_by_policy
from huiying.deadlines.actions.ringing import quiet_breach
from huiying.deadlines.catalogue import Catalogue, catalogue
from huiying.deadlines.models import Clock, Pause, Policy, Stint
from huiying.deadlines.models.policy import Situation
from huiying.deadlines.telling import write
from huiying.deadlines.verbs import MISSED
from huiying.journal.actors import Actor
from huiying.journal.models import Entry
from huiying.journal.verbs import Verb
from huiying.kit.rows import update_each

MOVED_FIELDS = [
    "customer_id",
    "policy",
    "calendar",
    "kind",
    "state",
    "owner",
    "team",
    "department",
    "started_at",
    "counted_from",
    "used",
    "allowance",
    "due_at",
    "next_ring_at",
    "stint_from",
    "stint_used",
    "rungs_climbed",
    "restarts",
    "replanned_at",
    "breached_at",
    "ended_at",
]


@dataclass(frozen=True, kw_only=True)
class Answerable:
    """Who answers for a duty: keys of person, team and department."""

    owner_id: int | None = None
    team_id: int | None = None
    department_id: int | None = None


@dataclass
class Changes:
    """What a verb does to the clocks of a subject, gathered so that it is written in few statements."""

    known: Catalogue
    by: Actor
    at: datetime
    moved: dict[int, Clock] = field(default_factory=dict)
    started: list[Clock] = field(default_factory=list)
    pauses: list[Pause] = field(default_factory=list)
    stints: list[Stint] = field(default_factory=list)
    resumed: list[Clock] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)

    def save(self) -> None:
        update_each(list(self.moved.values()), MOVED_FIELDS)
        if self.started:
            Clock.objects.bulk_create(self.started)
        if self.stints:
            Stint.objects.bulk_create(self.stints)
        if self.pauses:
            Pause.objects.bulk_create(self.pauses)
        if self.resumed:
            end_pauses(self.resumed, at=self.at)
        write(self.entries)


@transaction.atomic(savepoint=False)
def follow(
    verb: Verb, subject: models.Model, *, at: datetime, situation: Situation, answerable: Answerable, by: Actor
) -> list[Clock]:
    """Let the clocks of the subject follow a verb, and hand them over to who answers now. Returns the live ones.

    Costs one statement when nothing moves. Call it inside the transaction that did the deed.
    """
    known = catalogue()
    deciding = known.deciding(situation)
    starting = {kind: policy for kind, policy in deciding.items() if verb.code in policy.starts_on}
    clocks = held_clocks(subject, starting)
    changes = Changes(known, by, at)
    for clock in clocks:
        if clock.is_live:
            apply(verb, clock, changes)
        if clock.is_live:
            hand_over(clock, subject, answerable, changes)
    for policy in starting.values():
        known_by_now = [*clocks, *changes.started]
        if may_start(policy, known_by_now, subject):
            clock = new_clock(policy, subject, answerable, known, earlier=known_by_now)
            movement.start(clock, known, at=at)
            changes.started.append(clock)
    changes.save()
    return [clock for clock in [*clocks, *changes.started] if clock.is_live]


def held_clocks(subject: models.Model, starting: dict[str, Policy]) -> list[Clock]:
    """Return the subject's live clocks, and those of this episode whose kind is about to start, locked."""
    wanted = Q(state__in=Clock.LIVE)
    if starting:
        wanted |= Q(kind__in=list(starting), episode=movement.episode_of(subject))
    return list(Clock.objects.about(subject).filter(wanted).select_for_update().order_by("id"))


def apply(verb: Verb, clock: Clock, changes: Changes) -> None:
    """Do to a live clock what its policy says the verb does."""
    policy, known, at = changes.known.policy(clock.policy_id), changes.known, changes.at
    code = verb.code
    if code in policy.cancels_on:
        movement.cancel(clock, at=at)
    elif code in policy.stops_on:
        meet(clock, changes)
    elif code in policy.resets_on:
        begin_afresh(clock, changes)
    elif code in policy.pauses_on and clock.is_running:
        movement.pause(clock, known, at=at)
        changes.pauses.append(pause_by_policy(clock, policy, at=at))
    elif code in policy.resumes_on and clock.state == Clock.State.PAUSED:
        movement.resume(clock, known, at=at)
        changes.resumed.append(clock)
    else:
        return
    changes.moved[clock.pk] = clock


def meet(clock: Clock, changes: Changes) -> None:
    """The duty is met. A breach that no heartbeat has seen yet is written down now, without alarm."""
    unseen = clock.breached_at is None or not has_rung(clock, changes.known.policy(clock.policy_id))
    movement.stop(clock, at=changes.at)
    if unseen and clock.breached_at is not None:
        changes.entries.append(quiet_breach(clock, changes.known))


def has_rung(clock: Clock, policy: Policy) -> bool:
    """Say whether a heartbeat wrote the breach down; one that was paused late has it and may not have rung yet."""
    missed = [place for place, rung in enumerate(policy.rungs) if rung.verb == MISSED.code]
    return not missed or clock.rungs_climbed > missed[0]


def begin_afresh(clock: Clock, changes: Changes) -> None:
    """In time a clock begins afresh on its row; late, that round ends with its breach and a new one starts."""
    late = clock.breached_at is not None or (clock.due_at is not None and changes.at > clock.due_at)
    if not late:
        movement.restart(clock, changes.known, at=changes.at)
        return
    meet(clock, changes)
    following = new_round(clock)
    movement.start(following, changes.known, at=changes.at)
    changes.started.append(following)


def hand_over(clock: Clock, subject: models.Model, answerable: Answerable, changes: Changes) -> None:
    """Give a clock to who answers now, unless it stays with whom it was given to; its customer is the subject's."""
    customer_id = customer_of(subject)
    if clock.customer_id != customer_id:
        clock.customer_id = customer_id
        changes.moved[clock.pk] = clock
    if changes.known.policy(clock.policy_id).keeps_owner:
        return
    now = (answerable.owner_id, answerable.team_id, answerable.department_id)
    if (clock.owner_id, clock.team_id, clock.department_id) != now:
        stint = movement.hand_on(clock, changes.known, at=changes.at)
        if stint.used:  # who had it for no time used none
            changes.stints.append(stint)
        clock.owner_id, clock.team_id, clock.department_id = now
        changes.moved[clock.pk] = clock


def may_start(policy: Policy, clocks: list[Clock], subject: models.Model) -> bool:
    """Say whether the policy starts a clock: none of its kind is live, nor one it yields to, and it may run (again)."""
    live = {clock.kind for clock in clocks if clock.is_live}
    if policy.as_promised or policy.kind in live or live & set(policy.yields_to):
        return False
    ran = any(clock.kind == policy.kind and clock.episode == movement.episode_of(subject) for clock in clocks)
    return policy.repeats or not ran


def new_clock(
    policy: Policy, subject: models.Model, answerable: Answerable, known: Catalogue, *, earlier: list[Clock]
) -> Clock:
    """Return a clock that has not started yet."""
    episode = movement.episode_of(subject)
    rounds = [clock.round for clock in earlier if clock.kind == policy.kind and clock.episode == episode]
    return Clock(
        subject_type=subject._meta.label_lower,
        subject_id=subject.pk,
        customer_id=customer_of(subject),
        policy=policy,
        calendar_id=known.calendar_for(policy, answerable.department_id),
        kind=policy.kind,
        episode=episode,
        round=max(rounds, default=0) + 1,
        owner_id=answerable.owner_id,
        team_id=answerable.team_id,
        department_id=answerable.department_id,
    )


def new_round(clock: Clock) -> Clock:
    return Clock(
        subject_type=clock.subject_type,
        subject_id=clock.subject_id,
        customer_id=clock.customer_id,
        policy_id=clock.policy_id,
        calendar_id=clock.calendar_id,
        kind=clock.kind,
        episode=clock.episode,
        round=clock.round + 1,
        owner_id=clock.owner_id,
        team_id=clock.team_id,
        department_id=clock.department_id,
    )


def customer_of(subject: models.Model) -> int | None:
    return getattr(subject, "concerns_customer_id", None)


def entrust(kind: str, subject: models.Model, *, to: Answerable) -> None:
    """Give a live clock that stays with whom it was given to (`keeps_owner`) to who answers for that duty."""
    clocks = Clock.objects.about(subject).live().filter(kind=kind)
    clocks.update(owner_id=to.owner_id, team_id=to.team_id, department_id=to.department_id)
