"""How often whom: setting care's policies. A change is the next version; the heartbeat plans by it from then on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from huiying.engagement import verbs
from huiying.engagement.drafts import PolicyDraft
from huiying.engagement.models import CarePolicy, CareRule, Means, Per
from huiying.engagement.policies import may_set_care
from huiying.journal.actors import Actor
from huiying.journal.entries import record
from huiying.kit.guards import BadInput, Stale, ensure, ensure_sound

MOST_TIMES = 12
LONGEST_HOURS = 24 * 30


@transaction.atomic
def set_policy(policy: CarePolicy, draft: PolicyDraft, *, by: Actor, at: datetime) -> CarePolicy:
    """Write the next version. Raises Stale when somebody has written a newer one meanwhile."""
    ensure(may_set_care(by))
    ensure_sensible(draft)
    if not CarePolicy.objects.filter(pk=policy.pk, retired_at=None).update(retired_at=at):
        raise Stale(_("Somebody changed this policy after you opened it. Please look at it again."))
    following = CarePolicy(
        tier=policy.tier, version=policy.version + 1, **{**asdict(draft), "means": list(draft.means)}
    )
    following.save()
    record(verbs.POLICY_SET, following, by=by, at=at, tier=policy.tier, version=following.version)
    return following


@transaction.atomic
def set_rule(values: Mapping[str, Any], *, by: Actor, at: datetime) -> None:
    """Say for how long a record may be corrected, when account managers are told, and what counts as missed."""
    ensure(may_set_care(by))
    rule = CareRule.current()
    before = CareRule.current()
    for name, value in values.items():
        setattr(rule, name, value)
    if not 0 <= rule.correctable_hours <= LONGEST_HOURS:
        raise BadInput(_("From 0 to {hours} hours.").format(hours=LONGEST_HOURS), field="correctable_hours")
    ensure_sound(rule)
    rule.save()
    if rule.correctable_hours != before.correctable_hours:
        record(verbs.RULE_SET, rule, by=by, at=at, hours=rule.correctable_hours)
    if (rule.told_at, rule.hand_days) != (before.told_at, before.hand_days):
        record(verbs.MORNING_SET, rule, by=by, at=at, told_at=f"{rule.told_at:%H:%M}", days=rule.hand_days)


def ensure_sensible(draft: PolicyDraft) -> None:
    if not 1 <= draft.times <= MOST_TIMES:
        raise BadInput(_("From 1 to {times} contacts.").format(times=MOST_TIMES), field="times")
    if draft.per not in Per.values:
        raise BadInput(_("Please choose a period."), field="per")
    if not draft.means or not set(draft.means) <= set(Means.values):
        raise BadInput(_("Please choose at least one means."), field="means")
    if draft.quiet_from == draft.quiet_until:
        raise BadInput(_("Quiet hours must end at another time than they begin."), field="quiet_until")
