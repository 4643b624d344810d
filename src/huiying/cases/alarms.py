"""What follows for a case when a clock of it rings or is re-planned: who is called in, and its next deadline."""

from __future__ import annotations

from collections.abc import Collection

from huiying.cases.actions.recusal import named_in
from huiying.cases.actions.step import held, next_due, situation_of
from huiying.cases.models import Case, Incident
from huiying.cases.watching import watchers_of
from huiying.customers.models import Customer, Tier
from huiying.deadlines.actions import replan
from huiying.deadlines.arithmetic.units import Unit
from huiying.deadlines.models import Clock
from huiying.deadlines.models.policy import Recipient
from huiying.deadlines.verbs import FOLLOW_UP, PAUSE_ENDED, WARNED
from huiying.journal.actors import CLOCKWORK
from huiying.journal.models import Entry
from huiying.notifications.matrix import Event, Relation
from huiying.notifications.models import Notice
from huiying.notifications.notices import Word, tell
from huiying.staff.models import Department, Role, Scope, Team, User

LEGAL = "法务部"  # as the starter pack names it
PLACES = {Recipient.SUPERVISOR.value: 1, Recipient.HEAD.value: 2}
GENTLE = {WARNED.code, FOLLOW_UP.code, PAUSE_ENDED.code}


Watched = Case | Incident


def call_in(watched: Watched, entry: Entry) -> None:
    """Tell whom the ladder names; of several rungs missed at once only the highest is told (SPEC C6, contract 9)."""
    clock = Clock.objects.filter(pk=entry.facts.get("clock")).select_related("policy").first()
    if entry.facts.get("quiet") or clock is None or not clock.is_live:
        return
    to = str(entry.facts.get("to", Recipient.OWNER))
    before, asked = called(to, clock, besides=passed_over_for(watched))
    if isinstance(watched, Case):
        before |= receivers_of(watched)
    told = before | asked
    onlookers = onlookers_at(watched, event_of(entry), besides=told)
    asks = frozenset() if entry.verb in GENTLE else frozenset(asked)
    alarm(watched, entry, clock, told, asks=asks, onlookers=onlookers)


def receivers_of(case: Case) -> set[int]:
    """Return who is to accept a hand-over: until then, both sides are warned."""
    if case.giver_id is None:
        return set()
    return present([case.owner_id] if case.owner_id else leads_of(case.team_id)) - named_in(case)


def onlookers_at(watched: Watched, event: Event, *, besides: set[int]) -> set[int]:
    """Return who watches the case; they are told of an alarm but not called in."""
    return watchers_of(watched, event, besides=besides) if isinstance(watched, Case) else set()


def event_of(entry: Entry) -> Event:
    return Event.DEADLINE if entry.verb in GENTLE else Event.ESCALATION


def passed_over_for(watched: Watched) -> set[int]:
    """Return the keys of those who are complained about."""
    return set(named_in(watched)) if isinstance(watched, Case) else set()


def alarm(
    watched: Watched,
    entry: Entry,
    clock: Clock,
    people: set[int],
    *,
    asks: frozenset[int] = frozenset(),
    onlookers: Collection[int] = (),
) -> None:
    """Tell people that a clock rang; one of `asks` must acknowledge it."""
    mine, gentle = {clock.owner_id}, entry.verb in GENTLE
    word = Word(
        event=event_of(entry),
        headline=str(watched),
        link=watched.get_absolute_url(),
        weight=Notice.Weight.WARNING if gentle else Notice.Weight.ESCALATION,
        breaks_quiet=not gentle and is_pressing(watched, clock),
        discreet=bool(passed_over_for(watched)),
        asks=asks,
    )
    tell({Relation.MINE: people & mine, Relation.TEAM: people - mine, Relation.WATCHED: onlookers}, entry, word)


