"""The stream of changes: which cases have a new version, and that the desk looks different."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

from django.http import StreamingHttpResponse
from django.views.decorators.http import require_GET

from huiying.cases.live.broadcast import CASE, Listener, broadcast, news_for
from huiying.cases.live.scene import scenes
from huiying.journal.models import Entry
from huiying.staff.actors import StaffActor
from huiying.staff.http import DeskRequest

STILL_HERE_EVERY = 15.0
MISSED_AT_MOST = 500
LONGEST_MARK = 18


@require_GET
def live(request: DeskRequest) -> StreamingHttpResponse:
    """Answer with server-sent events for as long as the reader stays signed in."""
    mark = request.headers.get("Last-Event-ID", "")
    is_ours = mark.isdecimal() and len(mark) <= LONGEST_MARK
    missed = missed_since(int(mark), request.actor) if is_ours else []
    stream = follow(request.actor, request.session.session_key or "", missed)
    headers = {"Cache-Control": "no-cache, no-transform", "X-Accel-Buffering": "no"}
    return StreamingHttpResponse(stream, content_type="text/event-stream", headers=headers)


def missed_since(mark: int, actor: StaffActor) -> list[str]:
    """Return what happened since the reader last heard from us."""
    entries = Entry.objects.filter(id__gt=mark, subject_type=CASE).order_by("id")
    marks = list(entries.values_list("id", "subject_id")[:MISSED_AT_MOST])
    if not marks:
        return []
    return news_for(actor, scenes({case_id for _id, case_id in marks}), mark=marks[-1][0])


async def follow(actor: StaffActor, session_key: str, missed: list[str]) -> AsyncIterator[str]:
    listener = Listener(actor=actor, session_key=session_key, loop=asyncio.get_running_loop())
    broadcast.join(listener)
    try:
        yield "retry: 3000\n\n" + "".join(missed)
        while (text := await next_words(listener)) is not None:
            yield text
    finally:
        broadcast.leave(listener)


async def next_words(listener: Listener) -> str | None:
    """Return the next event, a sign of life when nothing happens for long, or None at the end."""
    try:
        return await asyncio.wait_for(listener.words.get(), STILL_HERE_EVERY)
    except TimeoutError:
        return ": still here\n\n"
