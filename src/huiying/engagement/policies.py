"""Who may do what to keep relationships alive. The same predicate guards the action and shows the button."""

from __future__ import annotations

from datetime import datetime, timedelta

from huiying.customers.models import Customer
from huiying.engagement.models import CareRule, Interaction, PlannedContact
from huiying.journal.actors import Actor


def may_work(by: Actor) -> bool:
    """Plan and record contacts, and work on needs and warnings, of the customers one sees."""
    return by.can("care.work")


def may_record(by: Actor, customer: Customer) -> bool:
    return may_work(by) and customer.merged_into_id is None


def may_correct(by: Actor, interaction: Interaction, *, at: datetime, rule: CareRule) -> bool:
    """The author corrects a record as long as memory is fresh; later it stands as it was written."""
    is_fresh = at < interaction.recorded_at + timedelta(hours=rule.correctable_hours)
    return may_work(by) and by.is_staff and interaction.owner_id == by.pk and is_fresh


def may_tend(by: Actor, planned: PlannedContact) -> bool:
    """Move and skip one's own planned contacts; leaders everybody's."""
    return may_work(by) and (planned.owner_id == by.pk or may_lead(by))


def may_set_care(by: Actor) -> bool:
    return by.can("settings.manage")


def may_lead(by: Actor) -> bool:
    """Plan for colleagues, send to many, and see the coverage of teams."""
    return by.can("care.lead")


def may_claim(by: Actor) -> bool:
    return by.can("care.claim")


def may_hand_over(by: Actor) -> bool:
    return by.can("care.hand_over")
