"""What one person owes, from every source: clocks, new cases, action items, approvals, second looks, answers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from huiying.cases.lifecycle import Stage
from huiying.cases.models import Case, Promise
from huiying.cases.queries.owed_elsewhere import Line, owed_elsewhere
from huiying.cases.queries.owed_rows import (
    FETCHED_AT_MOST,
    WAITING,
    approvals_before,
    clocks_of,
    discards_before,
    extensions_before,
    first_due_with_others,
    open_actions,
    own_cases,
    unaccepted,
)
from huiying.deadlines.catalogue import catalogue
from huiying.deadlines.models import Clock
from huiying.deadlines.queries import name_of
from huiying.kit.guards import Sentence
from huiying.staff.actors import StaffActor

ON_ITS_OWN = frozenset({"pressed", "task_force_plan"})  # shown beside what else of the case is due
SPOKEN = frozenset({"first_answer", "answer"})


@dataclass(frozen=True, kw_only=True)
class Owed:
    """One line of the desk. `button` does it: the form of `deed` in the side sheet, else the place on the case's page.

    `deed` is a url name, `key` what it needs besides the case's number. With `at_once` the deed needs no form.
    `whose` names the colleague whose turn it is; nobody where it is the actor's own or everybody's.
    """

    code: str
    icon: str
    what: Sentence
    about: str
    case: Case
    due_at: datetime | None
    button: Sentence
    place: str = ""
    deed: str = ""
    key: int | None = None
    at_once: bool = False
    whose: str = ""

    @property
    def since(self) -> datetime:
        return self.case.received_at

    @property
    def form(self) -> str:
        """The address of the form; worked out for the lines that are shown."""
        return reverse(self.deed, args=[self.case.number, *([] if self.key is None else [self.key])])

    @property
    def address(self) -> str:
        return f"{self.case.get_absolute_url()}#{self.place}" if self.place else self.case.get_absolute_url()


@dataclass(frozen=True)
class Way:
    """How a kind of clock is shown and met."""

    icon: str
    what: Sentence
    button: Sentence
    place: str = ""
    deed: str = ""


WAYS = {
    "first_answer": Way("message-report", _("First answer"), _("Answer"), "composer"),
    "answer": Way("message", _("Answer the customer"), _("Answer"), "composer"),
    "investigate": Way("zoom-question", _("Investigate"), _("Record"), "investigation", "cases:investigation"),
    "keep_in_touch": Way("refresh-dot", _("Tell how it stands"), _("Tell"), "composer"),
    "resolve": Way("target-arrow", _("Solve"), _("Go on")),
    "urged": Way("message-bolt", _("The customer urges"), _("Answer"), "composer"),
    "pressed": Way("eye-exclamation", _("A leader presses"), _("Answer"), deed="cases:pressing_answer"),
    "task_force_plan": Way("users-group", _("Task force's first plan"), _("Plan"), deed="cases:task_force_plan"),
    "promise": Way("flag", _("Promised"), _("Look"), "promises"),
}


@dataclass(frozen=True)
class Plate:
    """What lies before a person: what they owe, and where the customer speaks next."""

    owed: list[Line]
    awaited: list[Owed]


def plate_of(by: StaffActor, *, at: datetime) -> Plate:
    """Return all lines, the next due first, those without a deadline last.

    At most nine statements, and one for each source of another app.
    """
    clocks = clocks_of(by)
    subjects = set(list(dict.fromkeys(clock.subject_id for clock in clocks))[:FETCHED_AT_MOST])
    clocks = [clock for clock in clocks if clock.subject_id in subjects]
    cases = {case.pk: case for case in own_cases(by)}
    new = new_cases(by)
    lines: list[Line] = [
        *owed_elsewhere(by, at),
        *(acceptance_of(case, by) if case.stage == Stage.RECEIVED else handover_to(case) for case in new),
        *from_handovers(cases.values(), by=by),
        *from_task_forces(cases.values(), clocks, by=by),
        *from_clocks(clocks, cases, taken={case.pk for case in new} | given_by(cases.values(), by)),
        *unanswered(cases.values(), clocks, by=by),
        *from_actions(by),
        *(approvals_waiting(by) if by.can("cases.approve") else ()),
        *(second_looks_waiting(by) if by.can("cases.approve") else ()),
        *(extensions_waiting(by) if by.can("cases.approve") else ()),
    ]
    return Plate(
        owed=sorted(lines, key=lambda line: (line.due_at is None, line.due_at or line.since)),
        awaited=awaited_from(cases.values(), by=by),
    )


def new_cases(by: StaffActor) -> list[Case]:
    """Return cases nobody has accepted yet: the actor's own and the team's unowned; to who assigns, all the team's.

    Among them what was handed over to the team.
    """
    return unaccepted(by) if by.can("cases.accept") else []


def acceptance_of(case: Case, by: StaffActor) -> Owed:
    """Return the line with the deadline of acceptance; another clock of the case may be due before."""
    return Owed(
        code=f"accept-{case.pk}",
        icon="checkup-list",
        what=_("Accept"),
        about=case.subject,
        case=case,
        due_at=getattr(case, "accept_by", None),
        button=_("Accept"),
        deed="cases:acceptance",
        at_once=True,
        whose=case.owner.name if case.owner and case.owner_id != by.pk else "",
    )


def given_by(cases: Iterable[Case], by: StaffActor) -> set[int]:
    return {case.pk for case in cases if case.giver_id == by.pk}


def from_handovers(cases: Iterable[Case], *, by: StaffActor) -> Iterator[Owed]:
    """Yield what waits to be accepted: to accept for whom it was handed to, to keep an eye on for who hands it over."""
    for case in cases:
        if case.giver_id == by.pk:
            yield Owed(
                code=f"given-{case.pk}",
                icon="hourglass",
                what=_("Hand-over not accepted yet"),
                about=case.subject,
                case=case,
                due_at=case.due_at,
                button=_("Look"),
                whose=case.owner.name if case.owner else "",
            )
        elif case.giver_id is not None and case.owner_id == by.pk:
            yield handover_to(case)


def from_task_forces(cases: Iterable[Case], clocks: list[Clock], *, by: StaffActor) -> Iterator[Owed]:
    """Yield the cases in whose task force the actor serves, where no clock of theirs shows the case anyway."""
    shown = {clock.subject_id for clock in clocks}
    for case in cases:
        if getattr(case, "serves", False) and case.owner_id != by.pk and case.pk not in shown:
            yield Owed(
                code=f"force-{case.pk}",
                icon="users-group",
                what=_("Task force"),
                about=case.subject,
                case=case,
                due_at=case.due_at,
                button=_("Look"),
                place="task-force",
            )


def handover_to(case: Case) -> Owed:
    return Owed(
        code=f"handover-{case.pk}",
        icon="arrows-exchange",
        what=_("Handed over"),
        about=case.subject,
        case=case,
        due_at=case.due_at,
        button=_("Take over"),
        deed="cases:handover_acceptance",
        at_once=True,
    )


def from_clocks(clocks: list[Clock], cases: dict[int, Case], *, taken: set[int]) -> Iterator[Owed]:
    """Yield one line for each promise, and for each case the one clock that is due first."""
    keys = [clock.part_id for clock in clocks if clock.kind == "promise"]
    promises = Promise.objects.in_bulk(keys) if keys else {}
    for clock in clocks:
        case = cases.get(clock.subject_id)
        if case is None:
            continue
        if clock.kind == "promise" and not case.is_open:
            continue  # the customer has confirmed the cure
        if clock.kind == "promise" and clock.part_id in promises:
            yield from_clock(clock, case, about=promises[clock.part_id].text)
        elif clock.kind in ON_ITS_OWN:
            yield from_clock(clock, case, about=case.subject)
        elif case.pk not in taken:
            taken = taken | {case.pk}
            yield from_clock(clock, case, about=case.subject)


def from_clock(clock: Clock, case: Case, *, about: str) -> Owed:
    way = WAYS.get(clock.kind) or Way("clock", name_of(clock), _("Look"))
    return Owed(
        code=f"clock-{clock.pk}",
        icon=way.icon,
        what=way.what,
        about=about,
        case=case,
        due_at=clock.due_at,
        button=way.button,
        place=way.place,
        deed=way.deed,
    )


def unanswered(cases: Iterable[Case], clocks: list[Clock], *, by: StaffActor) -> Iterator[Owed]:
    """Yield customers' words that wait for an answer though no clock runs for them."""
    clocked = {clock.subject_id for clock in clocks if clock.kind in SPOKEN}
    way = WAYS["answer"]
    for case in cases:
        if case.awaits_answer_since and case.owner_id == by.pk and case.pk not in clocked:
            yield Owed(
                code=f"word-{case.pk}",
                icon=way.icon,
                what=way.what,
                about=case.subject,
                case=case,
                due_at=None,
                button=way.button,
                place=way.place,
            )


