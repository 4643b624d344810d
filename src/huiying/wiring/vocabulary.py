"""What the policies of deadlines may speak of."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from huiying.cases import verbs as case_verbs
from huiying.cases.models import Kind, Level, Urgency
from huiying.channels.models.endpoint import Channel
from huiying.customers.models import Status, Tier
from huiying.deadlines.vocabulary import Word
from huiying.engagement import onboarding_verbs
from huiying.engagement.models import NeedsAnalysis

# What the policies of deadlines may look at, and the deeds that may move a clock.
SITUATION = {
    "kind": Word(label=_("kind"), codes=Kind.choices),
    "level": Word(label=_("level"), codes=Level.choices),
    "urgency": Word(label=_("urgency"), codes=Urgency.choices),
    "tier": Word(label=_("tier"), codes=Tier.choices),
    "channel": Word(label=_("channel"), codes=Channel.choices),
    "status": Word(label=_("status of the customer"), codes=Status.choices),
    "need_type": Word(label=_("type of need"), codes=NeedsAnalysis.Type.choices),
    "priority": Word(label=_("priority of the need"), codes=NeedsAnalysis.Priority.choices),
    "complexity": Word(
        label=_("complexity of the need"),
        codes=[("simple", pgettext_lazy("need", "simple")), ("complex", pgettext_lazy("need", "complex"))],
    ),
}
DEEDS = (
    case_verbs.REGISTERED,
    case_verbs.ACCEPTED,
    case_verbs.ASSIGNED,
    case_verbs.RECEIVED_WORD,
    case_verbs.SENT_WORD,
    case_verbs.FOUND_OUT,
    case_verbs.OFFERED,
    case_verbs.OFFER_ACCEPTED,
    case_verbs.OFFER_DECLINED,
    case_verbs.CARRIED_OUT,
    case_verbs.CONFIRMED,
    case_verbs.CLOSED,
    case_verbs.NOT_CURED,
    case_verbs.REOPENED,
    case_verbs.WITHDRAWN,
    case_verbs.INVALIDATED,
    case_verbs.URGED,
    case_verbs.PRESSED,
    case_verbs.PRESS_ANSWERED,
    case_verbs.INCIDENT_DECLARED,
    case_verbs.INCIDENT_TEAM_FORMED,
    case_verbs.INCIDENT_ANSWERED,
    case_verbs.INCIDENT_VERIFIED,
    case_verbs.INCIDENT_ENDED,
    case_verbs.INCIDENT_CALLED_OFF,
    case_verbs.TASK_FORCE_FORMED,
    case_verbs.TASK_FORCE_PLANNED,
    case_verbs.TASK_FORCE_DISBANDED,
    onboarding_verbs.BEGUN,
    onboarding_verbs.ANALYSED,
    onboarding_verbs.ANALYSIS_REVISED,
    onboarding_verbs.OWNER_NAMED,
    onboarding_verbs.FOLLOWED_UP,
    onboarding_verbs.VISITED,
    onboarding_verbs.MEETING_HELD,
    onboarding_verbs.COMPLETED,
    onboarding_verbs.CALLED_OFF,
)
