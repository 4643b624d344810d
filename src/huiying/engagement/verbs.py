"""What can happen in care, each with the sentence a timeline shows. Facts hold no customer's words."""

from __future__ import annotations

from datetime import date

from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from huiying.customers.models import Tier
from huiying.engagement.models import Means
from huiying.journal.verbs import Verb
from huiying.kit import times
from huiying.kit.guards import Sentence


def means_name(code: str) -> Sentence:
    return Means(code).label if code in Means else code


def tier_name(code: str) -> Sentence:
    return Tier(code).label if code in Tier else code


def day_name(day: str) -> str:
    """Say a day kept as 2026-03-02 as people do."""
    return times.day_in_words(date.fromisoformat(day), today=localdate())


RECORDED = Verb("contact_recorded", _("{day}, by {means}"), words={"means": means_name, "day": day_name})
PLANNED = Verb("contact_planned", _("planned a contact for {day}"), words={"day": day_name})
MOVED = Verb("contact_moved", _("moved a contact from {old} to {day}"), words={"old": day_name, "day": day_name})
SKIPPED = Verb("contact_skipped", _("skipped the contact planned for {day}"), words={"day": day_name})
REVIVED = Verb("contact_revived", _("planned the skipped contact for {day} again"), words={"day": day_name})
HELD = Verb("contact_held", _("holds the contact planned for {day} while a complaint is open"), words={"day": day_name})
RELEASED = Verb("contact_released", _("planned the held contact for {day}"), words={"day": day_name})
MISSED = Verb("contact_missed", _("the contact planned for {day} was missed"), words={"day": day_name}, loud=True)
MORNING = Verb("care_morning", _("{today} contacts planned for today, {overdue} overdue"))
MORNING_FOR = Verb("care_morning_for", _("for {name}: {today} contacts planned for today, {overdue} overdue"))
LEFT_UNDONE = Verb("care_left_undone", _("{count} planned contacts were missed"), loud=True)
PLANNED_AHEAD = Verb("care_planned", _("planned {count} contacts ahead"))
POLICY_SET = Verb("care_policy_set", _("set care for the tier {tier}: version {version}"), words={"tier": tier_name})
RULE_SET = Verb("care_rule_set", _("records of contact can be corrected for {hours} hours"))
MORNING_SET = Verb(
    "care_morning_set",
    _("account managers are told at {told_at}; what a person planned counts as missed after {days} days"),
)
CORRECTED = Verb("contact_corrected", _("corrected the record of a contact"))