def from_actions(by: StaffActor) -> Iterator[Owed]:
    """Yield open action items of the actor, and those of the department that nobody has taken."""
    for item in open_actions(by):
        yield Owed(
            code=f"action-{item.pk}",
            icon="list-check",
            what=_("Action item"),
            about=item.title,
            case=item.case,
            due_at=item.due_at,
            button=_("Done"),
            place="actions",
            deed="cases:action_completion",
            key=item.pk,
        )


def approvals_waiting(by: StaffActor) -> Iterator[Owed]:
    """Yield offers that wait for somebody whose limit reaches, and that the actor did not make."""
    for approval in approvals_before(by):
        offer = approval.offer
        yield Owed(
            code=f"approval-{approval.pk}",
            icon="rubber-stamp",
            what=_("Approve"),
            about=offer.text,
            case=offer.case,
            due_at=offer.case.due_at,
            button=_("Decide"),
            place="offer",
            deed="cases:offer_approval",
            key=offer.version,
        )


def second_looks_waiting(by: StaffActor) -> Iterator[Owed]:
    """Yield cases that somebody else asked to mark invalid."""
    for discard in discards_before(by):
        yield Owed(
            code=f"second-{discard.pk}",
            icon="eye-check",
            what=_("Second look"),
            about=discard.reason,
            case=discard.case,
            due_at=discard.case.due_at,
            button=_("Decide"),
            deed="cases:second_look",
        )


