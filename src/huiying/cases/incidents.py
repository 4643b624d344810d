"""What follows for a group incident: who is told, and what a customer's word on a case means for it."""

from __future__ import annotations

from huiying.cases.actions.statement import verify
from huiying.cases.alarms import heads_of, leads_of, present
from huiying.cases.models import Case, Incident, Membership, Recusal, Suspicion
from huiying.cases.notices import holding
from huiying.cases.verbs import INCIDENT_MEMBER_NOT_CURED
from huiying.journal.actors import CLOCKWORK
from huiying.journal.models import Entry
from huiying.notifications.matrix import Event, Relation
from huiying.notifications.models import Notice
from huiying.notifications.notices import Word, tell


def tell_who_may_declare(suspicion: Suspicion, entry: Entry) -> None:
    """Leads and heads of where the cases lie; where there are none, whoever may assign and sees one of them."""
    places = Case.objects.filter(pk__in=suspicion.cases.values("case_id"))
    teams = set(places.values_list("team_id", flat=True))
    departments = set(places.values_list("department_id", flat=True))
    near = present([key for team in teams for key in leads_of(team)])
    near |= present([key for department in departments for key in heads_of(department)])
    able = holding("cases.assign", near) or holding("cases.assign")
    seeing = [who.pk for who in able if Suspicion.objects.visible_to(who).filter(pk=suspicion.pk).exists()]
    word = Word(
        event=Event.NEW_CASE,
        headline=suspicion.title,
        link=suspicion.get_absolute_url(),
        weight=Notice.Weight.WARNING,
    )
    tell({Relation.TEAM: seeing}, entry, word)


def tell_the_lead(incident: Incident, entry: Entry) -> None:
    event = Event.CUSTOMER if entry.verb == INCIDENT_MEMBER_NOT_CURED.code else Event.COURSE
    tell_of(incident, entry, [incident.lead_id], event)


def tell_the_team(incident: Incident, entry: Entry) -> None:
    tell_of(incident, entry, list(incident.people.values_list("user_id", flat=True)), Event.GIVEN)


def note_cured(case: Case, entry: Entry) -> None:
    """The customer confirmed the cure of their case: they need not be asked again."""
    note_word(case, entry, cured=True)


def note_not_cured(case: Case, entry: Entry) -> None:
    note_word(case, entry, cured=False)


def note_word(case: Case, entry: Entry, *, cured: bool) -> None:
    standing = Membership.objects.standing().filter(case=case, incident__state=Incident.State.LIVE)
    membership = standing.select_related("incident").first()
    if membership is not None:
        verify(membership, cured=cured, remark="", by=CLOCKWORK, at=entry.at)


def tell_of(incident: Incident, entry: Entry, people: list[int], event: Event) -> None:
    """Tell people of an incident; where the deed speaks of a case, nobody whom that is a complaint about."""
    standing = Recusal.objects.standing().filter(case__number=entry.facts.get("number", ""))
    named = set(standing.values_list("user_id", flat=True))
    word = Word(event=event, headline=str(incident), link=incident.get_absolute_url(), discreet=bool(named))
    tell({Relation.MINE: set(people) - named}, entry, word)
