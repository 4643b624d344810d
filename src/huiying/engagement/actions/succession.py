"""Handing over what somebody looks after: prepared, planned for a day, called off, begun.

`succession_work` does it; a batch may be set going again at any time: a thing that has its result is left alone.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from huiying.engagement import pool_verbs as verbs
from huiying.engagement.models.succession import Succession, SuccessionLine
from huiying.engagement.policies import may_hand_over_for
from huiying.engagement.shares import Share, Wish, shares
from huiying.journal.actors import CLOCKWORK, Actor
from huiying.journal.entries import record
from huiying.kit.guards import BadInput, DomainError, ensure
from huiying.staff.actors import actor_of
from huiying.staff.models import User
from huiying.staff.policies import may_take_access_from

Result, State = SuccessionLine.Result, Succession.State


@transaction.atomic
def open_succession(leaver: User, wish: Wish, *, key: UUID, by: Actor, at: datetime) -> Succession:
    """Open a batch for all that the wish names, or return the one that the same form has opened before.

    For a later day it is only planned: who gets what is said then, of what the person has then.
    """
    ensure(may_hand_over_for(by, leaver.pk) and by.is_staff)
    known = Succession.objects.filter(key=key, made_by=by.pk).first()
    if known is not None:
        return known
    ensure_sound_wish(leaver, wish, by=by, at=at)
    given = shares(leaver, wish, by=by)
    is_later = wish.on is not None and wish.on > localdate(at)
    if not given and not is_later:
        raise BadInput(_("{name} has nothing of this to hand over.").format(name=leaver.name))
    made = Succession.objects.create(
        key=key,
        leaver=leaver,
        made_by_id=by.pk or 0,
        reason=wish.reason.strip()[:200],
        words=wish.words.strip(),
        plan=wish.kept(),
        takes_effect_on=wish.on if is_later else None,
        ends_access=wish.ends_access,
        state=State.PLANNED if is_later else State.WORKING,
        started_at=at,
        moved_at=at,
    )
    if is_later and wish.on is not None:
        record(verbs.SUCCESSION_PLANNED, made, by=by, at=at, name=leaver.name, day=wish.on.isoformat())
    else:
        write_lines(made, given)
    return made


def ensure_sound_wish(leaver: User, wish: Wish, *, by: Actor, at: datetime) -> None:
    if not wish.reason.strip():
        raise BadInput(_("Please say why."), field="reason")
    if wish.on is not None and wish.on < localdate(at):
        raise BadInput(_("This day is over."), field="on")
    if wish.ends_access and not may_take_access_from(by, leaver):
        raise BadInput(_("You may not take away the access of {name}.").format(name=leaver.name), field="ends_access")


def write_lines(batch: Succession, given: Iterable[Share]) -> None:
    lines = [
        SuccessionLine(
            succession=batch,
            kind=share.belonging.code,
            thing_id=share.row.pk,
            title=share.belonging.titled(share.row)[:200],
            customer_id=share.customer_id,
            to=share.to,
        )
        for share in given
    ]
    SuccessionLine.objects.bulk_create(lines, batch_size=500)


@transaction.atomic
def call_off(planned: Succession, *, by: Actor, at: datetime) -> None:
    """Let a planned hand-over be. Raises DomainError once it has begun."""
    ensure(may_hand_over_for(by, planned.leaver_id))
    waiting = Succession.objects.filter(pk=planned.pk, state=State.PLANNED)
    if not waiting.update(state=State.CALLED_OFF, moved_at=at):
        raise DomainError(_("It has begun already, or was called off."))
    planned.refresh_from_db()
    record(verbs.SUCCESSION_CALLED_OFF, planned, by=by, at=at, name=planned.leaver.name)


@transaction.atomic
def begin(planned: Succession, *, at: datetime) -> bool:
    """Begin a planned hand-over on its day, once: in the name of who prepared it, of what the person has now.

    Where that may no longer be, it is called off with the reason.
    """
    waiting = Succession.objects.filter(pk=planned.pk, state=State.PLANNED)
    if not waiting.update(state=State.WORKING, moved_at=at):
        return False
    maker = User.objects.with_standing().get(pk=planned.made_by_id)
    with translation.override(maker.language or settings.LANGUAGE_CODE):
        try:
            ensure(maker.is_active, _("Whoever prepared it no longer works here."))
            write_lines(planned, shares(planned.leaver, Wish.of(planned.plan), by=actor_of(maker)))
        except DomainError as refusal:
            why = {"state": State.CALLED_OFF, "ending": str(refusal)[:200], "moved_at": at}
            Succession.objects.filter(pk=planned.pk).update(**why)
            facts = {"name": planned.leaver.name, "reason": str(refusal)[:200]}
            record(verbs.SUCCESSION_STOPPED, planned, by=CLOCKWORK, at=at, **facts)
    planned.refresh_from_db()
    return True


def ask_to_undo(done: Succession, *, by: Actor, at: datetime) -> None:
    """Begin to put a batch back. Raises DomainError when the day is over or it is being put back already."""
    ensure(may_hand_over_for(by, done.leaver_id))
    if not done.leaver.is_active:
        raise DomainError(_("{name} can no longer sign in. Let them sign in again first.").format(
            name=done.leaver.name))  # fmt: skip
    timely = Succession.objects.filter(pk=done.pk, state=State.DONE, done_at__gt=at - Succession.UNDONE_WITHIN)
    if not timely.update(state=State.UNDOING, moved_at=at):
        raise DomainError(_("The day for undoing is over. Hand over again where needed."))
    done.refresh_from_db()


@transaction.atomic
def acknowledge(lines: Collection[int], *, by: Actor, at: datetime) -> int:
    """Note that the successor has taken these on; only one's own, each once."""
    mine = SuccessionLine.objects.filter(pk__in=lines, to=by.pk, result=Result.GIVEN, acknowledged_at=None)
    return mine.update(acknowledged_at=at)
