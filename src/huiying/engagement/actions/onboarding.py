"""Beginning an onboarding, naming who looks after it, calling it off and taking it up again (SPEC A6)."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from huiying.customers.models import Customer
from huiying.deadlines.actions import revive_clocks
from huiying.engagement import onboarding_verbs as verbs
from huiying.engagement.actions.giving import CARING
from huiying.engagement.actions.onboarding_contact import look_for_contacts
from huiying.engagement.actions.onboarding_step import (
    complete_if_met,
    expected_steps,
    held,
    keep_due,
    let_clocks_follow,
    meet,
    situation_of,
    step,
)
from huiying.engagement.actions.pool import assign, claim
from huiying.engagement.models import CallingOff, Onboarding, OnboardingStep
from huiying.engagement.onboarding_lifecycle import Status, Step, ensure_running
from huiying.engagement.onboarding_policies import may_answer_for, may_begin, may_name_owner, may_take_on
from huiying.engagement.policies import may_lead
from huiying.journal.actors import Actor
from huiying.journal.entries import record
from huiying.kit.guards import BadInput, DomainError, ensure
from huiying.staff.models import User

Trigger = Onboarding.Trigger
RUNS_ALREADY = _("An onboarding of this customer is under way already.")
NO_STEPS = _("The deadlines of every step are switched off, so there is nothing to do. Switch one on in the settings.")


@transaction.atomic
def begin_onboarding(
    customer: Customer, *, trigger: Onboarding.Trigger = Trigger.HAND, by: Actor, at: datetime
) -> Onboarding:
    """Begin to get to know a customer: the steps are there with their clocks. The account manager is its owner."""
    ensure(may_begin(by, customer))
    onboarding = Onboarding(customer=customer, owner=customer.owner, trigger=trigger, begun_at=at)
    onboarding.begun_by_id = by.pk if by.is_staff else None
    create_running(onboarding)
    steps = expected_steps(situation_of(onboarding))
    if not steps:
        raise DomainError(NO_STEPS)
    OnboardingStep.objects.bulk_create(OnboardingStep(onboarding=onboarding, step=one) for one in steps)
    step(verbs.BEGUN, onboarding, by=by, at=at, trigger=str(trigger))
    if onboarding.owner is not None:
        meet(onboarding, Step.OWNER, by=by, at=at)
        let_clocks_follow(verbs.OWNER_NAMED, onboarding, by=by, at=at)
        complete_if_met(onboarding, by=by, at=at)
    return onboarding


def create_running(onboarding: Onboarding) -> None:
    """Raises DomainError where one is under way: of two at once, one is made."""
    try:
        with transaction.atomic():
            onboarding.save(force_insert=True)
    except IntegrityError:
        raise DomainError(RUNS_ALREADY) from None


@transaction.atomic
def name_owner(onboarding: Onboarding, *, to: User, by: Actor, at: datetime) -> None:
    """Let somebody look after it from now on. Where the customer has no account manager, they become that, too."""
    onboarding = held(onboarding)
    takes_on = to.pk == by.pk and may_take_on(by, onboarding)
    ensure(takes_on or may_name_owner(by, onboarding))
    ensure_can_own(onboarding, to)
    if onboarding.customer.owner_id is None and (to.pk == by.pk or may_lead(by)):
        onboarding.customer = attach(onboarding.customer, to, by=by, at=at)
    entrust_to(onboarding, to, by=by, at=at)


def attach(customer: Customer, to: User, *, by: Actor, at: datetime) -> Customer:
    """Make somebody the account manager of a customer of nobody: who leads assigns them, else one claims them."""
    if may_lead(by):
        return assign(customer, to=to, by=by, at=at)
    return claim(customer, by=by, at=at)


def ensure_can_own(onboarding: Onboarding, to: User) -> None:
    ensure_running(onboarding.at_status)
    if not to.is_active:
        raise BadInput(_("{name} no longer works here.").format(name=to.name), field="owner")
    if not set(to.role.powers) >= CARING:
        raise BadInput(_("The role of {name} does not look after customers.").format(name=to.name), field="owner")
    if onboarding.owner_id == to.pk:
        raise DomainError(_("{name} looks after it already.").format(name=to.name))


def entrust_to(onboarding: Onboarding, to: User, *, by: Actor, at: datetime) -> None:
    """Make somebody the owner of a held onboarding; the clocks of its steps follow."""
    onboarding.owner = to
    Onboarding.objects.filter(pk=onboarding.pk).update(owner=to)
    meet(onboarding, Step.OWNER, by=by, at=at)
    step(verbs.OWNER_NAMED, onboarding, by=by, at=at, name=to.name, to_id=to.pk)
    complete_if_met(onboarding, by=by, at=at)


@transaction.atomic
def hand_onboarding(row: Onboarding, *, to: User, by: Actor, at: datetime, reason: str) -> None:
    """Give it into other hands; whoever hands a person's work over asks the right."""
    onboarding = held(row)
    ensure_can_own(onboarding, to)
    entrust_to(onboarding, to, by=by, at=at)


@transaction.atomic
def call_off(onboarding: Onboarding, *, reason: str, remark: str = "", by: Actor, at: datetime) -> None:
    """End it without result, saying why; its clocks and the open tasks of its meetings are dropped."""
    onboarding = held(onboarding)
    ensure(may_answer_for(by, onboarding))
    if reason not in CallingOff.Reason:
        raise BadInput(_("Please say why."), field="reason")
    onboarding.move_to(Status.CALLED_OFF, ended_at=at)
    CallingOff.objects.create(
        onboarding=onboarding,
        reason=reason,
        remark=remark.strip()[:200],
        noted_by_id=by.pk if by.is_staff else None,
        noted_at=at,
    )
    step(verbs.CALLED_OFF, onboarding, by=by, at=at, reason=reason)


@transaction.atomic
def take_up(onboarding: Onboarding, *, by: Actor, at: datetime) -> None:
    """Undo that it was called off: its clocks run on as if nothing had been, contacts made meanwhile count."""
    onboarding = held(onboarding)
    ensure(may_answer_for(by, onboarding))
    if onboarding.customer.merged_into_id is not None:
        raise DomainError(_("This customer was merged into another one; begin an onboarding there."))
    called_off_at = onboarding.ended_at
    try:
        with transaction.atomic():
            onboarding.move_to(Status.RUNNING, ended_at=None)
    except IntegrityError:
        raise DomainError(RUNS_ALREADY) from None
    if called_off_at is not None:
        keep_due(onboarding, revive_clocks(onboarding, ended_at=called_off_at))
    record(verbs.TAKEN_UP, onboarding, by=by, at=at)
    look_for_contacts(onboarding, by=by, at=at)
    complete_if_met(onboarding, by=by, at=at)
