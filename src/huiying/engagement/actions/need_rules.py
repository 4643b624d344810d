"""The numbers and words by which needs are suggested, and the limits of products."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from huiying.engagement import need_verbs as verbs
from huiying.engagement.models.need_rules import NeedRules, ProductLimit
from huiying.engagement.need_policies import may_set_rules
from huiying.journal.actors import Actor
from huiying.journal.entries import record
from huiying.kit.guards import ensure, ensure_sound


@transaction.atomic
def revise_rules(values: Mapping[str, object], *, by: Actor, at: datetime) -> NeedRules:
    """Change the rules from now on; what was suggested stays."""
    ensure(may_set_rules(by))
    rules = NeedRules.now()
    old = {name: getattr(rules, name) for name in values}
    for name, value in values.items():
        setattr(rules, name, value)
    ensure_sound(rules)
    rules.version = rules.version + 1 if NeedRules.objects.filter(pk=1).exists() else 1
    rules.save()
    record(verbs.RULES_CHANGED, rules, by=by, at=at, version=rules.version, old=old, new=dict(values))
    return rules


@transaction.atomic
def set_limit(product: str, times: int, *, by: Actor, at: datetime) -> ProductLimit:
    """Say how often a product may be used in thirty days."""
    ensure(may_set_rules(by))
    limit = ProductLimit.objects.filter(product=product.strip()).first() or ProductLimit(product=product.strip())
    limit.times = times
    ensure_sound(limit)
    limit.save()
    record(verbs.LIMIT_SET, limit, by=by, at=at, product=limit.product, times=times)
    return limit


@transaction.atomic
def remove_limit(limit: ProductLimit, *, by: Actor, at: datetime) -> None:
    ensure(may_set_rules(by))
    record(verbs.LIMIT_REMOVED, limit, by=by, at=at, product=limit.product)
    limit.delete()
