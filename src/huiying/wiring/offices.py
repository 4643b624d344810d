"""The roles that hang on a person beyond their rows, and the page where each is given to somebody else."""

from __future__ import annotations

from django.db.models import Q
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from huiying.cases.models import Case, Incident, TaskForce
from huiying.engagement.models import Mailing, Need, Succession
from huiying.engagement.offices import Office
from huiying.staff.models import Absence, Department, Team

OFFICES = (
    Office(
        name=_("heads a department"),
        held=lambda person, by: Department.objects.filter(head=person, active=True),
        thing=str,
        address=lambda row: reverse("settings_department", args=[row.pk]),
        power="people.manage",
    ),
    Office(
        name=_("leads a team"),
        held=lambda person, by: Team.objects.filter(lead=person, active=True),
        thing=str,
        address=lambda row: reverse("settings_team", args=[row.pk]),
        power="people.manage",
    ),
    Office(
        name=_("stands in for somebody"),
        held=lambda person, by: Absence.objects.filter(substitute=person).not_over(localdate()).select_related("user"),
        thing=lambda row: row.user.name,
        address=lambda row: reverse("absences"),
        power="people.manage",
    ),
    Office(
        name=_("answers for a case until another team accepts it"),
        held=lambda person, by: Case.objects.visible_to(by).open().filter(giver=person),
        thing=lambda row: f"{row.number} {row.subject}",
        address=lambda row: row.get_absolute_url(),
    ),
    Office(
        name=_("leads a task force, or serves in one"),
        held=lambda person, by: (
            TaskForce.objects.standing()
            .filter(Q(lead=person) | Q(members__user=person), case__in=Case.objects.visible_to(by))
            .select_related("case")
            .distinct()
        ),
        thing=lambda row: f"{row.case.number} {row.case.subject}",
        address=lambda row: row.case.get_absolute_url(),
    ),
    Office(
        name=_("leads a group incident, or works on one"),
        held=lambda person, by: (
            Incident.objects.visible_to(by).live().filter(Q(lead=person) | Q(people__user=person)).distinct()
        ),
        thing=str,
        address=lambda row: row.get_absolute_url(),
    ),
    Office(
        name=_("watches a case"),
        held=lambda person, by: Case.objects.visible_to(by).open().filter(watchers__user=person),
        thing=lambda row: f"{row.number} {row.subject}",
        address=lambda row: row.get_absolute_url(),
    ),
    Office(
        name=_("was asked about a need"),
        held=lambda person, by: (
            Need.objects.visible_to(by).filter(consultations__person=person, consultations__answered_at=None).distinct()
        ),
        thing=str,
        address=lambda row: row.get_absolute_url(),
    ),
    Office(
        name=_("made a mailing that is not over"),
        held=lambda person, by: Mailing.objects.under_way().filter(made_by=person),
        thing=str,
        address=lambda row: row.get_absolute_url(),
        power="care.lead",
    ),
    Office(
        name=_("planned a hand-over"),
        held=lambda person, by: (
            Succession.objects.visible_to(by)
            .filter(made_by=person, state=Succession.State.PLANNED)
            .select_related("leaver")
        ),
        thing=lambda row: row.leaver.name,
        address=lambda row: row.get_absolute_url(),
    ),
)
