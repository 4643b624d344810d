"""What follows for onboardings when something happened to a customer; wired in `huiying.wiring`."""

from __future__ import annotations

from collections.abc import Sequence

from huiying.customers.models import Customer
from huiying.deadlines.models import Clock
from huiying.engagement.actions.onboarding import begin_onboarding, call_off, entrust_to, take_up
from huiying.engagement.actions.onboarding_step import fit_steps, held, keep_due
from huiying.engagement.models import CallingOff, Need, Onboarding, OnboardingRule
from huiying.engagement.onboarding_lifecycle import Status
from huiying.journal.actors import CLOCKWORK
from huiying.journal.models import Entry

MERGED = CallingOff.Reason.MERGED


def those_to_begin(entries: Sequence[Entry]) -> list[Entry]:
    """Keep the entries of customers who came in by a door that begins an onboarding; one statement for all."""
    doors = OnboardingRule.now().doors
    return [entry for entry in entries if entry.facts.get("door", "") in doors]


def begin_for_entered(customer: Customer, entry: Entry) -> None:
    """Somebody was entered: where the rule says so, their onboarding begins, counted from then."""
    rule, door = OnboardingRule.now(), str(entry.facts.get("door", ""))
    if customer.merged_into_id is not None or not rule.begins(customer, door=door):
        return
    if not Onboarding.objects.filter(customer=customer).exists():
        begin_onboarding(customer, trigger=Onboarding.Trigger.ENTERED, by=CLOCKWORK, at=entry.at)


def follow_the_owner(customer: Customer, entry: Entry) -> None:
    """Somebody looks after the customer by now: an onboarding that nobody looked after is theirs."""
    waiting = Onboarding.objects.running().filter(customer=customer, owner=None).first()
    if waiting is None or customer.owner is None:
        return
    onboarding = held(waiting)
    if onboarding.is_running and onboarding.owner_id is None:
        entrust_to(onboarding, customer.owner, by=CLOCKWORK, at=entry.at)


def look_at_tier(customer: Customer, entry: Entry) -> None:
    """The customer's tier changed: the steps and clocks are those of the policies for it (contract 10)."""
    running = Onboarding.objects.running().filter(customer=customer).first()
    if running is not None:
        onboarding = held(running)
        if onboarding.is_running:
            fit_steps(onboarding, by=CLOCKWORK, at=entry.at)


def rest_of_merged(customer: Customer, entry: Entry) -> None:
    """An onboarding that stayed with a merged entry, because the other has one too, ends."""
    for onboarding in Onboarding.objects.running().filter(customer=customer, customer__merged_into__isnull=False):
        call_off(onboarding, reason=MERGED, by=CLOCKWORK, at=entry.at)


def take_up_after_parting(customer: Customer, entry: Entry) -> None:
    """The two are apart again: what only the merge had ended goes on."""
    ended = Onboarding.objects.filter(customer=customer, status=Status.CALLED_OFF).first()
    running = Onboarding.objects.running().filter(customer=customer)
    if ended is None or running.exists():
        return
    last = ended.callings_off.first()
    if last is not None and last.reason == MERGED:
        take_up(ended, by=CLOCKWORK, at=entry.at)


def keep_next_deadline(onboarding: Onboarding, _entry: Entry) -> None:
    """A clock was counted anew outside a deed on the onboarding: lists go by its next deadline."""
    onboarding = held(onboarding)
    keep_due(onboarding, Clock.objects.about(onboarding).running())


def look_at_review(thing: Onboarding | Need, _entry: Entry) -> None:
    """A project began or ended: the heartbeat reckons anew when the archive is to be looked through."""
    Customer.objects.filter(pk=thing.customer_id).exclude(review_due_on=None).update(review_due_on=None)
