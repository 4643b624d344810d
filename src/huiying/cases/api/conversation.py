"""Words to and from the customer, with their files."""

from __future__ import annotations

from django.http import FileResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext_noop as _
from ninja import File, Form, Path, Router, Schema, Status
from ninja.files import UploadedFile

from huiying.cases.actions import answer, hear
from huiying.cases.api.shown import visible_case
from huiying.cases.models import Case
from huiying.channels.models import Attachment, Message
from huiying.channels.models.endpoint import Channel
from huiying.channels.words import Upload, Words, ensure_not_too_large
from huiying.kit.rest import Ask, Code, Key, Moment, Text
from huiying.staff.actors import StaffActor
from huiying.staff.http import ApiRequest

router = Router(tags=["conversation"])


class MessageAsk(Ask):
    """What is said to the customer (`out`), or what a customer said on a channel of the program's own (`in`)."""

    text: Text
    channel: Code[Channel] = Channel.API
    direction: Code[Message.Direction] = Message.Direction.OUT


class AttachmentsAsk(Ask):
    """Files as `attachments` of a `multipart/form-data`; they came from the customer unless `direction` says `out`."""

    text: Text = ""
    channel: Code[Channel] = Channel.API
    direction: Code[Message.Direction] = Message.Direction.IN


class AttachmentShown(Schema):
    """A file of a message; fetch it under cases/{number}/attachments/{id}."""

    id: int
    name: str
    content_type: str
    size: int


class MessageShown(Schema):
    """Words between us and the customer."""

    id: int
    direction: Code[Message.Direction]
    channel: Code[Channel]
    at: Moment
    author: str
    text: str
    is_automatic: bool
    attachments: list[AttachmentShown]


@router.post("/cases/{number}/messages", response={201: MessageShown}, summary=_("Answer the customer"))
def say(request: ApiRequest, number: str, ask: MessageAsk) -> Status[MessageShown]:
    words = Words(text=ask.text, channel=ask.channel)
    return Status(201, message_shown(spoken(visible_case(request, number), words, ask.direction, by=request.actor)))


@router.post("/cases/{number}/attachments", response={201: MessageShown}, summary=_("Add files to the conversation"))
def attach(
    request: ApiRequest, number: str, attachments: File[list[UploadedFile]], ask: Form[AttachmentsAsk]
) -> Status[MessageShown]:
    case = visible_case(request, number)
    words = Words(text=ask.text, channel=ask.channel, uploads=[upload_of(file) for file in attachments])
    return Status(201, message_shown(spoken(case, words, ask.direction, by=request.actor)))


@router.get("/cases/{number}/attachments/{attachment_id}", response={200: bytes}, summary=_("Fetch a file"))
def attachment(request: ApiRequest, number: str, attachment_id: Path[Key]) -> FileResponse:
    spoken_about = Message.objects.about(visible_case(request, number))
    kept = get_object_or_404(Attachment.objects.filter(message__in=spoken_about), pk=attachment_id)
    return FileResponse(kept.file.open(), content_type=kept.content_type, as_attachment=True, filename=kept.name)


def spoken(case: Case, words: Words, direction: str, *, by: StaffActor) -> Message:
    if direction == Message.Direction.OUT:
        return answer(case, words, by=by, at=timezone.now())
    return hear(case, words, by=by, author_name=case.customer_name, at=timezone.now())


def upload_of(file: UploadedFile) -> Upload:
    """Read a file into memory only after its size was found to be within the limit."""
    ensure_not_too_large(file.name or "", file.size or 0)
    return Upload(name=file.name or "", content=file.read())


def message_shown(message: Message) -> MessageShown:
    return MessageShown(
        id=message.pk,
        direction=Message.Direction(message.direction),
        channel=Channel(message.channel),
        at=message.at,
        author=message.author_name,
        text=message.text,
        is_automatic=message.is_automatic,
        attachments=[attachment_shown(kept) for kept in message.attachments.all()],
    )


def attachment_shown(kept: Attachment) -> AttachmentShown:
    return AttachmentShown(id=kept.pk, name=kept.name, content_type=kept.content_type, size=kept.size)