def is_pressing(watched: Watched, clock: Clock) -> bool:
    """Say whether it may disturb the night: a very important customer, or a clock that runs through it."""
    customer = watched.customer if isinstance(watched, Case) else None
    return (customer is not None and customer.tier == Tier.VIP) or clock.policy.unit == Unit.ELAPSED


Called = tuple[set[int], set[int]]


def called(to: str, clock: Clock, *, besides: Collection[int] = ()) -> Called:
    """Return the keys of whom the rungs below called, and of whom this one calls; a vacant place is filled from above.

    Who is named in the case (`besides`) leaves a place vacant; where nobody is left, who may give it away is called.
    """
    above = [*leads_of(clock.team_id), *heads_of(clock.department_id, besides=besides)]
    chain = [key if key not in besides else None for key in (clock.owner_id, *above)]
    if to == Recipient.LEGAL:
        return set(), (legal() - set(besides)) or present(chain[-1:])
    begin = PLACES.get(to, 0)
    called_now = next((found for place in chain[begin:] if (found := present([place]))), set())
    if not called_now and besides:
        called_now = set(who_may_give_it_away()) - set(besides)
    return present(chain[:begin]), called_now


def next_up(to: str, clock: Clock, *, besides: Collection[int] = ()) -> set[int]:
    """Return whom a rung would have called had its own people not been there: the next place above them."""
    heads = heads_above(clock.department_id)
    line = heads if to == Recipient.LEGAL else [*leads_of(clock.team_id), *heads][PLACES.get(to, 0) :]
    passed_over = set().union(*called(to, clock, besides=besides), besides)
    return next(({key} for key in line if key is not None and key not in passed_over), set())


def present(keys: list[int | None]) -> set[int]:
    return {key for key in keys if key is not None}


def leads_of(team_id: int | None) -> list[int | None]:
    return list(Team.objects.filter(pk__in=present([team_id])).values_list("lead_id", flat=True)) or [None]


def heads_of(department_id: int | None, *, besides: Collection[int] = ()) -> list[int | None]:
    """Return the head of a department, else of the nearest one above that has a head, passing over `besides`."""
    return [next((head for head in heads_above(department_id) if head not in besides), None)]


def heads_above(department_id: int | None) -> list[int]:
    """Return the heads of a department and of those above it, the nearest first."""
    department = Department.objects.filter(pk__in=present([department_id])).first()
    if department is None:
        return []
    line = [int(part) for part in department.path.strip("/").split("/") if part]
    heads = dict(Department.objects.filter(pk__in=line).values_list("pk", "head_id"))
    return [head for pk in reversed(line) if (head := heads.get(pk)) is not None]


def who_may_give_it_away() -> list[int]:
    """Return those who see every case and may assign it."""
    assigning = Role.objects.holding("cases.assign")
    people = User.objects.working().filter(role__in=assigning, role__case_scope=Scope.ALL)
    return list(people.values_list("pk", flat=True))


def legal() -> set[int]:
    """Return the head of the legal department, where it has none its people."""
    department = Department.objects.filter(name=LEGAL, active=True).first()
    if department is None:
        return set()
    if department.head_id is not None:
        return {department.head_id}
    return set(department.people.working().values_list("pk", flat=True))


def keep_next_deadline(case: Case, _entry: Entry) -> None:
    """A clock was counted anew outside a deed on the case: lists go by its next deadline."""
    case = held(case)
    Case.objects.filter(pk=case.pk).update(due_at=next_due(Clock.objects.about(case).running()))


def replan_for_tier(customer: Customer, entry: Entry) -> None:
    """A customer's tier changed: their open cases' clocks run by the policies for it from then on (contract 10)."""
    for case in Case.objects.open().filter(customer=customer).select_related("customer", "category").order_by("pk"):
        now = held(case)  # as every deed: first the case, then its clocks
        replan(now, situation=situation_of(now), at=entry.at, by=CLOCKWORK)
        keep_next_deadline(case, entry)
