"""A hand-over being done and put back: each thing by its own action, in a transaction of its own."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from huiying.engagement import pool_verbs as verbs
from huiying.engagement.belongings import Belonging, belonging, mark_of
from huiying.engagement.models.succession import Succession, SuccessionLine
from huiying.engagement.policies import may_hand_over_for
from huiying.journal.actors import CLOCKWORK, Actor
from huiying.journal.entries import record
from huiying.kit.guards import DomainError, ensure
from huiying.staff.actions.people import deactivate

Result, State = SuccessionLine.Result, Succession.State
OnOne = Callable[[SuccessionLine, Belonging, Actor, datetime], None]
IN_REQUEST = 50


def go_on(batch: Succession, *, by: Actor, at: datetime) -> None:
    """Do what is left of a batch, in whichever direction it goes."""
    ensure(may_hand_over_for(by, batch.leaver_id))
    if batch.state == State.WORKING:
        go_through(batch, Result.WAITING, give_one, by=by, at=at)
        finish(batch, State.DONE, by=by)
    elif batch.state == State.UNDOING:
        go_through(batch, Result.GIVEN, put_one_back, by=by, at=at)
        finish(batch, State.UNDONE, by=by)


def go_through(batch: Succession, left: SuccessionLine.Result, do: OnOne, *, by: Actor, at: datetime) -> None:
    lines = batch.lines.filter(result=left).select_related("to__role", "succession__leaver__role").order_by("id")
    for line in lines:
        do_one(line, left, do, by=by, at=at)
        Succession.objects.filter(pk=batch.pk).update(moved_at=timezone.now())


@transaction.atomic
def do_one(line: SuccessionLine, left: SuccessionLine.Result, do: OnOne, *, by: Actor, at: datetime) -> bool:
    """Do one line, unless another worker has done it."""
    if not SuccessionLine.objects.filter(pk=line.pk, result=left).update(reason=""):
        return False
    do(line, belonging(line.kind), by, at)
    line.save(update_fields=["result", "reason", "mark"])
    return True


def give_one(line: SuccessionLine, kind: Belonging, by: Actor, at: datetime) -> None:
    """Give one thing and note how it stands then; a refusal is its result."""
    row = kind.seen_of(line.succession.leaver_id, by=by).filter(pk=line.thing_id).first()
    if row is None:
        line.result, line.reason = Result.REFUSED, str(_("It is settled, or somebody else's, by now."))
        return
    if not kind.may_take(line.to):
        line.result, line.reason = Result.REFUSED, str(_("Who was to take it over may not work on such things now."))
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
    row = kind.of(line.to_id).filter(pk=line.thing_id).exclude(pk__in=kind.kept_from(by)).first()
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


def take_one_back(line: SuccessionLine, *, by: Actor, at: datetime) -> SuccessionLine:
    """Put one thing of a batch back within the day. Raises DomainError where it went or came back otherwise."""
    batch = line.succession
    ensure(may_hand_over_for(by, batch.leaver_id))
    until = batch.undone_until
    if until is None or until <= at or not batch.leaver.is_active:
        raise DomainError(_("The day for undoing is over. Hand over again where needed."))
    if not do_one(line, Result.GIVEN, put_one_back, by=by, at=at):
        raise DomainError(_("It was put back already."))
    if line.result == Result.KEPT:
        raise DomainError(line.reason)
    return line


@transaction.atomic
def finish(batch: Succession, state: Succession.State, *, by: Actor) -> None:
    """End the work, once; the day for undoing begins only now."""
    at = timezone.now()
    done_at = {"done_at": at} if state == State.DONE else {}
    if Succession.objects.filter(pk=batch.pk, state=batch.state).update(state=state, moved_at=at, **done_at):
        verb = verbs.SUCCEEDED if state == State.DONE else verbs.SUCCESSION_UNDONE
        counts = batch.counts()
        facts = {"name": batch.leaver.name, "given": counts[Result.GIVEN], "counts": counts}
        record(verb, batch, by=CLOCKWORK if batch.takes_effect_on else by, at=at, **facts)
        if batch.ends_access and state == State.DONE:
            end_access(batch, by=by)
    batch.refresh_from_db()


def give_up(batch: Succession, *, reason: str, by: Actor) -> None:
    """End a batch that may not go on: what is left stays, with the reason."""
    batch.lines.filter(result=Result.WAITING).update(result=Result.REFUSED, reason=reason[:200])
    finish(batch, State.DONE if batch.state == State.WORKING else State.UNDONE, by=by)


def end_access(batch: Succession, *, by: Actor) -> None:
    """Take the person's access away as it was wished; where that may not be, the batch says why."""
    try:
        with transaction.atomic():
            deactivate(batch.leaver, by=by)
    except DomainError as refusal:
        Succession.objects.filter(pk=batch.pk).update(ending=str(refusal)[:200])
