"""What the pages about group incidents show: what is suspected and why, who was told, whose cure was verified."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from math import floor, log10

from django.db.models import Count, F, Max, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from huiying.cases.models import Candidate, Case, Incident, Membership, Recusal, Statement, SuspectCase, Suspicion
from huiying.cases.models.incident import IncidentQuerySet
from huiying.cases.policies import may_declare_incident, may_lead_incident, may_work_on_incident
from huiying.cases.queries.export import phones_of
from huiying.deadlines.queries import ClockFace, clocks_of
from huiying.journal.actors import Actor
from huiying.journal.models import Entry
from huiying.kit.masking import mask_phone
from huiying.kit.prepared import prepared
from huiying.kit.sheets import Row
from huiying.staff.actors import StaffActor

SHOWN_AT_MOST = 300
ENDED_SHOWN = 30
LATEST = 60
ON_DESK = 4


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """Why detection suggests a group incident; cases out of the reader's sight are only counted."""

    suspicion: Suspicion
    cases: list[SuspectCase]
    hidden: int
    dismissed_alike: int

    @property
    def spoken(self) -> str:
        one = self.suspicion
        said = ngettext(
            "Within %(days)s days %(count)s person spoke of it.",
            "Within %(days)s days %(count)s people spoke of it.",
            one.people,
        )
        return said % {"days": one.days, "count": one.people}

    @property
    def usual(self) -> str:
        one = self.suspicion
        return _(
            "Usually such a matter brings about %(expected)s people in that time, by the %(days)s days before."
        ) % {
            "expected": f"{one.expected:.1f}",
            "days": one.looked_back,
        }

    @property
    def marks(self) -> list[str]:
        """Return what all of them name: a batch, a product or a place."""
        return [mark.split(":", 1)[1].split("|")[0].upper() for mark in self.suspicion.marks]

    @property
    def luck(self) -> str:
        """Say how likely so many are by chance, as one in a round number."""
        times = 10 ** min(floor(-log10(max(self.suspicion.chance, 1e-12))), 9)
        return _("By mere chance that happens less often than once in %(times)s.") % {"times": f"{times:,}"}


@dataclass(frozen=True, kw_only=True)
class Progress:
    """How far an incident is: how many cases, told the latest answer, to be called, verified."""

    members: int
    told: int
    to_call: int
    cured: int
    not_cured: int

    @property
    def told_percent(self) -> int:
        return round(100 * self.told / self.members) if self.members else 0

    @property
    def cured_percent(self) -> int:
        return round(100 * self.cured / self.members) if self.members else 0


@dataclass(frozen=True, kw_only=True)
class IncidentPage:
    incident: Incident
    clocks: list[ClockFace]
    statements: list[Statement]
    members: list[Membership]
    hidden: int
    candidates: list[Candidate]
    progress: Progress
    history: list[Entry]
    may_lead: bool
    may_work: bool

    @property
    def has_team(self) -> bool:
        return bool(self.incident.people.all())

    @property
    def latest(self) -> Statement | None:
        return self.statements[0] if self.statements else None

    @property
    def is_verified(self) -> bool:
        return self.progress.members > 0 and self.progress.cured == self.progress.members


@dataclass(frozen=True)
class Concerns:
    """What of group incidents lies before one person."""

    suspicions: list[Suspicion]
    incidents: list[Incident]

    def __bool__(self) -> bool:
        return bool(self.suspicions or self.incidents)


def evidence_of(suspicion: Suspicion, *, by: Actor) -> Evidence:
    rows = suspicion.cases.select_related("case__customer", "case__owner").order_by("case__received_at")
    seen = rows.filter(case__in=Case.objects.visible_to(by))[:SHOWN_AT_MOST]
    cases = list(seen)
    alike = SuspectCase.objects.filter(case__in=suspicion.cases.values("case"), suspicion__state="dismissed")
    return Evidence(
        suspicion=suspicion,
        cases=cases,
        hidden=rows.count() - len(cases),
        dismissed_alike=alike.exclude(suspicion=suspicion).values("suspicion").distinct().count(),
    )


def listed(by: Actor) -> tuple[list[Suspicion], list[Incident], list[Incident]]:
    """Return what waits for a decision, what is under way (the next due first) and what ended last."""
    suspicions = Suspicion.objects.visible_to(by).waiting()
    incidents = counted(Incident.objects.visible_to(by).select_related("lead"))
    live = incidents.live().order_by(F("due_at").asc(nulls_last=True), "-id")
    ended = incidents.exclude(state=Incident.State.LIVE).order_by("-ended_at")
    return list(suspicions), list(live), list(ended[:ENDED_SHOWN])


