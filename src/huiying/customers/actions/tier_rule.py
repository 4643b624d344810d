"""Changing the rules for tiers: a change is the next version and decisions keep theirs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from huiying.customers import verbs
from huiying.customers.models import Tier, TierRule, TierTerms
from huiying.customers.policies import may_set_tier_rules
from huiying.customers.tiering.conditions import Condition
from huiying.journal.actors import Actor
from huiying.journal.entries import record
from huiying.kit.guards import BadInput, DomainError, Stale, ensure, ensure_sound
from huiying.kit.turns import take_turns

MOST_CONDITIONS = 12
MOST_RULES = 50
TERMS = ("override_days", "remind_days", "rest_days", "hour")


@dataclass(frozen=True, kw_only=True)
class RuleDraft:
    """A rule as it shall be."""

    name: str
    tier: Tier
    deed: TierRule.Deed
    conditions: Sequence[Condition]
    name_en: str = ""
    may_lower: bool = False
    active: bool = True


@transaction.atomic
def add_rule(draft: RuleDraft, *, by: Actor, at: datetime) -> TierRule:
    """Add a rule that is asked before all others; it can be moved down."""
    ensure(may_set_tier_rules(by))
    ensure_sensible(draft)
    current = in_turn()
    if len(current) >= MOST_RULES:
        raise BadInput(_("More than {most} rules nobody can overlook.").format(most=MOST_RULES))
    code = free_code()
    first = min((rule.position for rule in current), default=100)
    if first == 0:
        raise BadInput(_("Please move a rule first; there is no room above."))
    rule = written(draft, code=code, version=1, position=first - 1)
    record(verbs.TIER_RULE_ADDED, rule, by=by, at=at, **rule.named)
    return rule


@transaction.atomic
def revise_rule(rule: TierRule, draft: RuleDraft, *, by: Actor, at: datetime) -> TierRule:
    """Write the next version of a rule. Raises Stale when somebody has written a newer one meanwhile."""
    ensure(may_set_tier_rules(by))
    ensure_sensible(draft)
    in_turn()
    retire(rule, at=at)
    following = written(draft, code=rule.code, version=rule.version + 1, position=rule.position)
    record(verbs.TIER_RULE_CHANGED, following, by=by, at=at, **following.named)
    return following


@transaction.atomic
def drop_rule(rule: TierRule, *, by: Actor, at: datetime) -> None:
    """Let a rule be asked no longer; what it decided stays."""
    ensure(may_set_tier_rules(by))
    in_turn()
    retire(rule, at=at)
    record(verbs.TIER_RULE_DROPPED, rule, by=by, at=at, **rule.named)


@transaction.atomic
def move_up(rule: TierRule, *, by: Actor, at: datetime) -> TierRule:
    """Let a rule be asked before the one above it; both go on as their next version."""
    ensure(may_set_tier_rules(by))
    above = [one for one in in_turn() if one.position < rule.position]
    if not above:
        raise DomainError(_("This rule is asked first already."))
    passed = above[-1]
    retire(passed, at=at)
    retire(rule, at=at)
    again(passed, position=rule.position)
    moved = again(rule, position=passed.position)
    record(verbs.TIER_RULE_MOVED, moved, by=by, at=at, **moved.named, above=passed.name, above_en=passed.name_en)
    return moved


@transaction.atomic
def set_terms(wished: TierTerms, *, by: Actor, at: datetime) -> None:
    """Set the numbers around tiers."""
    ensure(may_set_tier_rules(by))
    ensure_sound(wished)
    before = TierTerms.now()
    changes = {name: [getattr(before, name), getattr(wished, name)] for name in TERMS}
    changes = {name: pair for name, pair in changes.items() if pair[0] != pair[1]}
    if changes:
        kept, _made = TierTerms.objects.update_or_create(pk=1, defaults={name: getattr(wished, name) for name in TERMS})
        record(verbs.TIER_TERMS_CHANGED, kept, by=by, at=at, changes=changes)


def ensure_sensible(draft: RuleDraft) -> None:
    if not draft.name.strip():
        raise BadInput(_("Please give the rule a name."), field="name")
    if not draft.conditions and (draft.deed == TierRule.Deed.SUGGEST or draft.tier != Tier.ORDINARY):
        raise BadInput(_("Without a condition the rule would hold for everybody; please add one."))
    if len(draft.conditions) > MOST_CONDITIONS:
        raise BadInput(_("At most {most} conditions.").format(most=MOST_CONDITIONS))


def in_turn() -> list[TierRule]:
    """Return the rules in force; whoever changes them meanwhile waits."""
    take_turns("tier rules")
    return list(TierRule.objects.current())


def retire(rule: TierRule, *, at: datetime) -> None:
    if not TierRule.objects.current().filter(pk=rule.pk).update(retired_at=at):
        raise Stale(_("Somebody changed this rule after you opened it. Please look at it again."))


def drafted(draft: RuleDraft, *, code: str, version: int, position: int) -> TierRule:
    """Return the rule, not yet written."""
    return TierRule(
        code=code,
        version=version,
        position=position,
        name=draft.name.strip()[:60],
        name_en=draft.name_en.strip()[:60],
        tier=draft.tier,
        deed=draft.deed,
        may_lower=draft.may_lower,
        active=draft.active,
        conditions=[condition.kept() for condition in draft.conditions],
    )


def written(draft: RuleDraft, **place: Any) -> TierRule:
    rule = drafted(draft, **place)
    rule.save()
    return rule


def again(rule: TierRule, *, position: int) -> TierRule:
    """Write the next version of a rule, alike but for its place."""
    alike = ("code", "name", "name_en", "tier", "deed", "may_lower", "active", "conditions")
    following = TierRule(**{name: getattr(rule, name) for name in alike}, version=rule.version + 1, position=position)
    following.save()
    return following


def free_code() -> str:
    taken = set(TierRule.objects.values_list("code", flat=True))
    return next(code for number in range(1, 100_000) if (code := f"rule-{number}") not in taken)
