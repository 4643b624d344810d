"""Contacts that are recorded meet the first follow-up, those by visit also the first visit (SPEC A6).

What counts is when the contact took place, from the minute on in which the onboarding began. What imports brought in
and says nothing, system messages and letters to many count for nothing.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils.timezone import localdate

from huiying.deadlines.actions import revive_clocks
from huiying.engagement import onboarding_verbs as verbs
from huiying.engagement.actions.onboarding_step import complete_if_met, held, keep_due, meet, step
from huiying.engagement.models import Interaction, Means, Onboarding, OnboardingStep
from huiying.engagement.onboarding_lifecycle import ASKS, Status, Step
from huiying.journal.actors import Actor
from huiying.journal.entries import record

BY_CONTACT = {Step.FOLLOW_UP: verbs.FOLLOWED_UP, Step.VISIT: verbs.VISITED}


def meet_by_contacts(customers: Collection[int], *, by: Actor, at: datetime) -> None:
    """Look what contacts just recorded with these customers meet; one statement where no onboarding waits for any."""
    waiting = OnboardingStep.objects.filter(step__in=list(BY_CONTACT), met_at=None)
    running = Onboarding.objects.running().filter(customer__in=customers, steps__in=waiting).distinct()
    for one in running.order_by("pk"):
        onboarding = held(one)
        if onboarding.is_running:
            look_for_contacts(onboarding, by=by, at=at)
            complete_if_met(onboarding, by=by, at=at)


def look_for_contacts(onboarding: Onboarding, *, by: Actor, at: datetime) -> None:
    """Let the first contact that counts meet each step of a held onboarding that waits for one."""
    for which, verb in BY_CONTACT.items():
        first = counting(onboarding, which).order_by("at", "pk").first()
        if first is None:
            continue
        happened_at = max(first.at, onboarding.begun_at)
        if meet(onboarding, which, by=by, at=happened_at, interaction=first):
            day = localdate(first.at).isoformat()
            step(verb, onboarding, by=by, at=at, happened_at=happened_at, day=day)


def counting(onboarding: Onboarding, which: Step) -> QuerySet[Interaction]:
    """Return the contacts that meet a step."""
    since = onboarding.begun_at.replace(second=0, microsecond=0)
    rows = Interaction.objects.filter(customer=onboarding.customer_id, at__gte=since, is_hollow=False)
    rows = rows.exclude(means=Means.SYSTEM).exclude(external_ref__startswith="mailing:")
    return rows.filter(means=Means.VISIT) if which is Step.VISIT else rows


def look_again(interaction: Interaction, *, by: Actor, at: datetime) -> None:
    """A record was corrected: a step that it no longer meets is open again, unless another contact meets it."""
    for row in OnboardingStep.objects.filter(interaction=interaction).select_related("onboarding"):
        onboarding = held(row.onboarding)
        if not counting(onboarding, Step(row.step)).filter(pk=interaction.pk).exists() and reopen(onboarding, at=at):
            give_back(onboarding, row, by=by, at=at)
            look_for_contacts(onboarding, by=by, at=at)
            complete_if_met(onboarding, by=by, at=at)


def reopen(onboarding: Onboarding, *, at: datetime) -> bool:
    """Say whether a held onboarding is under way; one that was completed is again, where no other one runs by now."""
    if onboarding.at_status is Status.COMPLETED:
        try:
            with transaction.atomic():
                onboarding.move_to(Status.RUNNING, ended_at=None)
        except IntegrityError:
            return False
    return onboarding.is_running


def give_back(onboarding: Onboarding, row: OnboardingStep, *, by: Actor, at: datetime) -> None:
    met_at, which = row.met_at, Step(row.step)
    row.met_at = row.met_by = row.interaction = None
    row.save(update_fields=["met_at", "met_by", "interaction"])
    if met_at is not None:
        keep_due(onboarding, revive_clocks(onboarding, ended_at=met_at, kinds=[ASKS[which].clock]))
    record(verbs.STEP_REOPENED, onboarding, by=by, at=at, step=which.value)
