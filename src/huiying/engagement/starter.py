"""The starter pack: how often customers of each tier hear from us (SPEC B1). Installing it again changes nothing."""

from __future__ import annotations

from django.db import transaction

from huiying.customers.models import Tier
from huiying.engagement import verbs
from huiying.engagement.models import CarePolicy, Means, Per
from huiying.journal.actors import STARTER
from huiying.journal.entries import record

CLOSE, WRITTEN, MASS = (Means.PHONE, Means.VISIT), (Means.WECHAT, Means.EMAIL), (Means.SMS, Means.SYSTEM)
TABLE = (
    (Tier.VIP, 1, Per.MONTH, CLOSE),
    (Tier.HIGH, 1, Per.MONTH, CLOSE),
    (Tier.POTENTIAL, 2, Per.QUARTER, WRITTEN),
    (Tier.ORDINARY, 1, Per.QUARTER, MASS),
)


@transaction.atomic
def install_starter_pack() -> None:
    """Add the policies of tiers that have none."""
    known = set(CarePolicy.objects.values_list("tier", flat=True))
    for tier, times, per, means in TABLE:
        if tier not in known:
            policy = CarePolicy(tier=tier, times=times, per=per, means=[str(one) for one in means])
            policy.save()
            record(verbs.POLICY_SET, policy, by=STARTER, tier=str(tier), version=1)
