"""Taking a case down: every door fills in a Draft and calls `register` (SPEC C1–C3)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from huiying.cases.actions.candidates import NOBODY
from huiying.cases.actions.promise import PromiseDraft, promise
from huiying.cases.actions.recusal import NAMED_IN_IT, ensure_somebody_leads, recuse_from_new
from huiying.cases.actions.routing import Destination, destination_of
from huiying.cases.actions.step import answerable_for, next_due, situation_of
from huiying.cases.models import Case, Category, Kind, Level, Listening, Mood, Urgency
from huiying.cases.policies import may_register
from huiying.cases.verbs import REGISTERED
from huiying.channels.models import Message
from huiying.channels.models.endpoint import Channel
from huiying.channels.words import Upload, Words, write_down
from huiying.customers.actions import obtain
from huiying.customers.models import Contact, Customer, Order
from huiying.deadlines.actions import reckon_all, start_all
from huiying.deadlines.models import Clock
from huiying.journal.actors import Actor
from huiying.journal.entries import record
from huiying.journal.numbers import next_value
from huiying.kit.guards import BadInput, ensure
from huiying.kit.text import shortened
from huiying.search.index import index
from huiying.staff.models import User


@dataclass(frozen=True, kw_only=True)
class Caller:
    """Whose matter it is: a known customer, or whoever the name, phone and e-mail point to; all empty = anonymous."""

    customer: Customer | None = None
    contact: Contact | None = None
    name: str = ""
    phone: str = ""
    email: str = ""


@dataclass(frozen=True, kw_only=True)
class ListeningSteps:
    """What was done of the three steps (SPEC C3)."""

    read_back: bool = False
    understanding: bool = False
    words: str = ""


@dataclass(frozen=True, kw_only=True)
class Draft:
    """A case before it has a number. Only kind, channel and the customer's words are needed.

    Whom it is complained about (`complained_about`) it does not come to, and they do not see it.
    """

    kind: str
    channel: str
    description: str
    subject: str = ""
    caller: Caller = field(default_factory=Caller)
    demand: str = ""
    category: Category | None = None
    level: str = Level.GENERAL
    urgency: str = Urgency.NORMAL
    mood: str = Mood.CALM
    occurred_at: datetime | None = None
    occurred_where: str = ""
    product: str = ""
    order: Order | None = None
    order_number: str = ""
    expected_at: datetime | None = None
    tags: Sequence[str] = ()
    promise: PromiseDraft | None = None
    listening: ListeningSteps | None = None
    words: Words | None = None
    uploads: Sequence[Upload] = ()
    complained_about: Sequence[User] = ()
    source: str = ""
    external_ref: str = ""
    received_at: datetime | None = None


@transaction.atomic
def register(draft: Draft, *, by: Actor, at: datetime) -> Case:
    """Enter a case in the register: number, route, clocks and journal, all or nothing.

    Raises Refused when the actor may not, BadInput when a needed part is missing or a code is unknown.
    """
    ensure(may_register(by), _("You are not allowed to register cases."))
    ensure_complete(draft)
    received_at = draft.received_at or at
    number = case_number(next_value("case"), received_at)
    customer = draft.caller.customer or customer_of(draft.caller, by=by, at=at)
    case = new_case(draft, number=number, customer=customer, received_at=received_at, by=by)
    clocks = clocks_begun(case, besides={user.pk: NAMED_IN_IT for user in draft.complained_about})
    case.due_at = next_due(clocks)
    case.save(force_insert=True)
    start_all([(case, clocks)])
    write_first_words(case, draft, by=by)
    index(case, *words_of(case))
    record(REGISTERED, case, by=by, at=case.received_at, number=case.number, channel=case.channel, **case.routing)
    ensure_somebody_leads(case, besides=draft.complained_about)
    recuse_from_new(case, draft.complained_about, by=by, at=at)
    if draft.promise is not None:
        case = promise(case, draft.promise, by=by, at=at)
    return case


def foreseen(draft: Draft, *, by: Actor, at: datetime) -> list[Clock]:
    """Return the clocks that would start if the draft were registered now, the next due first; nothing is written."""
    case = new_case(draft, number="", customer=draft.caller.customer, received_at=at, by=by)
    return sorted(clocks_begun(case), key=lambda clock: (clock.due_at or at, clock.kind))


def clocks_begun(case: Case, *, besides: Mapping[int, str] = NOBODY) -> list[Clock]:
    """Send a new case where it belongs, past whom it may not come to, and return its first clocks; in memory."""
    send_to(case, destination_of(case, besides=besides))
    (clocks,) = reckon_all(REGISTERED, [(case, situation_of(case), answerable_for(case))], at=case.received_at)
    return clocks


def ensure_complete(draft: Draft) -> None:
    if not (draft.description.strip() or draft.subject.strip()):
        raise BadInput(_("Please write down what the customer says."), field="description")
    for value, codes, name in (
        (draft.kind, Kind.values, "kind"),
        (draft.channel, Channel.values, "channel"),
        (draft.level, Level.values, "level"),
        (draft.urgency, Urgency.values, "urgency"),
        (draft.mood, Mood.values, "mood"),
    ):
        if value not in codes:
            raise BadInput(
                _("“{value}” is not one of: {codes}.").format(value=value, codes=", ".join(codes)), field=name
            )


def case_number(value: int, received_at: datetime) -> str:
    """Return the number as it is read aloud, with the year in which the house received the case."""
    return f"C{localdate(received_at).year}-{value:06d}"


def new_case(draft: Draft, *, number: str, customer: Customer | None, received_at: datetime, by: Actor) -> Case:
    caller = draft.caller
    return Case(
        number=number,
        kind=draft.kind,
        customer=customer,
        contact=caller.contact,
        caller_name=caller.name[:60],
        channel=draft.channel,
        subject=draft.subject.strip()[:200] or shortened(draft.description, 60),
        description=draft.description,
        demand=draft.demand,
        category=draft.category,
        level=draft.level,
        urgency=draft.urgency,
        mood=draft.mood,
        occurred_at=draft.occurred_at,
        occurred_where=draft.occurred_where[:120],
        product=draft.product[:120],
        order=draft.order,
        order_number=draft.order.number if draft.order else draft.order_number[:60],
        expected_at=draft.expected_at,
        tags=list(draft.tags),
        registered_by_id=by.pk if by.is_staff else None,
        received_at=received_at,
        stage_since=received_at,
        source=draft.source,
        external_ref=draft.external_ref,
    )


def customer_of(caller: Caller, *, by: Actor, at: datetime) -> Customer | None:
    """Find or create the customer behind the caller; an anonymous caller has none."""
    if not (caller.phone or caller.email):
        return None
    return obtain(name=caller.name, phone=caller.phone, email=caller.email, by=by, at=at)


def send_to(case: Case, destination: Destination) -> None:
    """Give the case its team and proposed owner, and keep why; in memory."""
    owner: User | None = destination.owner
    case.team = destination.team
    case.department = destination.team.department if destination.team else None
    case.owner = owner
    case.routing = destination.told


def words_of(case: Case) -> list[str]:
    """Return what a case is found by."""
    return [case.number, case.subject, case.description, case.product, case.order_number, case.customer_name]


def write_first_words(case: Case, draft: Draft, *, by: Actor) -> None:
    """The customer's own words open the conversation; that the steps of listening were done is kept beside them."""
    words = draft.words or Words(text=case.description, channel=case.channel, uploads=draft.uploads)
    write_down(
        words,
        about=case,
        direction=Message.Direction.IN,
        author_name=case.customer_name,
        at=case.received_at,
    )
    if draft.listening is not None:
        Listening.objects.create(
            case=case,
            read_back=draft.listening.read_back,
            understanding=draft.listening.understanding,
            words=draft.listening.words[:300],
        )
