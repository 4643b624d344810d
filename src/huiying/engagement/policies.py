"""Who may do what to keep relationships alive. The same predicate guards the action and shows the button."""

from __future__ import annotations

from datetime import datetime, timedelta

from huiying.customers.models import Customer
from huiying.engagement.models import CareRule, Interaction, PlannedContact
from huiying.journal.actors import Actor
from huiying.staff.models import User
from huiying.staff.models.user import UserQuerySet


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
    """Move and skip one's own planned contacts and those of whom one stands in for; leaders everybody's."""
    return may_work(by) and (planned.owner_id in {by.pk, *by.stands_in_for} or may_lead(by))


def may_set_care(by: Actor) -> bool:
    return by.can("settings.manage")


def may_lead(by: Actor) -> bool:
    """Plan for colleagues, send to many, and see the coverage of teams."""
    return by.can("care.lead")


def may_claim(by: Actor) -> bool:
    return by.can("care.claim")


def may_hand_over(by: Actor) -> bool:
    """Hand work over at all; whose, `handing_over_for` says."""
    return by.can("care.hand_over") or by.can("care.hand_over_all")


def handing_over_for(by: Actor) -> UserQuerySet:
    """Return whose work the actor may hand over: their own, that of the people they lead, or everybody's."""
    people: UserQuerySet = User.objects.all()
    if by.can("care.hand_over_all"):
        return people
    if not by.can("care.hand_over"):
        return people.none()
    own: UserQuerySet = people.filter(pk=by.pk or 0)
    return own | people.led_by(by)


def may_hand_over_for(by: Actor, person_id: int | None) -> bool:
    return may_hand_over(by) and handing_over_for(by).filter(pk=person_id or 0).exists()
