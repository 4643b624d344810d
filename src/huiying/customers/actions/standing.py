"""A customer's tier by hand: set for a time, given back to the rules, suggestions answered (SPEC A4)."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import F
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from huiying.customers import verbs
from huiying.customers.actions.rating import rate_one
from huiying.customers.models import Customer, Override, Ruling, Suggestion, Tier, TierTerms
from huiying.customers.policies import may_revise
from huiying.journal.actors import CLOCKWORK, Actor
from huiying.journal.entries import record
from huiying.kit.guards import BadInput, DomainError, ensure

LONGEST = timedelta(days=3650)
AT_ONCE = 100


@transaction.atomic
def set_tier(
    customer: Customer, tier: Tier, *, reason: str, by: Actor, at: datetime, until: date | None = None
) -> None:
    """Put the customer in a tier by hand, saying why; rules leave it alone through its last day `until`.

    Without `until` it stands as long as the settings say, and the tier the customer has already is no change.
    """
    ensure(may_revise(by, customer))
    if not reason.strip():
        raise BadInput(_("Please say why the tier changes."), field="reason")
    if customer.tier == tier and until is None:
        return
    last_day = until or localdate(at) + timedelta(days=TierTerms.now().override_days)
    if not localdate(at) <= last_day <= localdate(at) + LONGEST:
        raise BadInput(_("The last day lies ahead, at most ten years."), field="until")
    overrule(customer, tier, reason=reason.strip()[:200], until=last_day, by=by, at=at)


def overrule(customer: Customer, tier: Tier, *, reason: str, until: date, by: Actor, at: datetime) -> None:
    """Let the tier stand until its day; what was set by hand before ends, an open suggestion is overtaken."""
    held = Customer.objects.select_for_update(of=("self",)).get(pk=customer.pk)
    Override.objects.standing().filter(customer=held).update(ended_at=at)
    overtaken = Suggestion.objects.open().filter(customer=held)
    overtaken.update(settled_at=at, outcome=Suggestion.Outcome.LAPSED)
    Override.objects.create(
        customer=held, tier=tier, reason=reason, set_by_id=by.pk if by.is_staff else None, set_at=at, until=until
    )
    day = until.isoformat()
    if held.tier == tier:
        record(verbs.TIER_HELD, held, by=by, at=at, new=str(tier), until=day, reason=reason)
        return
    Customer.objects.filter(pk=held.pk).update(tier=tier, version=F("version") + 1, updated_at=at)
    Ruling.objects.filter(customer=held).delete()
    customer.tier, customer.version = tier, held.version + 1
    record(verbs.TIERED, held, by=by, at=at, old=held.tier, new=str(tier), reason=reason, until=day)


@transaction.atomic
def lift_override(customer: Customer, *, by: Actor, at: datetime) -> None:
    """Give the tier back to the rules before its day; they decide at once."""
    ensure(may_revise(by, customer))
    Customer.objects.select_for_update(of=("self",)).get(pk=customer.pk)
    if not Override.objects.standing().filter(customer=customer).update(ended_at=at):
        raise DomainError(_("No tier set by hand stands any more."))
    record(verbs.OVERRIDE_LIFTED, customer, by=by, at=at, new=customer.tier)
    rate_one(customer.pk, at=at)


def end_overrides(now: datetime) -> int:
    """End what has run out, some at a time: the rules decide again. Then remind of what ends soon."""
    run_out = Override.objects.run_out(localdate(now)).order_by("until", "pk")[:AT_ONCE]
    return sum(end_override(one, at=now) for one in run_out) or remind(now)


@transaction.atomic
def end_override(override: Override, *, at: datetime) -> bool:
    """End one, unless another worker has already done so."""
    customer = Customer.objects.select_for_update(of=("self",)).get(pk=override.customer_id)
    if not Override.objects.standing().filter(pk=override.pk).update(ended_at=at):
        return False
    record(verbs.OVERRIDE_ENDED, customer, by=CLOCKWORK, at=at, new=override.tier, until=override.until.isoformat())
    rate_one(customer.pk, at=at)
    return True


def remind(now: datetime) -> int:
    """Remind of overrides that end within the days the settings name; each once."""
    today = localdate(now)
    ending = Override.objects.to_remind_of(today=today, by=today + timedelta(days=TierTerms.now().remind_days))
    return sum(remind_of(one, at=now) for one in ending.select_related("customer").order_by("until", "pk")[:AT_ONCE])


@transaction.atomic
def remind_of(override: Override, *, at: datetime) -> bool:
    if not Override.objects.standing().filter(pk=override.pk, reminded_at=None).update(reminded_at=at):
        return False
    until = override.until.isoformat()
    record(verbs.OVERRIDE_ENDS, override.customer, by=CLOCKWORK, at=at, new=override.tier, until=until)
    return True


@transaction.atomic
def confirm(suggestion: Suggestion, *, by: Actor, at: datetime) -> None:
    """Follow a suggestion: the tier stands as one set by hand. Raises DomainError when it is settled already."""
    customer = suggestion.customer
    ensure(may_revise(by, customer))
    settle(suggestion, Suggestion.Outcome.CONFIRMED, by=by, at=at)
    until = localdate(at) + timedelta(days=TierTerms.now().override_days)
    overrule(customer, Tier(suggestion.tier), reason=suggestion.rule.name, until=until, by=by, at=at)


@transaction.atomic
def decline(suggestion: Suggestion, *, reason: str, by: Actor, at: datetime) -> None:
    """Leave the tier as it is, saying why; the suggestion rests as long as the settings say."""
    customer = suggestion.customer
    ensure(may_revise(by, customer))
    if not reason.strip():
        raise BadInput(_("Please say why not."), field="reason")
    settle(suggestion, Suggestion.Outcome.DECLINED, by=by, at=at, reason=reason.strip()[:200])
    words = {"new": suggestion.tier, "reason": reason.strip()[:200]}
    record(verbs.TIER_DECLINED, customer, by=by, at=at, **suggestion.rule.named, **words)


def settle(suggestion: Suggestion, outcome: Suggestion.Outcome, *, by: Actor, at: datetime, reason: str = "") -> None:
    person = by.pk if by.is_staff else None
    if (
        not Suggestion.objects.open()
        .filter(pk=suggestion.pk)
        .update(settled_at=at, outcome=outcome, settled_by=person, reason=reason)
    ):
        raise DomainError(_("This suggestion is settled already."))
