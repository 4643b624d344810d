"""The rules of the public pool: a new version each time, tried before it holds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate

from huiying.customers.models import Status, Tier
from huiying.engagement import pool_verbs as verbs
from huiying.engagement.models.pool import Days, PoolPolicy, PoolTerm
from huiying.engagement.pool_policies import may_set_pool_rules
from huiying.engagement.queries.pool import nearing, protections
from huiying.journal.actors import Actor
from huiying.journal.entries import record
from huiying.kit.guards import ensure, ensure_sound
from huiying.kit.turns import take_turns

AT_ONCE = 2000
Lines = Mapping[tuple[Status, Tier], Days]


@dataclass(frozen=True)
class Trial:
    """What the rules would do were they in force today."""

    warned: int
    reclaimed: int
    kept: int


@transaction.atomic
def revise_pool_rules(numbers: Mapping[str, object], lines: Lines, *, by: Actor, at: datetime) -> PoolPolicy:
    """Save the rules as the next version; it holds from now on."""
    ensure(may_set_pool_rules(by))
    take_turns("pool rules")
    made = PoolPolicy(version=PoolPolicy.now().version + 1, made_by_id=by.pk if by.is_staff else None, made_at=at)
    for name, value in numbers.items():
        setattr(made, name, value)
    ensure_sound(made)
    made.save(force_insert=True)
    terms = [
        PoolTerm(policy=made, status=status, tier=tier, contact_days=days.contact, progress_days=days.progress)
        for (status, tier), days in lines.items()
        if days != Days()
    ]
    for term in terms:
        ensure_sound(term)
    PoolTerm.objects.bulk_create(terms)
    record(verbs.RULES_CHANGED, made, by=by, at=at, version=made.version, active=made.is_active)
    return made


def try_rules(numbers: Mapping[str, object], lines: Lines, *, at: datetime) -> Trial:
    """Count whom the rules would warn of and take back: nothing is changed."""
    policy = PoolPolicy(version=0, **numbers)
    policy.drafted = {(str(status), str(tier)): days for (status, tier), days in lines.items()}
    today, after, warned, reclaimed, kept = localdate(at), 0, 0, 0, 0
    while keys := list(
        nearing(policy, at=at).filter(pk__gt=after).order_by("pk").values_list("pk", flat=True)[:AT_ONCE]
    ):
        after = keys[-1]
        for one in protections(nearing(policy, at=at).filter(pk__in=keys), policy, at=at):
            if one.kept_by:
                kept += 1
            elif one.safe.last_day < today:
                reclaimed += 1
            elif (one.safe.last_day - today).days <= policy.warn_days:
                warned += 1
    return Trial(warned=warned, reclaimed=reclaimed, kept=kept)
