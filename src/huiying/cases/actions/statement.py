"""One answer to all customers of an incident, and verifying with each of them (SPEC C12)."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from huiying.cases.actions.conversation import answer
from huiying.cases.actions.incident import held_incident, incident_step
from huiying.cases.actions.recusal import named_in
from huiying.cases.models import Case, Incident, Membership, Statement
from huiying.cases.policies import may_lead_incident, may_work_on_incident
from huiying.cases.verbs import (
    INCIDENT_ANSWERED,
    INCIDENT_MEMBER_CURED,
    INCIDENT_MEMBER_NOT_CURED,
    INCIDENT_VERIFIED,
)
from huiying.channels.models.endpoint import Channel
from huiying.channels.words import Words
from huiying.customers.queries import email_of
from huiying.journal.actors import Actor
from huiying.kit.guards import BadInput, DomainError, ensure
from huiying.staff.actors import actor_of
from huiying.staff.models import User

AT_ONCE = 50
TO_CALL = _("no mail can reach them: please call")
NAMED = _("whoever published it is complained about here: somebody else must call")
NOBODY = _("the caller is not known")


@transaction.atomic
def publish(incident: Incident, text: str, *, by: Actor, at: datetime) -> Statement:
    """Say one thing to every customer of the incident, and to those who join later. Raises BadInput for no words.

    The heartbeat carries it to each case as an answer of whoever published it, see `tell_members`.
    """
    incident = held_incident(incident, by)
    ensure(may_lead_incident(by, incident), _("You are not allowed to lead this incident."))
    if not text.strip():
        raise BadInput(_("There is nothing to send yet."), field="text")
    version = incident.statements.count() + 1
    statement = Statement.objects.create(
        incident=incident, version=version, text=text.strip(), made_by_id=by.pk if by.is_staff else None, at=at
    )
    incident_step(INCIDENT_ANSWERED, incident, by=by, at=at, version=version)
    return statement


def tell_members(now: datetime) -> int:
    """Carry statements to members who have not been told; return how many were. Each is claimed by one worker."""
    untold = Membership.objects.untold().select_related("incident", "case__customer", "case__contact")
    return sum(tell_member(membership, at=now) for membership in untold.order_by("id")[:AT_ONCE])


@transaction.atomic
def tell_member(membership: Membership, *, at: datetime) -> bool:
    """Tell one customer what holds now. Where that cannot be done, the member says why and can be called."""
    statement = membership.incident.statements.select_related("made_by").last()
    if statement is None:
        return False
    version = statement.version
    claimed = Membership.objects.standing().filter(pk=membership.pk, told=membership.told)
    if not claimed.update(told=version, told_at=at, not_told=""):
        return False
    refusal = said_to(membership.case, statement, at=at)
    if refusal:
        Membership.objects.filter(pk=membership.pk).update(told_at=None, not_told=refusal[:200])
    return True


def said_to(case: Case, statement: Statement, *, at: datetime) -> str:
    """Say the statement to the customer of one case; return why that could not be done, "" when it was."""
    if case.customer is None:
        return str(NOBODY)
    if statement.made_by_id in named_in(case):
        return str(NAMED)
    if not (settings.EMAIL_URL and email_of(case.customer, case.contact)):
        return str(TO_CALL)
    maker = User.objects.with_standing().get(pk=statement.made_by_id)
    try:
        with transaction.atomic():
            answer(case, Words(text=statement.text, channel=Channel.EMAIL), by=actor_of(maker), at=at)
    except DomainError as refusal:
        return str(refusal)
    return ""


@transaction.atomic
def tell_by_phone(membership: Membership, *, by: Actor, at: datetime) -> None:
    """Note that somebody said the latest statement to a customer on the phone."""
    incident = held_incident(membership.incident, by)
    ensure(may_work_on_incident(by, incident), _("You are not allowed to work on this incident."))
    statement = incident.statements.last()
    if statement is None:
        raise DomainError(_("There is no answer to all yet."))
    answer(membership.case, Words(text=statement.text, channel=Channel.PHONE), by=by, at=at)
    Membership.objects.filter(pk=membership.pk).update(told=statement.version, told_at=at, not_told="")


@transaction.atomic
def verify(membership: Membership, *, cured: bool, remark: str, by: Actor, at: datetime) -> Membership:
    """Note what a customer says of the cure. When the last one is content, the incident is verified."""
    incident = held_incident(membership.incident, by)
    ensure(by.is_customer or may_work_on_incident(by, incident), _("You are not allowed to work on this incident."))
    membership = Membership.objects.select_related("case").get(pk=membership.pk)
    if membership.left_at is not None:
        raise DomainError(_("This case was taken out already."))
    membership.cured, membership.remark = cured, remark.strip()[:200]
    membership.verified_at, membership.verified_by_id = at, by.pk if by.is_staff else None
    membership.save(update_fields=["cured", "remark", "verified_at", "verified_by"])
    verb = INCIDENT_MEMBER_CURED if cured else INCIDENT_MEMBER_NOT_CURED
    incident_step(verb, incident, by=by, at=at, number=membership.case.number)
    if cured and not incident.members.standing().exclude(cured=True).exists():
        incident_step(INCIDENT_VERIFIED, incident, by=by, at=at)
    return membership
