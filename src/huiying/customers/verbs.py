"""What can happen to a customer's archive, each with the sentence a timeline shows. Facts hold no customer's words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from huiying.customers.models import Block, Contact, Customer, Order, Reach, Tier, TierTerms
from huiying.journal.verbs import Verb
from huiying.kit.guards import Sentence
from huiying.kit.templatetags.kit import money
from huiying.kit.text import in_reader_language
from huiying.kit.times import day_in_words


def field_names(codes: Sequence[str]) -> str:
    """Return the fields' names in the reader's language: ["since", "tier"] → “customer since, tier”."""
    return ", ".join(str(FIELD_NAMES.get(code, code)) for code in codes)


def tier_name(code: str) -> Sentence:
    return Tier(code).label if code in Tier else code


def reason_reads(reason: object) -> str:
    """Return why a tier changed: the reason somebody typed, or the rule, by its name in the reader's language."""
    if not isinstance(reason, Mapping):
        return str(reason)
    name = in_reader_language(str(reason.get("name", "")), str(reason.get("name_en", "")))
    return _("rule “{name}”, version {version}").format(name=name, version=reason.get("version"))


def changes_read(changes: Mapping[str, Sequence[object]]) -> str:
    told = ((TierTerms._meta.get_field(name), pair) for name, pair in changes.items())
    return "; ".join(f"{field.verbose_name} {old} → {new}" for field, (old, new) in told)  # type: ignore[union-attr]


def day_reads(day: str) -> str:
    return day_in_words(date.fromisoformat(day), today=localdate())


def reach_name(code: str) -> Sentence:
    return Reach.Kind(code).label if code in Reach.Kind else code


def block_names(codes: Sequence[str]) -> str:
    """Return the names of parts of the archive: ["contacts", "orders"] → “contacts, orders”."""
    return ", ".join(str(Block(code).label) if code in Block else code for code in codes)


def in_money(amount: str) -> str:
    return money(Decimal(amount))


FIELD_NAMES: dict[str, Sentence] = {
    field.name: field.verbose_name
    for model in (Order, Contact, Customer)
    for field in model._meta.fields
    if field.name != "id"
}

AMOUNTS = "customers.amounts"  # the power to see money
_FIELDS = {"fields": field_names}
_FIGURES = {"figures": AMOUNTS}
_NEW_UNTIL = {"new": tier_name, "until": day_reads}
_REACH = {"kind": reach_name}

CREATED = Verb("customer_created", _("entered the customer in the archive"))
REVISED = Verb("customer_revised", _("changed {fields}"), words=_FIELDS)
TIERED = Verb(
    "customer_tiered",
    _("changed the tier from {old} to {new}: {reason}"),
    words={"old": tier_name, "new": tier_name, "reason": reason_reads},
    guarded=_FIGURES,
)
TIER_HELD = Verb("tier_held", _("keeps the tier {new} until {until}: {reason}"), words=_NEW_UNTIL)
TIER_SUGGESTED = Verb(
    "tier_suggested",
    _("the rule “{name}” (version {version}) suggests the tier {new}"),
    words={"new": tier_name},
    guarded=_FIGURES,
)
TIER_DECLINED = Verb(
    "tier_declined",
    _("declined the tier {new} that the rule “{name}” suggests: {reason}"),
    words={"new": tier_name},
)
OVERRIDE_ENDS = Verb("override_ends", _("the tier {new} set by hand ends on {until}"), words=_NEW_UNTIL)
OVERRIDE_ENDED = Verb(
    "override_ended",
    _("the tier {new} set by hand ended on {until}; the rules decide again"),
    words=_NEW_UNTIL,
)
OVERRIDE_LIFTED = Verb(
    "override_lifted",
    _("gave the tier back to the rules; it was set by hand to {new}"),
    words={"new": tier_name},
)
TIER_RULE_ADDED = Verb("tier_rule_added", _("added the rule “{name}”"))
TIER_RULE_CHANGED = Verb("tier_rule_changed", _("changed the rule “{name}”: version {version}"))
TIER_RULE_DROPPED = Verb("tier_rule_dropped", _("dropped the rule “{name}”"))
TIER_RULE_MOVED = Verb("tier_rule_moved", _("moved the rule “{name}” above “{above}”"))
TIER_TERMS_CHANGED = Verb(
    "tier_terms_changed", _("changed the terms of tiers: {changes}"), words={"changes": changes_read}
)
CONFIRMED = Verb("customer_confirmed", _("confirmed as still true: {blocks}"), words={"blocks": block_names})
REVIEWS_DUE = Verb("reviews_due", _("{count} archives are due for review"))
REVIEW_RULE_CHANGED = Verb(
    "review_rule_changed",
    _("months between reviews: VIP {vip}, high {high}, potential {potential}, ordinary {ordinary}, project {project}"),
)
TAGGED = Verb("customer_tagged", _("tagged {tag}"))
UNTAGGED = Verb("customer_untagged", _("took off the tag {tag}"))
UNCOVERED = Verb("reach_uncovered", _("uncovered {kind} of a contact"), words=_REACH)
ALL_UNCOVERED = Verb("customer_uncovered", _("uncovered phones and addresses"))

MERGED = Verb("customer_merged", _("merged this entry into {number}, the same customer"))
TOOK_IN = Verb("customer_took_in", _("merged {number} into this customer, with all its history"))
UNMERGED = Verb("customer_unmerged", _("took this entry out of {number} again: it is somebody else"))
GAVE_BACK = Verb("customer_gave_back", _("took {number} out again: it is somebody else"))
TOLD_APART = Verb("customer_told_apart", _("found that {number} is not the same customer"))

CONTACT_ADDED = Verb("contact_added", _("added a contact"))
CONTACT_REVISED = Verb("contact_revised", _("changed a contact: {fields}"), words=_FIELDS)
CONTACT_LEFT = Verb("contact_left", _("noted that a contact is no longer there"))
CONTACT_BACK = Verb("contact_back", _("noted that a contact is there again"))
CONSENT_GIVEN = Verb("consent_given", _("wrote down a contact's consent"))
CONSENT_WITHDRAWN = Verb("consent_withdrawn", _("wrote down that a contact took the consent back"))
CONTACT_REMOVED = Verb("contact_removed", _("removed a contact"))
REACH_ADDED = Verb("reach_added", _("added {kind} to a contact"), words=_REACH)
REACH_REMOVED = Verb("reach_removed", _("removed {kind} from a contact"), words=_REACH)

ORDERED = Verb(
    "order_added", _("order {number} over {amount}"), words={"amount": in_money}, guarded={"amount": AMOUNTS}
)
ORDER_REVISED = Verb("order_revised", _("changed order {number}: {fields}"), words=_FIELDS)

SCORED = Verb("score_added", _("survey score {points}"))
USAGE_NOTED = Verb("usage_noted", _("usage: {lines} lines"))
PERK_ADDED = Verb("perk_added", _("added the perk “{name}”"))
PERK_CHANGED = Verb("perk_changed", _("changed the perk “{name}”"))

EXPORTED = Verb("customers_exported", _("exported {count} customers as {form}"))
EXPORTED_WHOLE = Verb(
    "customers_exported_whole",
    _("exported {count} customers as {form} with whole numbers and addresses: {reason}"),
    loud=True,
)
