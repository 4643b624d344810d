"""The cross-department meeting about a complex need: who took part, what was decided, who does what by when (A6)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.utils.timezone import localdate, make_aware
from django.utils.translation import gettext_lazy as _

from huiying.deadlines.actions import revive_clocks, start_promised_clock, stop_promised_clock
from huiying.deadlines.models import Clock
from huiying.engagement import onboarding_verbs as verbs
from huiying.engagement.actions.onboarding_step import answerable, complete_if_met, held, meet, step
from huiying.engagement.models import Meeting, MeetingTask, Onboarding
from huiying.engagement.onboarding_lifecycle import TASK_CLOCK, Status, Step, ensure_running
from huiying.engagement.onboarding_policies import may_tick, may_work_on
from huiying.engagement.substance import Record, judge
from huiying.journal.actors import Actor
from huiying.journal.entries import record
from huiying.kit.guards import BadInput, DomainError, Stale, ensure, ensure_sound
from huiying.staff.models import Department, User

CLOSING = time(18)  # a task is due when the work of its day ends
CLOCKS_DIFFER = timedelta(minutes=5)
TASKS_AT_MOST = 20


@dataclass(frozen=True, kw_only=True)
class TaskDraft:
    what: str
    owner: User
    due_on: date


@dataclass(frozen=True, kw_only=True)
class MeetingDraft:
    """A meeting that took place. Departments are those of the people, and those named besides."""

    held_at: datetime
    people: Sequence[User]
    decisions: str
    tasks: Sequence[TaskDraft]
    departments: Sequence[Department] = ()
    guests: str = ""

    @property
    def represented(self) -> set[int]:
        return {one.pk for one in self.departments} | {one.department_id for one in self.people if one.department_id}


@transaction.atomic
def note_meeting(onboarding: Onboarding, draft: MeetingDraft, *, by: Actor, at: datetime) -> Meeting:
    """Write down what a meeting decided; each task is owed by its owner from now on, with a clock of its own.

    Raises BadInput for a meeting of one department, without tasks, or whose decisions say nothing.
    """
    onboarding = held(onboarding)
    ensure(may_work_on(by, onboarding))
    ensure_running(onboarding.at_status)
    ensure_is_one(draft, at=at)
    made = Meeting(
        onboarding=onboarding,
        held_at=draft.held_at,
        guests=draft.guests.strip(),
        decisions=draft.decisions.strip(),
        noted_by_id=by.pk if by.is_staff else None,
        noted_at=at,
    )
    ensure_sound(made)
    made.save(force_insert=True)
    made.people.set(draft.people)
    made.departments.set(sorted(draft.represented))
    for task in draft.tasks:
        give_out(made, task, at=at)
    happened_at = min(max(draft.held_at, onboarding.begun_at), at)
    meet(onboarding, Step.MEETING, by=by, at=happened_at)
    step(verbs.MEETING_HELD, onboarding, by=by, at=at, happened_at=happened_at, tasks=len(draft.tasks))
    complete_if_met(onboarding, by=by, at=at)
    return made


def ensure_is_one(draft: MeetingDraft, *, at: datetime) -> None:
    if draft.held_at > at + CLOCKS_DIFFER:
        raise BadInput(_("A meeting is noted once it took place."), field="held_at")
    ensure_sensible(draft)
    if not draft.tasks:
        raise BadInput(_("Please say who does what by when: one task at least."), field="tasks")


def ensure_sensible(draft: MeetingDraft) -> None:
    """Raise BadInput for a meeting of one department, and for one whose decisions say nothing."""
    if not draft.people:
        raise BadInput(_("Please say who took part."), field="people")
    if len(draft.represented) < 2:
        raise BadInput(_("A cross-department meeting brings two departments together at least."), field="departments")
    who = " ".join(person.name for person in draft.people)
    verdict = judge(Record(content=draft.decisions, who=who))
    if verdict.is_hollow:
        raise BadInput(verdict.problem, field="decisions")
    if len(draft.tasks) > TASKS_AT_MOST:
        raise BadInput(_("A meeting gives out {n} tasks at most.").format(n=TASKS_AT_MOST), field="tasks")


def give_out(meeting: Meeting, draft: TaskDraft, *, at: datetime) -> MeetingTask:
    what = draft.what.strip()
    if not what:
        raise BadInput(_("Please say what is to be done."), field="tasks")
    if not draft.owner.is_active:
        raise BadInput(_("{name} no longer works here.").format(name=draft.owner.name), field="tasks")
    if draft.due_on < localdate(meeting.held_at):
        raise BadInput(_("A task is due after the meeting."), field="tasks")
    task = MeetingTask(meeting=meeting, what=what, owner=draft.owner, due_on=draft.due_on)
    ensure_sound(task)
    task.save(force_insert=True)
    start_promised_clock(
        TASK_CLOCK,
        task,
        about=meeting.onboarding,
        at=at,
        due_at=due_moment(task),
        answerable=answerable(draft.owner),
    )
    return task


def due_moment(task: MeetingTask) -> datetime:
    return make_aware(datetime.combine(task.due_on, CLOSING))


@transaction.atomic
def do_task(task: MeetingTask, *, outcome: str = "", by: Actor, at: datetime) -> MeetingTask:
    """Tick a task off, if one likes saying what came of it."""
    task = held_task(task)
    ensure(may_tick(by, task))
    if task.onboarding.at_status is Status.CALLED_OFF:
        raise DomainError(_("The onboarding was called off; nobody waits for this any more."))
    if task.done_at is not None:
        raise DomainError(_("This task is done already."))
    task.done_at, task.done_by_id, task.outcome = at, by.pk, outcome.strip()[:300]
    task.save(update_fields=["done_at", "done_by", "outcome"])
    stop_promised_clock(TASK_CLOCK, task, about=task.onboarding, at=at)
    record(verbs.TASK_DONE, task.onboarding, by=by, at=at, task=task.pk)
    return task


@transaction.atomic
def reopen_task(task: MeetingTask, *, by: Actor, at: datetime) -> MeetingTask:
    """Take back that a task was ticked off; its clock runs on."""
    task = held_task(task)
    ensure(may_tick(by, task))
    if task.done_at is None:
        raise DomainError(_("This task is open already."))
    revive_clocks(task.onboarding, ended_at=task.done_at, kinds=[TASK_CLOCK], part_id=task.pk)
    task.done_at, task.done_by, task.outcome = None, None, ""
    task.save(update_fields=["done_at", "done_by", "outcome"])
    record(verbs.TASK_REOPENED, task.onboarding, by=by, at=at, task=task.pk)
    return task


@transaction.atomic
def hand_task(row: MeetingTask, *, to: User, by: Actor, at: datetime, reason: str) -> None:
    """Give a task into other hands; its clock follows. Whoever hands a person's work over asks the right."""
    task = held_task(row)
    if not to.is_active:
        raise BadInput(_("{name} no longer works here.").format(name=to.name), field="to")
    if not MeetingTask.objects.filter(pk=task.pk, owner=row.owner_id, done_at=None).update(owner=to):
        raise Stale(_("Somebody else was faster. Please look at it again."))
    place = {"owner_id": to.pk, "team_id": to.team_id, "department_id": to.department_id}
    Clock.objects.about(task.onboarding).live().filter(kind=TASK_CLOCK, part_id=task.pk).update(**place)
    record(verbs.TASK_GIVEN, task.onboarding, by=by, at=at, name=to.name, task=task.pk)


def held_task(task: MeetingTask) -> MeetingTask:
    MeetingTask.objects.select_for_update().get(pk=task.pk)
    return MeetingTask.objects.select_related("meeting__onboarding__customer", "owner").get(pk=task.pk)
