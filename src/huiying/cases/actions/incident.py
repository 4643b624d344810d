"""Group incidents: declared, with a team, ended or called off (SPEC C12)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from huiying.cases.actions.step import held, next_due, step
from huiying.cases.models import Candidate, Case, Incident, IncidentPerson, Membership, Recusal, Suspicion
from huiying.cases.policies import may_declare_incident, may_lead_incident, may_work_on_incident
from huiying.cases.verbs import (
    INCIDENT_CALLED_OFF,
    INCIDENT_CANDIDATE_REFUSED,
    INCIDENT_DECLARED,
    INCIDENT_ENDED,
    INCIDENT_JOINED,
    INCIDENT_MEMBER_LEFT,
    INCIDENT_TEAM_FORMED,
    JOINED_INCIDENT,
    LEFT_INCIDENT,
)
from huiying.deadlines.actions import Answerable, follow
from huiying.journal.actors import Actor
from huiying.journal.entries import record
from huiying.journal.models import Entry
from huiying.journal.numbers import next_value
from huiying.journal.verbs import Verb
from huiying.kit.guards import BadInput, DomainError, ensure
from huiying.kit.turns import take_turns
from huiying.staff.actors import actor_of
from huiying.staff.models import User

NUMBERS_NAMED = 5


@dataclass(frozen=True, kw_only=True)
class IncidentDraft:
    """A group incident before it has a number: what it is about, what is known, and who leads it."""

    title: str
    lead: User
    known: str = ""


@transaction.atomic
def declare(
    draft: IncidentDraft, cases: Iterable[Case], *, by: Actor, at: datetime, suspicion: Suspicion | None = None
) -> Incident:
    """Declare a group incident of these cases; its clocks for team, first answer and verification begin.

    Raises BadInput without a title or cases, DomainError where a case belongs to another one or nothing waits any more.
    """
    ensure(may_declare_incident(by), _("You are not allowed to declare group incidents."))
    if not draft.title.strip():
        raise BadInput(_("Please say in a few words what it is about."), field="title")
    if not actor_of(draft.lead).can("cases.work"):
        raise BadInput(_("Who leads an incident must be allowed to work on cases."), field="lead")
    keys = sorted({case.pk for case in cases})
    if not keys:
        raise BadInput(_("Please choose the cases that belong to it."), field="cases")
    incident = Incident(
        number=f"G{localdate(at).year}-{next_value('incident'):04d}",
        title=draft.title.strip()[:120],
        known=draft.known.strip(),
        lead=draft.lead,
        department=draft.lead.department,
        declared_by_id=by.pk if by.is_staff else None,
        declared_at=at,
    )
    incident.save(force_insert=True)
    if suspicion is not None:
        decide(suspicion, Suspicion.State.DECLARED, by=by, at=at, incident=incident)
    settle_suspicions(incident, keys, by=by, at=at)
    take_in(incident, keys, by=by, at=at)
    incident_step(INCIDENT_DECLARED, incident, by=by, at=at, count=len(keys))
    return incident


@transaction.atomic
def form_team(incident: Incident, people: Iterable[User], *, by: Actor, at: datetime) -> Incident:
    """Say who works on it; those named before are replaced. Raises BadInput without anybody."""
    incident = held_incident(incident, by)
    ensure(may_lead_incident(by, incident), _("You are not allowed to lead this incident."))
    team = list({user.pk: user for user in people}.values())
    if not team:
        raise BadInput(_("Please name at least one person."), field="people")
    incident.people.all().delete()
    IncidentPerson.objects.bulk_create([IncidentPerson(incident=incident, user=user) for user in team])
    names = str(_(", ")).join(user.name for user in team)
    incident_step(INCIDENT_TEAM_FORMED, incident, by=by, at=at, names=names)
    return incident


@transaction.atomic
def join(incident: Incident, cases: Iterable[Case], *, by: Actor, at: datetime) -> int:
    """Let further cases join; their customers get the statement that holds. Returns how many were new to it."""
    incident = held_incident(incident, by)
    ensure(may_work_on_incident(by, incident), _("You are not allowed to work on this incident."))
    there = set(incident.members.standing().values_list("case_id", flat=True))
    keys = sorted({case.pk for case in cases} - there)
    if not keys:
        return 0
    take_in(incident, keys, by=by, at=at)
    incident_step(INCIDENT_JOINED, incident, by=by, at=at, count=len(keys))
    return len(keys)


@transaction.atomic
def leave(membership: Membership, *, by: Actor, at: datetime) -> None:
    """Take a case out that does not belong to it; it is not suggested for this incident again."""
    incident = held_incident(membership.incident, by)
    ensure(may_work_on_incident(by, incident), _("You are not allowed to work on this incident."))
    case = part_from(membership, by=by, at=at)
    mark_refused(incident, case, at=at)
    incident_step(INCIDENT_MEMBER_LEFT, incident, by=by, at=at, number=case.number)


@transaction.atomic
def refuse_candidate(candidate: Candidate, *, by: Actor, at: datetime) -> None:
    """Say that a case does not speak of the same matter."""
    incident = held_incident(candidate.incident, by)
    ensure(may_work_on_incident(by, incident), _("You are not allowed to work on this incident."))
    mark_refused(incident, candidate.case, at=at)
    incident_step(INCIDENT_CANDIDATE_REFUSED, incident, by=by, at=at, number=candidate.case.number)


@transaction.atomic
def end(incident: Incident, *, cause: str, measures: str, by: Actor, at: datetime) -> Incident:
    """End an incident whose every customer was asked and is content. Raises DomainError naming who is left."""
    incident = held_incident(incident, by)
    ensure(may_lead_incident(by, incident), _("You are not allowed to lead this incident."))
    for field, text in (("cause", cause), ("measures", measures)):
        if not text.strip():
            raise BadInput(_("Please write down what it came from and what was done about it."), field=field)
    ensure_everybody_content(incident, by)
    incident.cause, incident.measures = cause.strip(), measures.strip()
    incident.state, incident.ended_at = Incident.State.ENDED, at
    incident_step(INCIDENT_ENDED, incident, by=by, at=at)
    return incident


@transaction.atomic
def call_off(incident: Incident, *, reason: str, remark: str, by: Actor, at: datetime) -> Incident:
    """Say that it was no group incident; its cases go on alone, and detection learns what is usual."""
    incident = held_incident(incident, by)
    ensure(may_lead_incident(by, incident), _("You are not allowed to lead this incident."))
    if reason not in Suspicion.Reason.values:
        raise BadInput(_("Please say why it is no group incident."), field="reason")
    for membership in incident.members.standing().select_related("case").order_by("case_id"):
        part_from(membership, by=by, at=at)
    incident.suspicions.update(state=Suspicion.State.DISMISSED, reason=reason, remark=remark.strip()[:200])
    incident.state, incident.ended_at = Incident.State.CALLED_OFF, at
    incident_step(INCIDENT_CALLED_OFF, incident, by=by, at=at)
    return incident


def incident_step(verb: Verb, incident: Incident, *, by: Actor, at: datetime, **facts: object) -> Entry:
    """Write a deed on an incident: its clocks follow, its version grows, the row is saved, the journal remembers."""
    answerable = Answerable(owner_id=incident.lead_id, department_id=incident.department_id)
    clocks = follow(verb, incident, at=at, situation={}, answerable=answerable, by=by)
    incident.due_at = next_due(clocks)
    incident.version += 1
    incident.save()
    return record(verb, incident, by=by, at=at, **facts)


def held_incident(incident: Incident, by: Actor) -> Incident:
    """Return the incident as it is by now, locked. Raises DomainError once it has ended."""
    now = Incident.objects.select_for_update(of=("self",)).get(pk=incident.pk)
    if not now.is_live:
        raise DomainError(_("This incident has ended."))
    return now


def take_in(incident: Incident, keys: list[int], *, by: Actor, at: datetime) -> None:
    """Make the cases of these keys members. Raises DomainError naming those of another incident."""
    take_turns("incident members")
    elsewhere = Membership.objects.standing().filter(case_id__in=keys).exclude(incident=incident)
    numbers = list(elsewhere.order_by("case_id").values_list("case__number", flat=True)[:NUMBERS_NAMED])
    if numbers:
        named = str(_(", ")).join(numbers)
        raise DomainError(_("These cases belong to another incident already: {numbers}.").format(numbers=named))
    whose = by.pk if by.is_staff else None
    Membership.objects.bulk_create(
        [Membership(incident=incident, case_id=key, joined_by_id=whose, joined_at=at) for key in keys]
    )
    Candidate.objects.filter(incident=incident, case_id__in=keys).delete()
    for case in Case.objects.filter(pk__in=keys).order_by("pk"):
        step(JOINED_INCIDENT, held(case), by=by, at=at, number=incident.number)


def part_from(membership: Membership, *, by: Actor, at: datetime) -> Case:
    """End a membership. Raises DomainError where somebody has just done it."""
    if not Membership.objects.standing().filter(pk=membership.pk).update(left_at=at):
        raise DomainError(_("This case was taken out already."))
    case = held(membership.case)
    step(LEFT_INCIDENT, case, by=by, at=at, number=membership.incident.number)
    return case


def mark_refused(incident: Incident, case: Case, *, at: datetime) -> None:
    defaults = {"at": at, "refused_at": at}
    Candidate.objects.update_or_create(incident=incident, case=case, defaults=defaults)


def ensure_everybody_content(incident: Incident, by: Actor) -> None:
    """Raise DomainError naming who is left, but no case in which the actor is named."""
    left = incident.members.standing().exclude(cured=True).order_by("case_id")
    kept = set(Recusal.objects.numbers_kept_from(by))
    numbers = [number for number in left.values_list("case__number", flat=True) if number not in kept]
    if numbers or left.exists():
        named = str(_(", ")).join(numbers[:NUMBERS_NAMED]) + ("" if 0 < len(numbers) <= NUMBERS_NAMED else " …")
        raise DomainError(_("Not verified with every customer yet: {numbers}.").format(numbers=named))


def settle_suspicions(incident: Incident, keys: list[int], *, by: Actor, at: datetime) -> None:
    """What was suspected of at least half of these very cases is declared with them."""
    for suspicion in Suspicion.objects.waiting().filter(cases__case_id__in=keys).distinct():
        theirs = set(suspicion.cases.values_list("case_id", flat=True))
        if 2 * len(theirs & set(keys)) >= len(theirs):
            decide(suspicion, Suspicion.State.DECLARED, by=by, at=at, incident=incident)


def decide(
    suspicion: Suspicion, state: Suspicion.State, *, by: Actor, at: datetime, incident: Incident | None = None
) -> None:
    """Decide a suspicion once. Raises DomainError when somebody has decided it before."""
    decided = {"state": state, "decided_by_id": by.pk, "decided_at": at, "incident": incident}
    if not Suspicion.objects.waiting().filter(pk=suspicion.pk).update(**decided):
        raise DomainError(_("Somebody has decided on this suspicion meanwhile. Please load the page anew."))
