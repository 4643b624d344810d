"""What people do with planned contacts: plan by hand, move to another day, skip with a reason, plan again."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from huiying.customers.models import Customer
from huiying.deadlines.catalogue import catalogue
from huiying.engagement import verbs
from huiying.engagement.drafts import PlanDraft
from huiying.engagement.models import CareRule, PlannedContact, State
from huiying.engagement.policies import may_lead, may_record, may_tend
from huiying.journal.actors import Actor
from huiying.journal.entries import record
from huiying.kit.guards import BadInput, DomainError, ensure, ensure_sound
from huiying.staff.models import User

FOR_COLLEAGUES = _("Only who leads care plans contacts for colleagues.")
NOT_OPEN = _("This contact is no longer planned: {state}.")
OUTSIDE = _("The plan asks for this contact between {begins} and {ends}.")
LEAST_REASON = 2


@transaction.atomic
def plan_contact(customer: Customer, draft: PlanDraft, *, by: Actor, at: datetime) -> PlannedContact:
    """Plan a contact by hand, besides what the tier's policy asks for."""
    ensure(may_record(by, customer))
    owner = draft.owner or customer.owner or User.objects.filter(pk=by.pk if by.is_staff else None).first()
    ensure(owner is None or owner.pk in {by.pk, customer.owner_id} or may_lead(by), FOR_COLLEAGUES)
    if draft.due_on < localdate(at):
        raise BadInput(_("This day is over."), field="due_on")
    planned = PlannedContact(
        customer=customer,
        owner=owner,
        tier=customer.tier,
        due_on=draft.due_on,
        means=draft.means,
        about=draft.about.strip(),
        is_fixed=True,
    )
    ensure_sound(planned)
    planned.save(force_insert=True)
    record(verbs.PLANNED, planned, by=by, at=at, day=draft.due_on.isoformat())
    return planned


@transaction.atomic
def move_contact(planned: PlannedContact, to: date, *, by: Actor, at: datetime) -> None:
    """Put a planned contact on another working day of its window; there it stays."""
    held = lock(planned, by=by)
    if held.state != State.PLANNED:
        raise DomainError(NOT_OPEN.format(state=held.get_state_display()))
    if to < localdate(at):
        raise BadInput(_("This day is over."), field="due_on")
    begins, ends = held.may_fall_on
    if begins is not None and ends is not None and not begins <= to <= ends:
        raise BadInput(OUTSIDE.format(begins=begins, ends=ends), field="due_on")
    if not works_on(held, to):
        raise BadInput(_("Nobody works on this day."), field="due_on")
    old, held.due_on, held.is_fixed = held.due_on, to, True
    held.save(update_fields=["due_on", "is_fixed"])
    record(verbs.MOVED, held, by=by, at=at, old=old.isoformat(), day=to.isoformat())


@transaction.atomic
def skip_contact(planned: PlannedContact, reason: str, *, by: Actor, at: datetime) -> None:
    """Let a planned contact go, saying why. It still counts as due: coverage tells what customers heard of us."""
    held = lock(planned, by=by)
    if not held.is_open:
        raise DomainError(NOT_OPEN.format(state=held.get_state_display()))
    if len(reason.strip()) < LEAST_REASON:
        raise BadInput(_("Please say why it is skipped."), field="reason")
    held.state, held.skip_reason = State.SKIPPED, reason.strip()[:200]
    held.save(update_fields=["state", "skip_reason"])
    record(verbs.SKIPPED, held, by=by, at=at, day=held.due_on.isoformat())


@transaction.atomic
def revive_contact(planned: PlannedContact, *, by: Actor, at: datetime) -> None:
    """Plan again what was skipped, as long as its window lasts."""
    held = lock(planned, by=by)
    if held.state != State.SKIPPED or held.is_excused:
        raise DomainError(NOT_OPEN.format(state=held.get_state_display()))
    if held.is_over(localdate(at), hand_days=CareRule.current().hand_days):
        raise DomainError(_("Its period is over."))
    held.state, held.skip_reason = State.PLANNED, ""
    held.save(update_fields=["state", "skip_reason"])
    record(verbs.REVIVED, held, by=by, at=at, day=held.due_on.isoformat())


def lock(planned: PlannedContact, *, by: Actor) -> PlannedContact:
    """Return the row as it stands, held for this deed. Raises Refused for somebody else's.

    The owner is fetched by themself: PostgreSQL, having waited for the row, joins it with what stood before.
    """
    held = PlannedContact.objects.select_for_update().get(pk=planned.pk)
    ensure(may_tend(by, held), _("This contact is a colleague's."))
    return held


def works_on(planned: PlannedContact, day: date) -> bool:
    """Say whether the owner's calendar is open; a day off of their own is theirs to give up."""
    known = catalogue()
    department = planned.owner.department_id if planned.owner else None
    return known.calendar(known.calendar_of(department)).is_working_day(day)
