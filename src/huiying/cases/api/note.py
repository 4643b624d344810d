"""Words among ourselves."""

from __future__ import annotations

from typing import Annotated

from django.utils import timezone
from django.utils.translation import gettext_noop as _
from ninja import Router, Schema, Status
from pydantic import Field

from huiying.cases.actions import note
from huiying.cases.api.shown import visible_case
from huiying.cases.models import Note
from huiying.kit.rest import Ask, Moment, Reference, Text
from huiying.staff.api import Person, person
from huiying.staff.http import ApiRequest
from huiying.staff.references import person_named

router = Router(tags=["conversation"])


class NoteAsk(Ask):
    """An internal note; no customer sees it. Whoever is mentioned is told."""

    text: Text
    mentions: Annotated[list[Reference], Field(max_length=20)] = []


class NoteShown(Schema):
    """An internal note."""

    id: int
    at: Moment
    author: Person | None
    text: str


@router.post("/cases/{number}/notes", response={201: NoteShown}, summary=_("Add an internal note"))
def write_note(request: ApiRequest, number: str, ask: NoteAsk) -> Status[NoteShown]:
    case = visible_case(request, number)
    mentioned = [person_named(name, field="mentions") for name in ask.mentions]
    return Status(201, note_shown(note(case, ask.text, by=request.actor, at=timezone.now(), mentions=mentioned)))


def note_shown(written: Note) -> NoteShown:
    return NoteShown(id=written.pk, at=written.at, author=person(written.author), text=written.text)
