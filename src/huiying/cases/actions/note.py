"""Words among ourselves (SPEC K4)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from huiying.cases.actions.step import held, step
from huiying.cases.models import Case, Note
from huiying.cases.policies import may_note
from huiying.cases.verbs import NOTED
from huiying.journal.actors import Actor
from huiying.kit.guards import BadInput, ensure
from huiying.search.index import add_words
from huiying.staff.models import User


@transaction.atomic
def note(case: Case, text: str, *, by: Actor, at: datetime, mentions: Iterable[User] = ()) -> Note:
    """Add an internal note; whoever is mentioned is told. Customers never see it, and it stops no clock."""
    case = held(case)
    ensure(may_note(by, case))
    if not text.strip():
        raise BadInput(_("The note is empty."), field="text")
    written = Note.objects.create(case=case, text=text.strip(), author_id=by.pk if by.is_staff else None, at=at)
    mentioned = list(mentions)
    if mentioned:
        written.mentions.set(mentioned)
    step(NOTED, case, by=by, at=at, note=written.pk, mentions=[user.pk for user in mentioned])
    add_words(case, text)
    return written


def put_down(case: Case, text: str, *, by: Actor, at: datetime) -> None:
    """Show what was asked, answered or given as a reason on the timeline: words among ourselves."""
    Note.objects.create(case=case, text=text.strip(), author_id=by.pk if by.is_staff else None, at=at)
    add_words(case, text)
