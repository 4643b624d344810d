"""What pages show of onboardings: the track of one, the work list, a customer's."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.urls import reverse

from huiying.customers.models import Customer
from huiying.deadlines.models import Clock
from huiying.deadlines.queries import ClockFace, clocks_of, faces
from huiying.engagement.models import Onboarding, OnboardingStep
from huiying.engagement.models.onboarding import OnboardingQuerySet
from huiying.engagement.onboarding_lifecycle import ASKS, CLOCKS, TASK_CLOCK, Ask, Status, Step
from huiying.engagement.onboarding_policies import may_name_owner, may_take_on
from huiying.engagement.policies import may_lead, may_record, may_work
from huiying.journal.actors import Actor
from huiying.staff.actors import StaffActor


@dataclass(frozen=True, kw_only=True)
class Stop:
    """A step on the track. `state` is done, now — the next one — or later; `form` asks for what meets it."""

    step: Step
    position: int
    row: OnboardingStep
    clock: ClockFace | None
    state: str
    form: str = ""

    @property
    def ask(self) -> Ask:
        return ASKS[self.step]


@dataclass(frozen=True, kw_only=True)
class Track:
    """An onboarding with its stops, and which of them comes next."""

    onboarding: Onboarding
    stops: list[Stop]

    @property
    def next(self) -> Stop | None:
        return next((stop for stop in self.stops if stop.state == "now"), None)

    @property
    def met(self) -> int:
        return sum(stop.state == "done" for stop in self.stops)


def track_of(onboarding: Onboarding, clocks: Iterable[ClockFace], *, by: Actor) -> Track:
    """Return the track of an onboarding fetched for a list; the next stop is the open one that is due first."""
    latest = {CLOCKS[clock.kind]: clock for clock in reversed(list(clocks)) if clock.kind in CLOCKS}
    rows = {Step(row.step): row for row in onboarding.steps.all()}
    waiting = [which for which in Step if which in rows and rows[which].met_at is None] if onboarding.is_running else []
    coming = min(waiting, key=lambda which: due_first(which, latest), default=None)
    stops = [
        Stop(
            step=which,
            position=place,
            row=rows[which],
            clock=latest.get(which),
            state="done" if rows[which].met_at else "now" if which is coming else "later",
            form=form_of(which, onboarding, by=by) if which in waiting else "",
        )
        for place, which in enumerate([which for which in Step if which in rows], 1)
    ]
    return Track(onboarding=onboarding, stops=stops)


def due_first(which: Step, clocks: Mapping[Step, ClockFace]) -> tuple[bool, float]:
    due = clocks[which].due_at if which in clocks else None
    return (due is None, due.timestamp() if due else 0)


def form_of(which: Step, onboarding: Onboarding, *, by: Actor) -> str:
    """Return the address of the form that meets a step, "" where the reader may not do it."""
    if which in (Step.FOLLOW_UP, Step.VISIT):
        allowed = may_record(by, onboarding.customer)
    elif which is Step.OWNER:
        allowed = may_name_owner(by, onboarding) or may_take_on(by, onboarding)
    else:
        allowed = may_work(by)
    return form_for(which, onboarding) if allowed else ""


def form_for(which: Step, onboarding: Onboarding) -> str:
    if which in (Step.FOLLOW_UP, Step.VISIT):
        means = "?means=visit" if which is Step.VISIT else ""
        return reverse("engagement:interaction_new", args=[onboarding.customer.number]) + means
    return reverse(f"engagement:onboarding_{which}", args=[onboarding.pk])


def shown(onboarding: Onboarding, *, by: Actor, now: datetime) -> tuple[Track, dict[int, ClockFace]]:
    """Return the track of one onboarding, and the clocks of its meetings' tasks by task."""
    clocks = clocks_of(onboarding, now=now)
    tasks = {clock.part_id: clock for clock in clocks if clock.kind == TASK_CLOCK}
    return track_of(onboarding, clocks, by=by), tasks


def chosen(asked: Mapping[str, object], *, by: StaffActor, now: datetime) -> OnboardingQuerySet:
    """Return the onboardings that the filters of the work list keep."""
    rows = Onboarding.objects.visible_to(by).filter(status=asked.get("status") or Status.RUNNING)
    whose = str(asked.get("whose") or first_choice(by))
    if whose == "me":
        rows = rows.filter(owner=by.pk)
    elif whose == "team":
        rows = rows.filter(of_team(by))
    elif whose == "nobody":
        rows = rows.filter(owner=None)
    if asked.get("step"):
        rows = rows.with_open(str(asked["step"]))
    return rows.overdue(now) if asked.get("due") == "late" else rows


def first_choice(by: Actor) -> str:
    """Return whose onboardings are shown first: the team's to who leads, else one's own."""
    return "team" if may_lead(by) else "me"


def of_team(by: StaffActor) -> Q:
    """Those of my team, as well as those of its customers whom nobody looks after yet."""
    if by.team_id is not None:
        return Q(owner__team=by.team_id) | Q(owner=None, customer__team=by.team_id)
    department = by.department_id or 0
    return Q(owner__department=department) | Q(owner=None, customer__department=department) | Q(owner=by.pk)


def tracks_of(onboardings: Sequence[Onboarding], *, by: Actor, now: datetime) -> list[Track]:
    """Return the tracks of a page; one further statement for all their clocks."""
    label = Onboarding._meta.label_lower
    keys = [onboarding.pk for onboarding in onboardings]
    clocks: dict[int, list[Clock]] = defaultdict(list)
    for clock in Clock.objects.running().filter(subject_type=label, subject_id__in=keys, part_id=0).by_urgency():
        clocks[clock.subject_id].append(clock)
    return [track_of(one, faces(clocks[one.pk], now=now), by=by) for one in onboardings]


def latest_of(customer: Customer, *, by: Actor) -> Onboarding | None:
    """Return the customer's onboarding: the one under way, else the last."""
    seen = Onboarding.objects.visible_to(by).for_list().filter(customer=customer)
    return seen.order_by("-status", "-id").first()
