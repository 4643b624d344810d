"""What the pages about people, places and the operation log show."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, TypeVar

from django.apps import apps
from django.db import models
from django.db.models import Count, Q
from django.utils import timezone

from huiying.journal.actors import Actor
from huiying.journal.models import Entry
from huiying.kit.text import username_key
from huiying.staff.actors import StaffActor
from huiying.staff.models import Department, Role, Team, User

Known = TypeVar("Known", bound=models.Model)
SETTLING = timedelta(minutes=2)  # entries are numbered when they are written, and seen when their transaction ends


@dataclass(frozen=True)
class Place:
    """A department with its teams, at its depth in the tree."""

    department: Department
    depth: int
    teams: Sequence[Team]


@dataclass(frozen=True)
class LogLine:
    """An entry and the thing it is about, as far as the reader may see it."""

    entry: Entry
    sentence: str
    subject: str
    address: str


@dataclass(frozen=True, kw_only=True)
class LogFilter:
    person: User | None = None
    verb: str = ""
    since: date | None = None
    until: date | None = None
    subject: str = ""  # "cases.case:12"


def people(query: str, *, gone: bool) -> models.QuerySet[User]:
    """Return the people whose name or sign-in name holds the words; `gone` adds those without access."""
    found: models.QuerySet[User] = User.objects.with_standing().order_by("department__path", "team_id", "name")
    if query:
        found = found.filter(Q(name__icontains=query.strip()) | Q(username__contains=username_key(query)))
    return found if gone else found.filter(is_active=True)


def places() -> list[Place]:
    """Return the departments as a tree, top down, each with its teams."""
    counted = Count("people", filter=Q(people__is_active=True))
    teams: dict[int, list[Team]] = defaultdict(list)
    for team in Team.objects.select_related("lead").annotate(count=counted).order_by("name"):
        teams[team.department_id].append(team)
    departments = Department.objects.select_related("head").annotate(count=counted).order_by("path")
    return [Place(row, row.path.count("/") - 1, teams[row.pk]) for row in departments]


def roles() -> models.QuerySet[Role]:
    return Role.objects.annotate(count=Count("users", filter=Q(users__is_active=True))).order_by(
        "approval_limit", "name"
    )


def log(chosen: LogFilter, reader: StaffActor) -> models.QuerySet[Entry]:
    """Return the entries the filter asks for, without those of what is kept from the reader.

    Days are turned into a range of keys, so old days are as quick as new.
    """
    entries = Entry.objects.all()
    for kind, keys in kept_from(reader):
        entries = entries.exclude(subject_type=kind, subject_id__in=keys)
    if chosen.person:
        entries = entries.filter(actor_kind="staff", actor_id=chosen.person.pk)
    if chosen.verb:
        entries = entries.filter(verb=chosen.verb)
    if chosen.subject:
        kind, _colon, key = chosen.subject.partition(":")
        entries = entries.filter(subject_type=kind, subject_id=int(key) if key.isdecimal() else 0)
    if chosen.since:
        entries = entries.filter(id__gte=first_key_after(midnight(chosen.since) - SETTLING))
        entries = entries.filter(recorded_at__gte=midnight(chosen.since))
    if chosen.until:
        end = midnight(chosen.until + timedelta(days=1))
        entries = entries.filter(id__lt=first_key_after(end + SETTLING), recorded_at__lt=end)
    return entries


def kept_from(reader: StaffActor) -> Iterator[tuple[str, list[int]]]:
    """Yield the things of each kind that say themselves that they are kept from the reader; mostly there are none."""
    for model in apps.get_models():
        manager = model._default_manager
        if hasattr(manager, "kept_from") and (keys := list(manager.kept_from(reader))):
            yield model._meta.label_lower, keys


def known_to(rows: models.QuerySet[Known], by: Actor) -> models.QuerySet[Known]:
    """Keep the rows that do not say themselves that they are kept from the actor."""
    manager: Any = rows.model._default_manager
    return rows.exclude(pk__in=manager.kept_from(by)) if hasattr(manager, "kept_from") else rows


def first_key_after(moment: datetime) -> int:
    """Return the smallest key recorded at or after the moment, found by halving: keys grow with time."""
    last = Entry.objects.order_by("-id").values_list("id", flat=True).first() or 0
    low, high = 1, last + 1
    while low < high:
        middle = (low + high) // 2
        recorded_at = Entry.objects.filter(id__gte=middle).order_by("id").values_list("recorded_at", flat=True).first()
        if recorded_at is not None and recorded_at < moment:
            low = middle + 1
        else:
            high = middle
    return low


def midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def log_lines(entries: Iterable[Entry], reader: StaffActor) -> list[LogLine]:
    """Return the entries with what they are about; one query for each kind of thing, and none shown unseen."""
    listed = list(entries)
    keys: dict[str, set[int]] = defaultdict(set)
    for entry in listed:
        keys[entry.subject_type].add(entry.subject_id)
    things = {kind: visible(kind, found, reader) for kind, found in keys.items()}
    return [line_of(entry, things[entry.subject_type].get(entry.subject_id), reader) for entry in listed]


def visible(kind: str, keys: set[int], reader: StaffActor) -> dict[int, models.Model]:
    model = known_model(kind)
    if model is None:
        return {}
    rows = model._default_manager.all()
    if hasattr(rows, "visible_to"):
        rows = rows.visible_to(reader)
    return rows.in_bulk(keys)


def known_model(kind: str) -> type[models.Model] | None:
    try:
        return apps.get_model(kind)
    except (LookupError, ValueError):
        return None


def line_of(entry: Entry, thing: models.Model | None, reader: StaffActor) -> LogLine:
    sentence = entry.sentence_for(reader)
    if thing is None:
        model = known_model(entry.subject_type)
        kind = str(model._meta.verbose_name) if model else entry.subject_type
        return LogLine(entry, sentence, f"{kind} {entry.subject_id}" if entry.subject_id else "", "")
    address = getattr(thing, "get_absolute_url", None)
    return LogLine(entry, sentence, str(thing), address() if address else "")


def log_rows(entries: Iterable[Entry], reader: StaffActor) -> Iterator[Sequence[object]]:
    """Yield the log as a table for a file."""
    yield ("id", "recorded_at", "at", "actor_kind", "actor", "verb", "sentence", "subject_type", "subject_id", "facts")
    for entry in entries:
        yield (
            entry.pk,
            entry.recorded_at.isoformat(),
            entry.at.isoformat(),
            entry.actor_kind,
            entry.actor_name,
            entry.verb,
            entry.sentence_for(reader),
            entry.subject_type,
            entry.subject_id,
            folded_facts(entry.facts_for(reader)),
        )


def folded_facts(facts: Mapping[str, object]) -> str:
    return "; ".join(f"{name}={value}" for name, value in sorted(facts.items()))
