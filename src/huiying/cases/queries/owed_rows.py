"""The statements of the desk: the rows behind its lines, composed once for each person."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from huiying.cases.lifecycle import OPEN, Stage
from huiying.cases.models import ActionItem, Approval, Case, Discard, Recusal, TaskForceMember
from huiying.cases.models.case import ROW
from huiying.deadlines.models import Clock, Extension
from huiying.deadlines.queries import owed_by
from huiying.kit.prepared import prepared
from huiying.staff.actors import StaffActor

FETCHED_AT_MOST = 100
LATE_AT_MOST = 6
CASE_ROW = tuple(f"case__{name}" for name in ROW if not name.startswith("owner"))
WAITING = (Stage.AGREEING, Stage.CONFIRMING)


@prepared
def clocks_of(by: StaffActor) -> QuerySet[Clock]:
    """Running clocks of the actor, but those that other lines show."""
    return first_clocks(by)


def first_clocks(by: StaffActor) -> QuerySet[Clock]:
    return owed_by(by.pk or 0, of=Case).exclude(kind__in=["accept", "action"])[: 2 * FETCHED_AT_MOST]


@prepared
def own_cases(by: StaffActor) -> QuerySet[Case]:
    """The cases of those clocks, those handed over by or to the actor or in whose task force they serve, and their own
    that wait for words.
    """
    wait = Q(owner_id=by.pk, stage__in=OPEN, awaits_answer_since__isnull=False)
    clocked = first_clocks(by).values("subject_id")
    held = wait | Q(owner_id=by.pk, stage__in=WAITING) | Q(pk__among=clocked)
    held |= Q(giver__isnull=False, stage__in=OPEN) & (Q(owner_id=by.pk) | Q(giver_id=by.pk))
    serving = TaskForceMember.objects.serving(by)
    held |= Q(stage__in=OPEN, pk__among=serving.values("task_force__case_id"))
    serves = Exists(serving.filter(task_force__case_id=OuterRef("pk")))
    return Case.objects.visible_to(by).filter(held).for_rows().annotate(serves=serves)[: 2 * FETCHED_AT_MOST]


@prepared
def unaccepted(by: StaffActor) -> QuerySet[Case]:
    """The actor's own new cases and the team's unowned; to who assigns, all the team's."""
    anyones = Q() if by.can("cases.assign") else Q(owner=None)
    place = Q(team_id=by.team_id) if by.team_id else Q(department_id=by.department_id)
    mine = Q(owner_id=by.pk) | (place & anyones if by.department_id else Q(pk=None))
    to_accept = Q(stage=Stage.RECEIVED) | Q(giver__isnull=False, owner=None, stage__in=OPEN)
    received = Case.objects.visible_to(by).filter(mine, to_accept)
    clocks = Clock.objects.running().filter(kind="accept", subject_type=Case._meta.label_lower)
    accept_by = clocks.filter(subject_id=OuterRef("pk")).values("due_at")[:1]
    return received.for_rows().annotate(accept_by=Subquery(accept_by)).order_by("due_at", "id")[:FETCHED_AT_MOST]


@prepared
def open_actions(by: StaffActor) -> QuerySet[ActionItem]:
    """Open action items of the actor, and those of the department that nobody has taken."""
    mine = Q(owner_id=by.pk) | Q(owner=None, department_id=by.department_id, department__isnull=False)
    items = ActionItem.objects.filter(mine, done_at=None, dropped_at=None, case__stage__in=OPEN)
    items = items.exclude(case__in=Recusal.objects.of_person(by)).select_related("case__customer")
    return items.only("title", "due_at", *CASE_ROW).order_by("due_at")[:FETCHED_AT_MOST]


@prepared
def approvals_before(by: StaffActor) -> QuerySet[Approval]:
    """Offers that wait for somebody whose limit reaches, and that the actor did not make."""
    waiting = Approval.objects.filter(
        approved=None,
        offer__state="waiting",
        offer__amount__lte=by.approval_limit,
        offer__case__stage__in=OPEN,
    ).exclude(offer__made_by_id=by.pk)
    seen = waiting.filter(offer__case__in=Case.objects.visible_to(by))
    return seen.select_related("offer__case__customer").order_by("asked_at")[:FETCHED_AT_MOST]


@prepared
def discards_before(by: StaffActor) -> QuerySet[Discard]:
    """Cases that somebody else asked to mark invalid."""
    asked = Discard.objects.filter(agreed=None, case__stage__in=OPEN).exclude(asked_by_id=by.pk)
    seen = asked.filter(case__in=Case.objects.visible_to(by))
    return seen.select_related("case__customer").order_by("asked_at")[:FETCHED_AT_MOST]


@prepared
def extensions_before(by: StaffActor) -> QuerySet[Extension]:
    """Requests of somebody else for more time."""
    visible = Case.objects.visible_to(by).order_by().values("pk")
    asked = Extension.objects.filter(state=Extension.State.WAITING, clock__subject_type=Case._meta.label_lower)
    seen = asked.filter(clock__subject_id__in=visible).exclude(asked_by_id=by.pk)
    return seen.select_related("clock").order_by("asked_at")[:FETCHED_AT_MOST]


@prepared
def first_due_with_others(by: StaffActor) -> QuerySet[Case]:
    """What is due first in other people's hands."""
    theirs = Case.objects.visible_to(by).open().filter(due_at__isnull=False).exclude(owner_id=by.pk)
    return theirs.for_rows().order_by("due_at", "id")[:LATE_AT_MOST]