def counted(incidents: IncidentQuerySet) -> IncidentQuerySet:
    """Tell of each how many cases it has, and how many customers are content."""
    standing = Q(members__left_at=None) | Q(members__left_at=F("ended_at"))
    return incidents.annotate(
        size=Count("members", filter=standing), cured=Count("members", filter=standing & Q(members__cured=True))
    )


def page_of(incident: Incident, *, by: Actor, now: datetime) -> IncidentPage:
    """Return what the page of one incident shows, in nine look-ups however many cases it has."""
    visible = Case.objects.visible_to(by)
    standing = incident.gathered()
    latest = incident.statements.aggregate(version=Max("version"))["version"] or 0
    members = standing.filter(case__in=visible).select_related("case__customer", "case__owner", "verified_by")
    shown = list(members.order_by(F("cured").asc(nulls_first=True), "-not_told", "id")[:SHOWN_AT_MOST])
    progress = progress_of(incident, latest)
    candidates = incident.candidates.filter(refused_at=None, case__in=visible).select_related("case__customer")
    return IncidentPage(
        incident=incident,
        clocks=clocks_of(incident, now=now),
        statements=list(incident.statements.select_related("made_by").order_by("-version")),
        members=shown,
        hidden=progress.members - (len(shown) if len(shown) < SHOWN_AT_MOST else members.count()),
        candidates=list(candidates.order_by("-likeness")[:SHOWN_AT_MOST]),
        progress=progress,
        history=history_of(incident, by=by),
        may_lead=may_lead_incident(by, incident),
        may_work=may_work_on_incident(by, incident),
    )


def history_of(incident: Incident, *, by: Actor) -> list[Entry]:
    """Return what was done to it last; nothing of cases in which the reader is named (SPEC C15)."""
    kept = set(Recusal.objects.numbers_kept_from(by))
    latest = Entry.objects.about(incident).order_by("-id")[:LATEST]
    return [entry for entry in latest if entry.facts.get("number") not in kept]


def progress_of(incident: Incident, latest: int) -> Progress:
    told = Q(told=latest, not_told="") if latest else Q(pk=None)
    counts = incident.gathered().aggregate(
        all=Count("pk"),
        answered=Count("pk", filter=told),
        unreached=Count("pk", filter=~Q(not_told="") & Q(case__customer__isnull=False)),  # nobody calls an unknown
        content=Count("pk", filter=Q(cured=True)),
        complaining=Count("pk", filter=Q(cured=False)),
    )
    return Progress(
        members=counts["all"],
        told=counts["answered"],
        to_call=counts["unreached"],
        cured=counts["content"],
        not_cured=counts["complaining"],
    )


def concerns_of(by: StaffActor) -> Concerns:
    """Return what is suspected, to who may decide, and the incidents one leads or works on."""
    waiting = waiting_before(by) if may_declare_incident(by) else []
    return Concerns(waiting, live_incidents_of(by.pk))


@prepared
def waiting_before(by: StaffActor) -> QuerySet[Suspicion]:
    return Suspicion.objects.visible_to(by).waiting()[:ON_DESK]


@prepared
def live_incidents_of(person: int | None) -> QuerySet[Incident]:
    mine = Q(lead_id=person) | Q(people__user_id=person)
    incidents = Incident.objects.live().filter(mine).distinct()
    return incidents.order_by(F("due_at").asc(nulls_last=True), "-id")[:ON_DESK]


def sheet_rows(incident: Incident, *, by: Actor) -> Iterator[Row]:
    """Yield the heading and one row a case that the actor sees: whom to call, who was told, who is content."""
    yield (*map(str, (_("number"), _("subject"), _("customer"), _("phone"), _("stage"), _("owner"))), *outcomes())
    seen = incident.gathered().filter(case__in=Case.objects.visible_to(by))
    members = list(seen.select_related("case__customer", "case__contact", "case__owner").order_by("id"))
    phones = phones_of([membership.case for membership in members])
    for membership in members:
        case = membership.case
        yield [
            case.number,
            case.subject,
            case.customer_name,
            mask_phone(phones[case.customer_id]) if case.customer_id in phones else "",
            case.get_stage_display(),
            case.owner.name if case.owner else "",
            membership.told_at,
            membership.not_told,
            membership.verified_at,
            {True: _("yes"), False: _("no"), None: ""}[membership.cured],
            membership.remark,
        ]


def outcomes() -> Row:
    return [_("Told"), _("why not"), _("Verified"), _("cured"), _("remark")]


def incidents_of(cases: Iterable[Case]) -> list[Incident]:
    """Return the incidents under way that these cases belong to, with their latest statement: two look-ups."""
    standing = Membership.objects.standing().filter(case__in=[case.pk for case in cases])
    found = Incident.objects.live().filter(pk__in=standing.values("incident"))
    return list(found.prefetch_related("statements"))
