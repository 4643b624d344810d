"""Letting the rules decide on tiers: each night for everybody, and soon after something changed for one customer."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime, timedelta

from django.db import models, transaction
from django.db.models import F
from django.utils.timezone import localdate, localtime

from huiying.customers import verbs
from huiying.customers.models import Customer, Override, Round, Ruling, Suggestion, Tally, TierRule, TierTerms
from huiying.customers.tiering.deciding import Move, Rules
from huiying.customers.tiering.facts import Range, next_range, only, subjects_in
from huiying.journal.actors import CLOCKWORK
from huiying.journal.entries import Subject, entry_about, record_all
from huiying.journal.models import Entry
from huiying.journal.verbs import Verb

AT_ONCE = 2_000
LABEL = Customer._meta.label_lower


@dataclass
class Found:
    """What was done or, in a trial, would be done to some customers."""

    raised: int = 0
    lowered: int = 0
    suggested: int = 0
    held: int = 0

    def add_to(self, tally: models.QuerySet[Tally]) -> None:
        tally.update(**{name.name: F(name.name) + getattr(self, name.name) for name in fields(self)})


def rate_customers(now: datetime) -> int:
    """Decide on the next customers of the night's round; return how many were considered."""
    today, terms = localdate(now), TierTerms.now()
    if localtime(now).hour < terms.hour:
        return 0
    round_ = Round.objects.filter(day=today).first() or begin(today)
    return 0 if round_.ended_at is not None else walk(round_, now)


def begin(day: date) -> Round:
    last = Customer.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    return Round.objects.get_or_create(day=day, defaults={"last_pk": last})[0]


@transaction.atomic
def walk(round_: Round, now: datetime) -> int:
    """Claim the next customers and decide on them, in one transaction; 0 where another worker was first."""
    following = next_range(round_.next_pk, at_most=AT_ONCE)
    if following is None:
        Round.objects.filter(pk=round_.pk, ended_at=None).update(ended_at=now)
        return 0
    range_, count = following
    if not Round.objects.claim(round_, up_to=range_.up_to, count=count):
        return 0
    rate(range_, Rules(TierRule.objects.current()), at=now).add_to(Round.objects.filter(pk=round_.pk))
    return count


@transaction.atomic
def rate_one(customer_id: int, *, at: datetime) -> Found:
    """Let the rules decide on one customer now."""
    return rate(only(customer_id), Rules(TierRule.objects.current()), at=at)


def rate(range_: Range, rules: Rules, *, at: datetime) -> Found:
    """Change tiers as the rules ask and leave suggestions; a tier set by hand is left alone."""
    subjects = subjects_in(range_, rules.words, last=rules.last, on=localdate(at))
    free = [subject for subject in subjects if not subject.is_held]
    wanted = [move for subject in free if (move := rules.change(subject))]
    changed = apply(wanted, at=at)
    now = {move.pk: move.new for move in changed}
    suggestions = [move for one in free if (move := rules.suggestion(one)) and now.get(one.pk) != move.new]
    lowered = sum(move.lowers for move in changed)
    suggested = len(suggest(range_, suggestions, at=at))
    held = sum(1 for one in subjects if one.is_held and rules.change(one))
    return Found(raised=len(changed) - lowered, lowered=lowered, suggested=suggested, held=held)


def apply(moves: Sequence[Move], *, at: datetime) -> list[Move]:
    """Write the changes of customers whose tier is still the one decided on and not held; return them."""
    if not moves:
        return []
    keys = [move.pk for move in moves]
    locked = Customer.objects.current().select_for_update(of=("self",)).filter(pk__in=keys).order_by("pk")
    present = dict(locked.values_list("pk", "tier"))
    held = set(Override.objects.standing().filter(customer__in=keys).values_list("customer_id", flat=True))
    sound = [move for move in moves if present.get(move.pk) == move.old and move.pk not in held]
    by_tier: dict[str, list[int]] = defaultdict(list)
    for move in sound:
        by_tier[move.new].append(move.pk)
    for tier, pks in by_tier.items():
        Customer.objects.filter(pk__in=pks).update(tier=tier, version=F("version") + 1, updated_at=at)
    keep_rulings(sound, at=at)
    record_all([(entry(verbs.TIERED, move, at=at, old=move.old, reason=move.rule.named), Customer) for move in sound])
    return sound


def keep_rulings(moves: Sequence[Move], *, at: datetime) -> None:
    rows = [Ruling(customer_id=one.pk, rule=one.rule, tier=one.new, figures=one.figures, at=at) for one in moves]
    Ruling.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["customer"],
        update_fields=["rule", "tier", "figures", "at"],
        batch_size=500,
    )


def suggest(range_: Range, moves: Sequence[Move], *, at: datetime) -> list[Move]:
    """Leave the suggestions that are not there yet; those that no longer fit lapse. Return the new ones."""
    open_ = dict(range_.of(Suggestion.objects.open()).values_list("customer_id", "tier"))
    fitting = {move.pk: move.new for move in moves}
    lapsed = [pk for pk, tier in open_.items() if fitting.get(pk) != tier]
    if lapsed:
        gone = Suggestion.objects.open().filter(customer__in=lapsed)
        gone.update(settled_at=at, outcome=Suggestion.Outcome.LAPSED)
    if not moves:
        return []
    rest = at - timedelta(days=TierTerms.now().rest_days)
    declined = range_.of(Suggestion.objects.declined().filter(settled_at__gt=rest))
    resting = set(declined.values_list("customer_id", "tier"))
    new = [one for one in moves if open_.get(one.pk) != one.new and (one.pk, one.new) not in resting]
    rows = [Suggestion(customer_id=one.pk, rule=one.rule, tier=one.new, figures=one.figures, made_at=at) for one in new]
    Suggestion.objects.bulk_create(rows, batch_size=500)
    record_all([(entry(verbs.TIER_SUGGESTED, one, at=at, **one.rule.named), Customer) for one in new])
    return new


def entry(verb: Verb, move: Move, *, at: datetime, **facts: object) -> Entry:
    about = Subject(LABEL, move.pk, move.pk)
    return entry_about(verb, about, by=CLOCKWORK, at=at, new=move.new, figures=move.figures, **facts)
