"""Taking over many cases at once from a file: what `register` does one by one, in few statements.

A case that ended elsewhere is kept as closed and has no clocks. Of those still open, what came in lately is due like
any new case, counted from now; older ones wait without clocks for whoever takes them up, so that a backlog of years
does not ring at once. Nobody is told or written to for what is taken over.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from huiying.cases.actions.registration import Draft, case_number, ensure_complete, new_case, words_of
from huiying.cases.actions.routing import Destination, fits, manager_of
from huiying.cases.actions.step import answerable_for, next_due, situation_of
from huiying.cases.lifecycle import Stage
from huiying.cases.models import Case, Closure, Route
from huiying.cases.verbs import REGISTERED, TAKEN_OVER
from huiying.channels.models import Message
from huiying.customers.actions.obtaining import Introduction, obtain_all
from huiying.customers.models import Customer
from huiying.deadlines.actions import reckon_all, start_all
from huiying.deadlines.models import Clock
from huiying.journal.actors import Actor
from huiying.journal.entries import entry_for, record_all
from huiying.journal.numbers import next_values
from huiying.kit.bulk import insert_all
from huiying.kit.guards import ensure
from huiying.search.index import index_all

STILL_NEW = timedelta(days=30)
BATCH = 500


@dataclass(frozen=True, kw_only=True)
class Former:
    """A case as another system had it: the draft, whose matter it is, and how far it came there."""

    draft: Draft
    introduction: Introduction
    reply: str = ""
    replied_at: datetime | None = None
    closed_at: datetime | None = None


@transaction.atomic
def enrol(formers: Sequence[Former], *, by: Actor, at: datetime) -> list[Case]:
    """Enter the cases, all or nothing. They must be sound: `ensure_complete` holds for each draft."""
    ensure(by.can("cases.import"), _("You are not allowed to import cases."))
    for former in formers:
        ensure_complete(former.draft)
    customers = obtain_all([former.introduction for former in formers], by=by, at=at)
    cases = new_cases(formers, customers, by=by, at=at)
    send_all(cases)
    reckoned = reckon_new(cases, at=at)
    insert_all(cases)
    start_all(reckoned)
    insert_all(list(messages_of(cases, formers)))
    insert_all([Closure(case=case, episode=1, at=case.closed_at) for case in cases if case.closed_at is not None])
    index_all((case, [*words_of(case), former.reply]) for case, former in zip(cases, formers, strict=True))
    told = [entry_for(TAKEN_OVER, case, by=by, at=at, number=case.number, origin=case.source) for case in cases]
    record_all([(entry, Case) for entry in told])
    return cases


def new_cases(
    formers: Sequence[Former], customers: Sequence[Customer | None], *, by: Actor, at: datetime
) -> list[Case]:
    cases = []
    numbers = next_values("case", len(formers))
    for value, former, customer in zip(numbers, formers, customers, strict=True):
        received_at = former.draft.received_at or at
        number = case_number(value, received_at)
        case = new_case(former.draft, number=number, customer=customer, received_at=received_at, by=by)
        if former.closed_at is not None:
            case.stage, case.progress = Stage.CLOSED, 100
            case.stage_since = case.closed_at = former.closed_at
        elif not former.reply:
            case.awaits_answer_since = received_at
        cases.append(case)
    return cases


def send_all(cases: Sequence[Case]) -> None:
    """Give each case its team by the routes; nobody in particular, for a file would bury whoever is on shift."""
    routes = list(Route.objects.filter(active=True).select_related("team__department", "category"))
    for case in cases:
        destination = destination_among(routes, case)
        team = destination.team
        case.team, case.owner = team, destination.owner if case.is_open else None
        case.department = team.department if team is not None else None
        case.routing = destination.told


def destination_among(routes: Sequence[Route], case: Case) -> Destination:
    route = next((route for route in routes if fits(route, case)), None)
    if route is None:
        return Destination()
    manager = manager_of(case) if route.to_manager else None
    team = manager.team if manager is not None and manager.team is not None else route.team
    return Destination(team, manager, route.name, "manager" if manager is not None else "imported")


def reckon_new(cases: Sequence[Case], *, at: datetime) -> list[tuple[Case, list[Clock]]]:
    """Return the clocks of what came in lately and is open, and set each case's next deadline."""
    due = [case for case in cases if case.is_open and at - case.received_at <= STILL_NEW]
    begun = [(case, situation_of(case), answerable_for(case)) for case in due]
    reckoned = list(zip(due, reckon_all(REGISTERED, begun, at=at), strict=True))
    for case, clocks in reckoned:
        case.due_at = next_due(clocks)
    return reckoned


def messages_of(cases: Sequence[Case], formers: Sequence[Former]) -> list[Message]:
    """Return what was said before: the customer's words and, where there was one, our answer."""
    messages = []
    for case, former in zip(cases, formers, strict=True):
        messages.append(message(case, Message.Direction.IN, case.description, case.customer_name, case.received_at))
        if former.reply:
            replied_at = former.replied_at or case.closed_at or case.received_at
            messages.append(message(case, Message.Direction.OUT, former.reply, "", replied_at))
    return messages


def message(case: Case, direction: str, text: str, author_name: str, at: datetime) -> Message:
    return Message(
        subject_type=case._meta.label_lower,
        subject_id=case.pk,
        customer_id=case.customer_id,
        direction=direction,
        channel=case.channel,
        at=at,
        author_name=author_name,
        text=text,
    )
