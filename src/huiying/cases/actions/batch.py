"""Changing many cases at once (SPEC K6): one batch, each case by the action of a single one, two minutes to undo.

A batch may be set going again at any time: a case that has its result is left alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from huiying.cases.actions.changes import MAY, Change, change_of
from huiying.cases.actions.step import RELATED, held
from huiying.cases.models import Batch, BatchLine, Case, Recusal
from huiying.cases.verbs import BATCH_DONE, BATCH_UNDONE
from huiying.journal.actors import Actor
from huiying.journal.entries import record
from huiying.kit.guards import DomainError, ensure
from huiying.staff.models import User

Result, State = BatchLine.Result, Batch.State
OnOneCase = Callable[[BatchLine, Change, Actor, datetime], None]
IN_REQUEST = 50


@transaction.atomic
def open_batch(
    deed: str, wanted: Mapping[str, Any], cases: Iterable[Case], *, key: UUID, by: Actor, at: datetime
) -> Batch:
    """Open a batch for these cases, or return the one that the same form has opened before."""
    ensure(MAY[Batch.Deed(deed)](by))
    person = User.objects.get(pk=by.pk or 0)
    fresh = {"deed": deed, "wanted": dict(wanted), "name": change_of(deed, wanted).name}
    times = {"started_at": at, "moved_at": at}
    batch, is_new = Batch.objects.get_or_create(key=key, user=person, defaults={**fresh, **times})
    if is_new:
        BatchLine.objects.bulk_create([BatchLine(batch=batch, case=case) for case in cases], batch_size=500)
    return batch


def ask_to_undo(batch: Batch, *, at: datetime) -> None:
    """Begin to put a batch back. Raises DomainError when two minutes are over or it is being put back already."""
    timely = Batch.objects.filter(pk=batch.pk, state=State.DONE, done_at__gt=at - Batch.UNDONE_WITHIN)
    if not timely.update(state=State.UNDOING, moved_at=at):
        raise DomainError(_("The two minutes for undoing are over. Change the cases again where needed."))
    batch.refresh_from_db()


def go_on(batch: Batch, *, by: Actor, at: datetime) -> None:
    """Do what is left of a batch, in whichever direction it goes."""
    if batch.state == State.WORKING:
        go_through(batch, Result.WAITING, change_one, by=by, at=at)
        finish(batch, State.DONE, by=by)
    elif batch.state == State.UNDOING:
        go_through(batch, Result.CHANGED, put_one_back, by=by, at=at)
        finish(batch, State.UNDONE, by=by)


def go_through(batch: Batch, left: BatchLine.Result, do: OnOneCase, *, by: Actor, at: datetime) -> None:
    change = change_of(batch.deed, batch.wanted)
    related = (f"case__{name}" for name in RELATED)
    for line in batch.lines.filter(result=left).select_related(*related).order_by("id"):
        with transaction.atomic():
            if BatchLine.objects.filter(pk=line.pk, result=left).update(reason=""):
                do(line, change, by, at)
                line.save(update_fields=["result", "reason", "before", "after", "version"])
        Batch.objects.filter(pk=batch.pk).update(moved_at=timezone.now())


def change_one(line: BatchLine, change: Change, by: Actor, at: datetime) -> None:
    """Make the change to one case and note what came of it; a refusal is its result."""
    case = held(line.case)
    try:
        ensure_sees(case, by)
        if change.is_made(case) and change.may(by, case):
            line.result = Result.UNCHANGED
            return
        line.before = change.kept(case)
        case = change.make(case, by=by, at=at)
    except DomainError as refusal:
        line.result, line.reason = Result.REFUSED, str(refusal)[:200]
        return
    line.result, line.after, line.version = Result.CHANGED, change.kept(case), case.version


def put_one_back(line: BatchLine, change: Change, by: Actor, at: datetime) -> None:
    """Put one case back where nothing else has changed it since."""
    try:
        ensure_sees(line.case, by)
        change.put_back(held(line.case), line, by=by, at=at)
    except DomainError as refusal:
        line.result, line.reason = Result.KEPT, str(refusal)[:200]
        return
    line.result = Result.RESTORED


def ensure_sees(case: Case, by: Actor) -> None:
    """Raise Refused where somebody has been named in the case since they chose it."""
    ensure(
        not Recusal.objects.standing().filter(case=case, user_id=by.pk or 0).exists(), _("You do not see it any more.")
    )


@transaction.atomic
def finish(batch: Batch, state: Batch.State, *, by: Actor) -> None:
    """End the work, once; the time for undoing begins only now."""
    at = timezone.now()
    working = Batch.objects.filter(pk=batch.pk, state=batch.state)
    done_at = {"done_at": at} if state == State.DONE else {}
    if working.update(state=state, moved_at=at, **done_at):
        counts = batch.counts()
        verb = BATCH_DONE if state == State.DONE else BATCH_UNDONE
        record(verb, batch, by=by, at=at, deed=batch.deed, name=batch.name, **counts)
    batch.refresh_from_db()
