"""How often whom: setting care's policies. A change is the next version; the heartbeat plans by it from then on."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from huiying.engagement import verbs
from huiying.engagement.drafts import PolicyDraft
from huiying.engagement.models import CarePolicy, CareRule, Means, Per
from huiying.engagement.policies import may_set_care
from huiying.journal.actors import Actor
from huiying.journal.entries import record
from huiying.kit.guards import BadInput, Stale, ensure

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
def set_rule(hours: int, *, by: Actor, at: datetime) -> None:
    """Say for how long a record may be corrected."""
    ensure(may_set_care(by))
    if not 0 <= hours <= LONGEST_HOURS:
        raise BadInput(_("From 0 to {hours} hours.").format(hours=LONGEST_HOURS), field="correctable_hours")
    rule = CareRule.current()
    if rule.correctable_hours == hours and not rule._state.adding:
        return
    rule.correctable_hours = hours
    rule.save()
    record(verbs.RULE_SET, rule, by=by, at=at, hours=hours)


def ensure_sensible(draft: PolicyDraft) -> None:
    if not 1 <= draft.times <= MOST_TIMES:
        raise BadInput(_("From 1 to {times} contacts.").format(times=MOST_TIMES), field="times")
    if draft.per not in Per.values:
        raise BadInput(_("Please choose a period."), field="per")
    if not draft.means or not set(draft.means) <= set(Means.values):
        raise BadInput(_("Please choose at least one means."), field="means")
    if draft.quiet_from == draft.quiet_until:
        raise BadInput(_("Quiet hours must end at another time than they begin."), field="quiet_until")
