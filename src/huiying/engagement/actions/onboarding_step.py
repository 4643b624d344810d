"""What every deed on an onboarding has in common: hold the row, keep its steps, let the clocks follow."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db.models import F

from huiying.deadlines.actions import Answerable, Situation, follow, replan
from huiying.deadlines.catalogue import catalogue
from huiying.deadlines.models import Clock
from huiying.engagement import onboarding_verbs as verbs
from huiying.engagement.models import Interaction, Onboarding, OnboardingStep
from huiying.engagement.onboarding_lifecycle import ASKS, Status, Step
from huiying.journal.actors import Actor
from huiying.journal.entries import record
from huiying.journal.verbs import Verb
from huiying.staff.models import User


def held(onboarding: Onboarding) -> Onboarding:
    """Return the onboarding as it is by now, locked until the transaction ends: deeds on one queue up.

    The owner is fetched by themself: PostgreSQL, having waited for the row, joins it with what stood before.
    """
    rows = Onboarding.objects.select_for_update(of=("self",)).select_related("customer")
    return rows.get(pk=onboarding.pk)


def step(
    verb: Verb, onboarding: Onboarding, *, by: Actor, at: datetime, happened_at: datetime | None = None, **facts: object
) -> None:
    """Write a deed on a held onboarding: its clocks follow from when it happened, the journal from when it was told."""
    let_clocks_follow(verb, onboarding, by=by, at=happened_at or at)
    record(verb, onboarding, by=by, at=at, **facts)


def let_clocks_follow(verb: Verb, onboarding: Onboarding, *, by: Actor, at: datetime) -> None:
    situation = situation_of(onboarding)
    clocks = follow(verb, onboarding, at=at, situation=situation, answerable=answerable_for(onboarding), by=by)
    keep_due(onboarding, clocks)


def keep_due(onboarding: Onboarding, clocks: Iterable[Clock]) -> None:
    """Keep the next deadline of a step, by which lists sort; the tasks of a meeting are owed by others."""
    due = [clock.due_at for clock in clocks if clock.is_running and clock.due_at and not clock.part_id]
    onboarding.due_at = min(due, default=None)
    Onboarding.objects.filter(pk=onboarding.pk).update(due_at=onboarding.due_at, version=F("version") + 1)


def situation_of(onboarding: Onboarding) -> Situation:
    """Return what the policies of deadlines look at; codes as in the interface."""
    found = onboarding.analyses.first()
    return {
        "tier": onboarding.customer.tier,
        "status": onboarding.customer.status,
        "need_type": found.type if found else "",
        "priority": found.priority if found else "",
        "complexity": ("complex" if found.is_complex else "simple") if found else "",
    }


def answerable_for(onboarding: Onboarding) -> Answerable:
    """Return who answers for the steps: the owner; as long as there is none, where the customer belongs."""
    if onboarding.owner is not None:
        return answerable(onboarding.owner)
    customer = onboarding.customer
    return Answerable(team_id=customer.team_id, department_id=customer.department_id)


def answerable(person: User) -> Answerable:
    return Answerable(owner_id=person.pk, team_id=person.team_id, department_id=person.department_id)


def expected_steps(situation: Situation) -> list[Step]:
    """Return the steps that a deadline is set for in this situation: one switched off is not asked for."""
    deciding = catalogue().deciding(situation)
    return [one for one in Step if ASKS[one].clock in deciding]


def fit_steps(onboarding: Onboarding, *, by: Actor, at: datetime) -> None:
    """Ask for the steps that its situation wants by now, and no longer for others that nobody has met."""
    situation = situation_of(onboarding)
    wanted = expected_steps(situation)
    OnboardingStep.objects.filter(onboarding=onboarding, met_at=None).exclude(step__in=wanted).delete()
    known = set(onboarding.steps.values_list("step", flat=True))
    OnboardingStep.objects.bulk_create(
        OnboardingStep(onboarding=onboarding, step=one) for one in wanted if one.value not in known
    )
    keep_due(onboarding, replan(onboarding, situation=situation, at=at, by=by))


def meet(
    onboarding: Onboarding, which: Step, *, by: Actor, at: datetime, interaction: Interaction | None = None
) -> bool:
    """Note that a step is met, at the moment of the deed. False where it is not asked for, or met already."""
    who = interaction.owner_id if interaction is not None else by.pk if by.is_staff else None
    rows = OnboardingStep.objects.filter(onboarding=onboarding, step=which, met_at=None)
    return bool(rows.update(met_at=at, met_by=who, interaction=interaction))


def complete_if_met(onboarding: Onboarding, *, by: Actor, at: datetime) -> None:
    """End an onboarding whose steps are all met."""
    if onboarding.is_running and not onboarding.steps.filter(met_at=None).exists():
        onboarding.move_to(Status.COMPLETED, ended_at=at)
        step(verbs.COMPLETED, onboarding, by=by, at=at)