def late_with_others(by: StaffActor, *, at: datetime) -> list[Case]:
    """Return what burns in other people's hands, the longest overdue first; to who can assign it."""
    if not by.can("cases.assign"):
        return []
    return [case for case in first_due_with_others(by) if case.due_at and case.due_at < at]


def extensions_waiting(by: StaffActor) -> Iterator[Owed]:
    """Yield requests for more time of somebody else; where no policy in force knows extensions, nobody is asked."""
    if not any(policy.active and policy.extension for policy in catalogue().current):
        return
    waiting = extensions_before(by)
    keys = {extension.clock.subject_id for extension in waiting}
    cases = Case.objects.filter(pk__in=keys).for_rows().in_bulk() if keys else {}
    for extension in waiting:
        yield Owed(
            code=f"extension-{extension.pk}",
            icon="clock-plus",
            what=_("More time?"),
            about=extension.reason,
            case=cases[extension.clock.subject_id],
            due_at=extension.clock.due_at,
            button=_("Decide"),
            deed="cases:extension_approval",
            key=extension.pk,
        )


def awaited_from(cases: Iterable[Case], *, by: StaffActor) -> list[Owed]:
    """Return the actor's cases in which the customer speaks next: to decide on an offer, or to confirm the cure."""
    awaited = [
        case for case in cases if case.owner_id == by.pk and case.stage in WAITING and case.awaits_answer_since is None
    ]
    return [waited_for(case) for case in sorted(awaited, key=lambda case: (case.due_at is None, case.due_at, case.pk))]


def waited_for(case: Case) -> Owed:
    decides = case.stage == Stage.AGREEING
    return Owed(
        code=f"waiting-{case.pk}",
        icon="hourglass",
        what=_("Decides on the offer") if decides else _("Confirms the cure"),
        about=case.subject,
        case=case,
        due_at=case.due_at,
        button=_("Ask") if decides else _("Record"),
        place="composer" if decides else "",
        deed="" if decides else "cases:confirmation",
    )
