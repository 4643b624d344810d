"""Handing over what somebody looks after: one batch, each thing by its own action, a day to undo.

A batch may be set going again at any time: a thing that has its result is left alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Count
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from huiying.customers.models import Customer
from huiying.engagement import pool_verbs as verbs
from huiying.engagement.belongings import Belonging, belonging, belongings, mark_of
from huiying.engagement.models.succession import Succession, SuccessionLine
from huiying.engagement.policies import may_hand_over
from huiying.journal.actors import Actor
from huiying.journal.entries import record
from huiying.kit.guards import BadInput, DomainError, ensure
from huiying.staff.models import User

Result, State = SuccessionLine.Result, Succession.State
OnOne = Callable[[SuccessionLine, Belonging, Actor, datetime], None]
IN_REQUEST = 50


@dataclass(frozen=True, kw_only=True)
class Wish:
    """What shall be handed over and to whom; `tiers` narrows the customers, `own` names one person for a kind."""

    kinds: Collection[str]
    successors: Sequence[User]
    tiers: Collection[str] = ()
    own: Mapping[str, User] = field(default_factory=dict)
    reason: str = ""


@dataclass(frozen=True)
class Share:
    """One thing and who gets it."""

    belonging: Belonging
    row: Any
    customer_id: int | None
    to: User


def shares(leaver: User, wish: Wish) -> list[Share]:
    """Say who gets what: customers go to whoever has fewest, and what concerns a customer goes with them."""
    if not wish.successors:
        raise BadInput(_("Please choose who takes over."), field="successors")
    if leaver in wish.successors:
        raise BadInput(_("Somebody else has to take over."), field="successors")
    load = Counter({person.pk: 0 for person in wish.successors})
    counted = Customer.objects.filter(owner__in=wish.successors).values_list("owner").annotate(Count("pk")).order_by()
    load.update(dict(counted))
    people = {person.pk: person for person in wish.successors}
    goes_to: dict[int, User] = {}
    given = []
    for kind in belongings():
        if kind.code not in wish.kinds:
            continue
        for row, customer in rows_of(kind, leaver, wish):
            to = wish.own.get(kind.code) or goes_to.get(customer or 0)
            if to is None:
                to = people[min(people, key=lambda key: (load[key], key))]
                load[to.pk] += 1
            if customer is not None:
                goes_to.setdefault(customer, to)
            given.append(Share(kind, row, customer, to))
    return given


def rows_of(kind: Belonging, leaver: User, wish: Wish) -> list[tuple[Any, int | None]]:
    found = kind.of(leaver.pk)
    if wish.tiers:
        path = "tier__in" if kind.model is Customer else f"{kind.customer}__tier__in"
        found = found.filter(**{path: wish.tiers})
    path = "pk" if kind.model is Customer else f"{kind.customer}_id"
    rows = list(found)
    customers = dict(found.values_list("pk", path))
    return [(row, customers.get(row.pk)) for row in rows]


@transaction.atomic
def open_succession(leaver: User, wish: Wish, *, key: UUID, by: Actor, at: datetime) -> Succession:
    """Open a batch for all that the wish names, or return the one that the same form has opened before."""
    ensure(may_hand_over(by) and by.is_staff)
    if not wish.reason.strip():
        raise BadInput(_("Please say why."), field="reason")
    known = Succession.objects.filter(key=key, made_by=by.pk).first()
    if known is not None:
        return known
    given = shares(leaver, wish)
    if not given:
        raise BadInput(_("{name} has nothing of this to hand over.").format(name=leaver.name))
    plan = {"kinds": list(wish.kinds), "to": [person.pk for person in wish.successors], "tiers": list(wish.tiers)}
    made = Succession.objects.create(
        key=key,
        leaver=leaver,
        made_by_id=by.pk or 0,
        reason=wish.reason.strip()[:200],
        plan=plan,
        started_at=at,
        moved_at=at,
    )
    lines = [
        SuccessionLine(
            succession=made,
            kind=share.belonging.code,
            thing_id=share.row.pk,
            title=str(share.row)[:200],
            customer_id=share.customer_id,
            to=share.to,
        )
        for share in given
    ]
    SuccessionLine.objects.bulk_create(lines, batch_size=500)
    return made


def ask_to_undo(done: Succession, *, by: Actor, at: datetime) -> None:
    """Begin to put a batch back. Raises DomainError when the day is over or it is being put back already."""
    ensure(may_hand_over(by))
    timely = Succession.objects.filter(pk=done.pk, state=State.DONE, done_at__gt=at - Succession.UNDONE_WITHIN)
    if not timely.update(state=State.UNDOING, moved_at=at):
        raise DomainError(_("The day for undoing is over. Hand over again where needed."))
    done.refresh_from_db()


def go_on(batch: Succession, *, by: Actor, at: datetime) -> None:
    """Do what is left of a batch, in whichever direction it goes."""
    if batch.state == State.WORKING:
        go_through(batch, Result.WAITING, give_one, by=by, at=at)
        finish(batch, State.DONE, by=by)
    elif batch.state == State.UNDOING:
        go_through(batch, Result.GIVEN, put_one_back, by=by, at=at)
        finish(batch, State.UNDONE, by=by)


def go_through(batch: Succession, left: SuccessionLine.Result, do: OnOne, *, by: Actor, at: datetime) -> None:
    lines = batch.lines.filter(result=left).select_related("to", "succession__leaver").order_by("id")
    for line in lines:
        with transaction.atomic():
            if SuccessionLine.objects.filter(pk=line.pk, result=left).update(reason=""):
                do(line, belonging(line.kind), by, at)
                line.save(update_fields=["result", "reason", "mark"])
        Succession.objects.filter(pk=batch.pk).update(moved_at=timezone.now())


def give_one(line: SuccessionLine, kind: Belonging, by: Actor, at: datetime) -> None:
    """Give one thing and note how it stands then; a refusal is its result."""
    row = kind.of(line.succession.leaver_id).filter(pk=line.thing_id).first()
    if row is None:
        line.result, line.reason = Result.REFUSED, str(_("It is settled, or somebody else's, by now."))
        return
    try:
        with transaction.atomic():
            kind.give(row, to=line.to, by=by, at=at, reason=line.succession.reason)
    except DomainError as refusal:
        line.result, line.reason = Result.REFUSED, str(refusal)[:200]
        return
    line.result, line.mark = Result.GIVEN, mark_of(row)


def put_one_back(line: SuccessionLine, kind: Belonging, by: Actor, at: datetime) -> None:
    """Give one thing back where nothing of it has changed since."""
    row = kind.of(line.to_id).filter(pk=line.thing_id).first()
    if row is None or mark_of(row) != line.mark:
        line.result, line.reason = Result.KEPT, str(_("It has changed since."))
        return
    try:
        with transaction.atomic():
            kind.give(row, to=line.succession.leaver, by=by, at=at, reason=str(_("hand-over undone")))
    except DomainError as refusal:
        line.result, line.reason = Result.KEPT, str(refusal)[:200]
        return
    line.result = Result.RESTORED


@transaction.atomic
def finish(batch: Succession, state: Succession.State, *, by: Actor) -> None:
    """End the work, once; the day for undoing begins only now."""
    at = timezone.now()
    done_at = {"done_at": at} if state == State.DONE else {}
    if Succession.objects.filter(pk=batch.pk, state=batch.state).update(state=state, moved_at=at, **done_at):
        verb = verbs.SUCCEEDED if state == State.DONE else verbs.SUCCESSION_UNDONE
        counts = batch.counts()
        record(verb, batch, by=by, at=at, name=batch.leaver.name, given=counts[Result.GIVEN], counts=counts)
    batch.refresh_from_db()


@transaction.atomic
def acknowledge(lines: Collection[int], *, by: Actor, at: datetime) -> int:
    """Note that the successor has taken these on; only one's own, each once."""
    mine = SuccessionLine.objects.filter(pk__in=lines, to=by.pk, result=Result.GIVEN, acknowledged_at=None)
    return mine.update(acknowledged_at=at)
