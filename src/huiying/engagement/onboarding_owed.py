"""What onboardings put on the desk: of each the step that is due first, and the tasks that meetings gave out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from huiying.customers.models import Customer
from huiying.deadlines.models import Clock
from huiying.engagement.actions.meeting import due_moment
from huiying.engagement.models import MeetingTask, Onboarding
from huiying.engagement.onboarding_lifecycle import ASKS, CLOCKS, Step
from huiying.engagement.policies import may_work
from huiying.engagement.queries.onboarding import form_for
from huiying.kit.guards import Sentence
from huiying.kit.prepared import prepared
from huiying.staff.actors import StaffActor

AT_MOST = 50


@dataclass(frozen=True, kw_only=True)
class OwedStep:
    """One line of the desk; the button opens the form that meets it, where the actor may."""

    code: str
    what: Sentence
    about: str
    customer: Customer
    due_at: datetime | None
    icon: str
    button: Sentence
    form: str
    address: str
    since: datetime
    deed: str = "form"
    at_once: bool = False
    whose: str = ""


def owed_onboardings(by: StaffActor, at: datetime) -> Iterator[OwedStep]:
    """Yield the next step of each onboarding that is the actor's, or nobody's in a team that they lead."""
    if not may_work(by):
        return
    for onboarding in running_with(by.pk):
        which = CLOCKS.get(getattr(onboarding, "next_clock", "") or "")
        if which is not None:
            yield step_owed(onboarding, which)


@prepared
def running_with(person: int | None) -> QuerySet[Onboarding]:
    clocks = Clock.objects.running().filter(part_id=0, kind__in=list(CLOCKS))
    mine = clocks.filter(subject_type=Onboarding._meta.label_lower, subject_id=OuterRef("pk"))
    first = mine.order_by("due_at", "id").values("kind")[:1]
    nobodys = Q(owner=None, customer__team__lead=person)
    rows = Onboarding.objects.running().filter(Q(owner=person) | nobodys).annotate(next_clock=first)
    return rows.select_related("customer").order_by("due_at", "id")[:AT_MOST]


def step_owed(onboarding: Onboarding, which: Step) -> OwedStep:
    ask = ASKS[which]
    return OwedStep(
        code=f"onboarding-{onboarding.pk}",
        what=which.label,
        about=str(ask.sentence),
        customer=onboarding.customer,
        due_at=onboarding.due_at,
        icon=ask.icon,
        button=ask.button,
        form=form_for(which, onboarding),
        address=onboarding.get_absolute_url(),
        since=onboarding.begun_at,
    )


def owed_meeting_tasks(by: StaffActor, at: datetime) -> Iterator[OwedStep]:
    """Yield what meetings gave the actor to do."""
    for task in open_tasks(by.pk):
        onboarding = task.onboarding
        yield OwedStep(
            code=f"meeting-task-{task.pk}",
            what=_("Task of a meeting"),
            about=task.what,
            customer=onboarding.customer,
            due_at=due_moment(task),
            icon="list-check",
            button=_("Done"),
            form=reverse("engagement:meeting_task_doing", args=[task.pk]),
            address=f"{onboarding.get_absolute_url()}#task-{task.pk}",
            since=onboarding.begun_at,
        )


@prepared
def open_tasks(owner_id: int | None) -> QuerySet[MeetingTask]:
    return MeetingTask.objects.open().filter(owner=owner_id).order_by("due_on", "id")[:AT_MOST]
