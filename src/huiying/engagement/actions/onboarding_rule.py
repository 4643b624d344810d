"""Whose onboarding begins by itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction

from huiying.engagement import onboarding_verbs as verbs
from huiying.engagement.models import OnboardingRule
from huiying.engagement.onboarding_policies import may_set_rule
from huiying.journal.actors import Actor
from huiying.journal.entries import record
from huiying.kit.guards import ensure
from huiying.kit.turns import take_turns


@transaction.atomic
def revise_rule(chosen: Mapping[str, Sequence[str]], *, by: Actor, at: datetime) -> OnboardingRule:
    """Change the rule for those who are entered from now on; what is under way stays."""
    ensure(may_set_rule(by))
    take_turns("onboarding rule")
    rule = OnboardingRule.now()
    old = {name: getattr(rule, name) for name in chosen}
    for name, codes in chosen.items():
        setattr(rule, name, list(codes))
    rule.version = rule.version + 1 if OnboardingRule.objects.filter(pk=1).exists() else 1
    rule.save()
    facts = {"version": rule.version, "doors": rule.doors, "old": old, "new": {**chosen}}
    record(verbs.RULE_CHANGED, rule, by=by, at=at, **facts)
    return rule
