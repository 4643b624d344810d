"""Onboardings of new customers: their steps with deadlines, and every deed on their way."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext_noop as _
from ninja import Path, Query, Schema, Status
from pydantic import Field

from huiying.customers.api.shown import visible_customer
from huiying.deadlines.queries import clocks_of
from huiying.engagement.actions import meeting as meeting_deeds
from huiying.engagement.actions import needs_analysis
from huiying.engagement.actions import onboarding as deeds
from huiying.engagement.actions.meeting_correcting import correct_meeting
from huiying.engagement.actions.need import NeedDraft
from huiying.engagement.api.need import CustomerNeedWhole, NeedAsk
from huiying.engagement.api.need import whole as whole_need
from huiying.engagement.api.router import router
from huiying.engagement.models import CallingOff, Meeting, MeetingTask, NeedsAnalysis, Onboarding
from huiying.engagement.onboarding_lifecycle import CLOCKS
from huiying.engagement.onboarding_lifecycle import Status as Life
from huiying.engagement.onboarding_lifecycle import Step as Which
from huiying.kit.paging import page_of
from huiying.kit.rest import Ask, Code, Day, Key, Line, Moment, Page, PageOf, Reference, Text
from huiying.staff.api import Person, person
from huiying.staff.http import ApiRequest
from huiying.staff.references import department_named, person_named


class OnboardingsWanted(PageOf):
    """Which onboardings; all unless narrowed. `mine` are those the caller looks after."""

    status: Code[Life] | None = None
    step: Code[Which] | None = None
    customer: str = ""
    mine: bool = False
    overdue: bool = False


class AnalysisAsk(Ask):
    """What the customer wants; a complex need asks for a cross-department meeting."""

    type: Code[NeedsAnalysis.Type]
    priority: Code[NeedsAnalysis.Priority] = NeedsAnalysis.Priority.MEDIUM
    wanted: Text
    is_complex: bool = False


class OwnerAsk(Ask):
    owner: Reference


class TaskAsk(Ask):
    what: Line
    owner: Reference
    due_on: Day


class MeetingAsk(Ask):
    """A meeting of two departments at least, with what was decided and who does what by when."""

    held_at: Moment
    people: Annotated[list[Reference], Field(max_length=100)]
    departments: Annotated[list[Reference], Field(max_length=100)] = []
    guests: Line = ""
    decisions: Text
    tasks: Annotated[list[TaskAsk], Field(max_length=100)]


class MeetingCorrectionAsk(Ask):
    """Who took part and what was decided, as it shall read; `tasks` are further ones to give out."""

    people: Annotated[list[Reference], Field(max_length=100)]
    departments: Annotated[list[Reference], Field(max_length=100)] = []
    guests: Line = ""
    decisions: Text
    tasks: Annotated[list[TaskAsk], Field(max_length=100)] = []


class CallingOffAsk(Ask):
    reason: Literal["no_interest", "unreachable", "unfit", "mistaken"]
    remark: Line = ""


class TaskDoneAsk(Ask):
    outcome: Line = ""


class OnboardingStepShown(Schema):
    """A step that is asked for; `due_at` is null once it is met, and where no deadline runs."""

    step: Code[Which]
    met_at: Moment | None
    met_by: Person | None
    due_at: Moment | None


class AnalysisShown(Schema):
    version: int
    type: Code[NeedsAnalysis.Type]
    priority: Code[NeedsAnalysis.Priority]
    wanted: str
    is_complex: bool
    noted_by: Person | None
    noted_at: Moment


class MeetingTaskShown(Schema):
    id: Key
    what: str
    owner: Person | None
    due_on: Day
    done_at: Moment | None
    outcome: str


class MeetingShown(Schema):
    id: Key
    held_at: Moment
    people: list[Person | None]
    departments: list[str]
    guests: str
    decisions: str
    tasks: list[MeetingTaskShown]


class OnboardingShown(Schema):
    """An onboarding as lists show it; `due_at` is the deadline of its next step."""

    id: Key
    customer: str
    owner: Person | None
    status: Code[Life]
    trigger: Code[Onboarding.Trigger]
    begun_at: Moment
    ended_at: Moment | None
    due_at: Moment | None


class OnboardingWhole(OnboardingShown):
    """`analysis` is the latest version; `needs` are the keys of those it was passed on into."""

    steps: list[OnboardingStepShown]
    analysis: AnalysisShown | None
    meetings: list[MeetingShown]
    needs: list[Key]
    called_off: Code[CallingOff.Reason] | None


@router.get("/onboardings", response=Page[OnboardingShown], summary=_("List onboardings"))
def onboardings(request: ApiRequest, wanted: Query[OnboardingsWanted]) -> Page[OnboardingShown]:
    seen = Onboarding.objects.visible_to(request.actor).select_related("customer", "owner")
    if wanted.status:
        seen = seen.filter(status=wanted.status)
    if wanted.step:
        seen = seen.with_open(wanted.step)
    if wanted.customer:
        seen = seen.filter(customer__number=wanted.customer.upper())
    if wanted.mine:
        seen = seen.filter(owner=request.actor.pk)
    if wanted.overdue:
        seen = seen.overdue(timezone.now())
    page = page_of(seen, by="-begun_at", cursor=wanted.cursor, limit=wanted.limit)
    return Page(items=[OnboardingShown(**facts(one)) for one in page.items], next_cursor=page.next_cursor)


@router.post("/customers/{number}/onboardings", response={201: OnboardingWhole}, summary=_("Begin an onboarding"))
def begin(request: ApiRequest, number: str) -> Status[OnboardingWhole]:
    made = deeds.begin_onboarding(visible_customer(request, number), by=request.actor, at=timezone.now())
    return Status(201, whole(request, made.pk))


@router.get("/onboardings/{onboarding_id}", response=OnboardingWhole, summary=_("Show an onboarding"))
def onboarding(request: ApiRequest, onboarding_id: Path[Key]) -> OnboardingWhole:
    return whole(request, onboarding_id)


@router.post("/onboardings/{onboarding_id}/analysis", response=OnboardingWhole, summary=_("Analyse the needs"))
def analyse(request: ApiRequest, onboarding_id: Path[Key], ask: AnalysisAsk) -> OnboardingWhole:
    given = {"type": ask.type.value, "priority": ask.priority.value, "wanted": ask.wanted}
    draft = needs_analysis.AnalysisDraft(**given, is_complex=ask.is_complex)
    needs_analysis.analyse_needs(visible(request, onboarding_id), draft, by=request.actor, at=timezone.now())
    return whole(request, onboarding_id)


@router.put("/onboardings/{onboarding_id}/owner", response=OnboardingWhole, summary=_("Name the owner"))
def name_owner(request: ApiRequest, onboarding_id: Path[Key], ask: OwnerAsk) -> OnboardingWhole:
    known = visible(request, onboarding_id)
    deeds.name_owner(known, to=person_named(ask.owner, field="owner"), by=request.actor, at=timezone.now())
    return whole(request, onboarding_id)


@router.post("/onboardings/{onboarding_id}/meetings", response={201: OnboardingWhole}, summary=_("Note a meeting"))
def note_meeting(request: ApiRequest, onboarding_id: Path[Key], ask: MeetingAsk) -> Status[OnboardingWhole]:
    known = visible(request, onboarding_id)
    meeting_deeds.note_meeting(known, draft_of(ask, held_at=ask.held_at), by=request.actor, at=timezone.now())
    return Status(201, whole(request, onboarding_id))


@router.post("/meetings/{meeting_id}/correction", response=OnboardingWhole, summary=_("Correct a meeting's record"))
def correct_meeting_record(request: ApiRequest, meeting_id: Path[Key], ask: MeetingCorrectionAsk) -> OnboardingWhole:
    seen = Meeting.objects.filter(onboarding__in=Onboarding.objects.visible_to(request.actor))
    met = get_object_or_404(seen.select_related("onboarding__customer"), pk=meeting_id)
    correct_meeting(met, draft_of(ask, held_at=met.held_at), by=request.actor, at=timezone.now())
    return whole(request, met.onboarding_id)


def draft_of(ask: MeetingAsk | MeetingCorrectionAsk, *, held_at: datetime) -> meeting_deeds.MeetingDraft:
    return meeting_deeds.MeetingDraft(
        held_at=held_at,
        people=[person_named(one, field="people") for one in ask.people],
        departments=[department_named(one, field="departments") for one in ask.departments],
        guests=ask.guests,
        decisions=ask.decisions,
        tasks=[
            meeting_deeds.TaskDraft(what=one.what, owner=person_named(one.owner, field="tasks"), due_on=one.due_on)
            for one in ask.tasks
        ],
    )


@router.post("/onboardings/{onboarding_id}/needs", response={201: CustomerNeedWhole}, summary=_("Pass a need on"))
def pass_on(request: ApiRequest, onboarding_id: Path[Key], ask: NeedAsk) -> Status[CustomerNeedWhole]:
    given = ask.model_dump() | {"owner": person_named(ask.owner, field="owner") if ask.owner else None}
    known = visible(request, onboarding_id)
    made = needs_analysis.pass_on_need(known, NeedDraft(**given), by=request.actor, at=timezone.now())
    return Status(201, whole_need(request, made.pk))


@router.post("/onboardings/{onboarding_id}/calling-off", response=OnboardingWhole, summary=_("Call an onboarding off"))
def call_off(request: ApiRequest, onboarding_id: Path[Key], ask: CallingOffAsk) -> OnboardingWhole:
    known = visible(request, onboarding_id)
    deeds.call_off(known, reason=ask.reason, remark=ask.remark, by=request.actor, at=timezone.now())
    return whole(request, onboarding_id)


@router.post("/onboardings/{onboarding_id}/taking-up", response=OnboardingWhole, summary=_("Take an onboarding up"))
def take_up(request: ApiRequest, onboarding_id: Path[Key]) -> OnboardingWhole:
    deeds.take_up(visible(request, onboarding_id), by=request.actor, at=timezone.now())
    return whole(request, onboarding_id)


@router.post("/meeting-tasks/{task_id}/doing", response=OnboardingWhole, summary=_("Tick a task of a meeting off"))
def do_task(request: ApiRequest, task_id: Path[Key], ask: TaskDoneAsk) -> OnboardingWhole:
    task = visible_task(request, task_id)
    meeting_deeds.do_task(task, outcome=ask.outcome, by=request.actor, at=timezone.now())
    return whole(request, task.onboarding.pk)


@router.post("/meeting-tasks/{task_id}/reopening", response=OnboardingWhole, summary=_("Open a task again"))
def reopen_task(request: ApiRequest, task_id: Path[Key]) -> OnboardingWhole:
    task = visible_task(request, task_id)
    meeting_deeds.reopen_task(task, by=request.actor, at=timezone.now())
    return whole(request, task.onboarding.pk)


def visible(request: ApiRequest, key: int) -> Onboarding:
    return get_object_or_404(Onboarding.objects.visible_to(request.actor).for_list(), pk=key)


def visible_task(request: ApiRequest, key: int) -> MeetingTask:
    tasks = MeetingTask.objects.visible_to(request.actor).select_related("meeting__onboarding__customer", "owner")
    return get_object_or_404(tasks, pk=key)


def whole(request: ApiRequest, key: int) -> OnboardingWhole:
    one = visible(request, key)
    due = {CLOCKS[clock.kind]: clock.due_at for clock in clocks_of(one, now=timezone.now()) if clock.kind in CLOCKS}
    last = one.analyses.select_related("noted_by").first()
    ended = one.callings_off.first() if one.at_status is Life.CALLED_OFF else None
    met = one.meetings.prefetch_related("people", "departments", "tasks__owner")
    return OnboardingWhole(
        **facts(one),
        steps=[
            OnboardingStepShown(
                step=Which(row.step),
                met_at=row.met_at,
                met_by=person(row.met_by),
                due_at=due.get(Which(row.step)) if row.met_at is None and one.is_running else None,
            )
            for row in one.steps.all()
        ],
        analysis=analysis_shown(last) if last else None,
        meetings=[meeting_shown(meeting) for meeting in met],
        needs=list(one.needs.values_list("pk", flat=True)),
        called_off=CallingOff.Reason(ended.reason) if ended else None,
    )


def facts(one: Onboarding) -> dict[str, Any]:
    return {
        "id": one.pk,
        "customer": one.customer.number,
        "owner": person(one.owner),
        "status": one.at_status,
        "trigger": Onboarding.Trigger(one.trigger),
        **{name: getattr(one, name) for name in ("begun_at", "ended_at", "due_at")},
    }


def analysis_shown(one: NeedsAnalysis) -> AnalysisShown:
    plain = ("version", "type", "priority", "wanted", "is_complex", "noted_at")
    return AnalysisShown(noted_by=person(one.noted_by), **{name: getattr(one, name) for name in plain})


def meeting_shown(one: Meeting) -> MeetingShown:
    return MeetingShown(
        id=one.pk,
        held_at=one.held_at,
        people=[person(each) for each in one.people.all()],
        departments=[each.name for each in one.departments.all()],
        guests=one.guests,
        decisions=one.decisions,
        tasks=[
            MeetingTaskShown(
                id=task.pk,
                owner=person(task.owner),
                **{name: getattr(task, name) for name in ("what", "due_on", "done_at", "outcome")},
            )
            for task in one.tasks.all()
        ],
    )
