"""What can happen between a customer and the public pool, each with the sentence a timeline shows."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from huiying.engagement.verbs import day_name, means_name, tier_name
from huiying.journal.verbs import Verb
from huiying.kit.guards import Sentence

COUNTED: dict[str, Sentence] = {
    "contact": _("days without a contact"),
    "progress": _("days without becoming an active customer"),
}
WAYS: dict[str, Sentence] = {
    "none": pgettext_lazy("introduction", "nothing"),
    "message": _("a message"),
    "call": _("a call by the new account manager"),
}


def counted_name(code: str) -> Sentence:
    return COUNTED.get(code, code)


def way_name(code: str) -> Sentence:
    return WAYS.get(code, code)


_FIGURES = {"counted": counted_name, "last_day": day_name, "basis": day_name}
_UNTIL = {"until": day_name}

WARNED = Verb("pool_warned", _("goes to the public pool after {last_day}: {days} {counted}"), words=_FIGURES)
RECLAIMED = Verb(
    "pool_reclaimed",
    _("went to the public pool: {days} {counted} since {basis}, looked after by {owner} (rules, version {version})"),
    loud=True,
    words=_FIGURES,
)
RELEASED = Verb("pool_released", _("released the customer to the public pool: {reason}"))
CLAIMED = Verb("pool_claimed", _("claimed the customer from the public pool"))
ASSIGNED = Verb("pool_assigned", _("assigned the customer to {to} from the public pool"))
LOCKED = Verb("pool_locked", _("locked the customer against the public pool until {until}: {reason}"), words=_UNTIL)
UNLOCKED = Verb("pool_unlocked", _("lifted the lock against the public pool"))
EXTENDED = Verb("pool_extended", _("extended the time before the public pool by {days} days: {reason}"))
HANDED_OVER = Verb("customer_handed_over", _("handed the customer over from {owner} to {to}: {reason}"))
RULES_CHANGED = Verb("pool_rules_changed", _("changed the rules of the public pool: version {version}"))
INTRODUCED = Verb("customer_introduced", _("told the customer of {to} by {means}"), words={"means": means_name})
INTRODUCTIONS_CHANGED = Verb(
    "introductions_changed",
    _("customers of tier {tier} hear of a hand-over: {way}"),
    words={"tier": tier_name, "way": way_name},
)
SUCCEEDED = Verb("succession_done", _("handed {given} things of {name} over"))
SUCCESSION_PLANNED = Verb(
    "succession_planned", _("planned to hand the work of {name} over on {day}"), words={"day": day_name}
)
SUCCESSION_CALLED_OFF = Verb("succession_called_off", _("called off the hand-over of the work of {name}"))
SUCCESSION_STOPPED = Verb(
    "succession_stopped", _("called off the hand-over of the work of {name}: {reason}"), loud=True
)
SUCCESSION_UNDONE = Verb("succession_undone", _("put back what {name} had handed over"))
