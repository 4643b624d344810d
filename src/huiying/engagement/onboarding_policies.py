"""Who may do what with onboardings. The same predicate guards the action and shows the button."""

from __future__ import annotations

from huiying.customers.models import Customer
from huiying.engagement.models import MeetingTask, Onboarding
from huiying.engagement.policies import may_claim, may_lead, may_work
from huiying.journal.actors import Actor


def may_begin(by: Actor, customer: Customer) -> bool:
    """Whoever cares for customers, for each one they see."""
    return may_work(by) and customer.merged_into_id is None


def may_work_on(by: Actor, onboarding: Onboarding) -> bool:
    """Analyse the needs, note the meeting, pass a need on: those who care for customers and see this one, its owner."""
    if not may_work(by):
        return False
    return owns(by, onboarding) or Customer.objects.visible_to(by).filter(pk=onboarding.customer_id).exists()


def may_answer_for(by: Actor, onboarding: Onboarding) -> bool:
    """Call it off and take it up again: its owner, the account manager, who leads."""
    return may_work(by) and (owns(by, onboarding) or may_lead(by) or onboarding.customer.owner_id == by.pk)


def may_name_owner(by: Actor, onboarding: Onboarding) -> bool:
    """Give it to anybody: its owner and who leads."""
    return may_work(by) and (may_lead(by) or owns(by, onboarding))


def may_take_on(by: Actor, onboarding: Onboarding) -> bool:
    """Become the owner of what nobody looks after; a customer of nobody is claimed with it."""
    free = onboarding.owner_id is None and may_work_on(by, onboarding) and by.is_staff
    return free and (onboarding.customer.owner_id is not None or may_claim(by) or may_lead(by))


def may_tick(by: Actor, task: MeetingTask) -> bool:
    """Whoever shall do the task, whoever owns the onboarding, who leads."""
    return by.is_staff and (task.owner_id == by.pk or owns(by, task.onboarding) or may_lead(by))


def may_set_rule(by: Actor) -> bool:
    return by.can("settings.manage")


def owns(by: Actor, onboarding: Onboarding) -> bool:
    return by.is_staff and onboarding.owner_id is not None and onboarding.owner_id == by.pk
