"""One reader of the journal a process, and everybody who listens: changes reach open pages by themselves (SPEC J3)."""

from __future__ import annotations

import asyncio
import json
import logging
import threading
import time
from collections import defaultdict
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.contrib.sessions.models import Session
from django.db import DatabaseError, connection
from django.utils import timezone

from huiying.cases.live.scene import Scene, scenes
from huiying.cases.models import Case, Presence
from huiying.journal.models import Entry
from huiying.journal.tail import AT_ONCE, Tail
from huiying.notifications.models import Notice
from huiying.staff.actors import StaffActor, actor_of
from huiying.staff.models import User

log = logging.getLogger(__name__)

EVERY = 1.0
OVERLAP = timedelta(seconds=3)  # what was written meanwhile may carry an earlier moment
SESSIONS_EVERY = 15.0
WAITING_AT_MOST = 200
CASE, PERSON = Case._meta.label_lower, User._meta.label_lower


@dataclass(eq=False)
class Listener:
    """One open stream. Its loop and queue belong to the event loop that reads it; others hand it words by `tell`."""

    actor: StaffActor
    session_key: str
    loop: asyncio.AbstractEventLoop
    words: asyncio.Queue[str | None] = field(default_factory=lambda: asyncio.Queue(WAITING_AT_MOST))

    def tell(self, text: str | None) -> None:
        """Hand over an event, or None to end the stream; callable from any thread."""
        with suppress(RuntimeError):  # the loop is closed: nobody reads any more
            self.loop.call_soon_threadsafe(self.take, text)

    def take(self, text: str | None) -> None:
        if self.words.full():  # the reader is stuck; when it comes back it fetches everything anew
            text = None
            self.words.get_nowait()
        self.words.put_nowait(text)


class Broadcast:
    """The listeners of this process. The reader runs while anybody listens."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.listeners: set[Listener] = set()
        self.reader: threading.Thread | None = None

    def join(self, listener: Listener) -> None:
        with self.lock:
            self.listeners.add(listener)
            if self.reader is None:
                self.reader = threading.Thread(target=self.read, name="live", daemon=True)
                self.reader.start()

    def leave(self, listener: Listener) -> None:
        with self.lock:
            self.listeners.discard(listener)

    def read(self) -> None:
        """Follow the journal while it is wanted. Whatever ends it, the next listener finds the place free."""
        try:
            self.follow()
        finally:
            connection.close()
            with self.lock:
                if self.reader is threading.current_thread():
                    self.reader = None

    def follow(self) -> None:
        round_ = None
        while self.is_wanted():
            try:
                round_ = round_ or Round()
                round_.run(frozenset(self.listeners))
            except DatabaseError as failure:
                log.warning("The journal could not be read; trying again. %s", failure)
                connection.close()
            time.sleep(EVERY)

    def is_wanted(self) -> bool:
        """Say whether anybody listens; when nobody does, the reader ends here and the next listener starts another."""
        with self.lock:
            if not self.listeners:
                self.reader = None
            return bool(self.listeners)


class Round:
    """What the reader remembers from one look to the next."""

    def __init__(self) -> None:
        self.tail = Tail()
        self.last_notice = newest_notice()
        self.presence_seen = timezone.now()
        self.presence_told: frozenset[tuple[int, datetime]] = frozenset()
        self.sessions_seen = time.monotonic()

    def run(self, listeners: frozenset[Listener]) -> None:
        entries = self.tail.news(timezone.now())
        self.tell_of_cases(entries, listeners)
        self.tell_who_gave_up(entries, listeners)
        self.tell_of_notices(listeners)
        self.tell_of_presence(listeners)
        somebody_changed = any(entry.subject_type == PERSON for entry in entries)
        if somebody_changed or time.monotonic() - self.sessions_seen > SESSIONS_EVERY:
            self.sessions_seen = time.monotonic()
            look_after_sessions(listeners)
        if len(entries) == AT_ONCE:
            self.run(listeners)

    def tell_of_cases(self, entries: list[Entry], listeners: Iterable[Listener]) -> None:
        changed = scenes({entry.subject_id for entry in entries if entry.subject_type == CASE})
        if changed:
            for listener in listeners:
                for text in news_for(listener.actor, changed, mark=self.tail.last):
                    listener.tell(text)

    def tell_who_gave_up(self, entries: list[Entry], listeners: Iterable[Listener]) -> None:
        """Let the desk be fetched anew of whoever a case was taken from: it is none of theirs any more."""
        former = {entry.facts.get("from_id") for entry in entries if entry.subject_type == CASE}
        for listener in listeners:
            if listener.actor.pk in former:
                listener.tell(event("desk", mark=self.tail.last))

    def tell_of_notices(self, listeners: Iterable[Listener]) -> None:
        fresh = list(Notice.objects.filter(id__gt=self.last_notice).order_by("id").values_list("id", "user_id"))
        self.last_notice = fresh[-1][0] if fresh else self.last_notice
        told = {user_id for _id, user_id in fresh}
        for listener in listeners:
            if listener.actor.pk in told:
                listener.tell(event("desk"))

    def tell_of_presence(self, listeners: Iterable[Listener]) -> None:
        """Tell those on a case that somebody came, went or began to type; they ask who it is."""
        moved = Presence.objects.filter(changed_at__gt=self.presence_seen - OVERLAP)
        moves = frozenset(moved.values_list("case_id", "changed_at"))
        fresh, self.presence_told = moves - self.presence_told, moves
        if not fresh:
            return
        self.presence_seen = max(at for _case_id, at in fresh)
        there = Presence.objects.filter(case_id__in={case_id for case_id, _at in fresh})
        people: dict[int, set[str]] = defaultdict(set)
        for user_id, number in there.values_list("user_id", "case__number"):
            people[user_id].add(number)
        for listener in listeners:
            for number in people.get(listener.actor.pk or 0, ()):
                listener.tell(event("presence", number=number))


def newest_notice() -> int:
    return Notice.objects.order_by("-id").values_list("id", flat=True).first() or 0


def news_for(actor: StaffActor, changed: list[Scene], *, mark: int) -> list[str]:
    """Return the events that this actor may know of, and one for their desk when it may look different."""
    seen = [scene for scene in changed if scene.is_seen_by(actor)]
    texts = [event("case", mark=mark, number=scene.number, version=scene.version) for scene in seen]
    return [*texts, event("desk", mark=mark)] if any(scene.concerns(actor) for scene in seen) else texts


def event(name: str, *, mark: int = 0, **facts: object) -> str:
    """Return one server-sent event; `mark` is the journal entry up to which it tells."""
    numbered = f"id: {mark}\n" if mark else ""
    return f"event: {name}\n{numbered}data: {json.dumps(facts)}\n\n"


def look_after_sessions(listeners: Iterable[Listener]) -> None:
    """End the streams of whoever signed out or may no longer sign in, and let the others act by their present role."""
    keys = {listener.session_key for listener in listeners}
    live = Session.objects.filter(session_key__in=keys, expire_date__gt=timezone.now())
    signed_in = set(live.values_list("session_key", flat=True))
    people = User.objects.working().with_standing().in_bulk([listener.actor.pk for listener in listeners])
    for listener in listeners:
        person = people.get(listener.actor.pk)
        if person is None or listener.session_key not in signed_in:
            listener.tell(None)
        else:
            listener.actor = actor_of(person)


broadcast = Broadcast()
