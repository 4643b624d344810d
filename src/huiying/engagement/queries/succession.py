"""What the pages of handing over show: what somebody has, who would get what, and what a successor must know."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery

from huiying.cases.models import Case
from huiying.customers.models import Customer, Status, Tag, Tier
from huiying.engagement.belongings import Belonging, belongings
from huiying.engagement.models import Interaction, Need, PlannedContact
from huiying.engagement.models.succession import Succession, SuccessionLine
from huiying.engagement.shares import Share, Wish
from huiying.journal.actors import Actor
from huiying.kit.guards import Sentence
from huiying.staff.models import User

SHOWN = 200


@dataclass(frozen=True)
class Holds:
    """How many things of a kind somebody has; the first of them by name."""

    belonging: Belonging
    count: int
    first: list[str]

    @property
    def words(self) -> str:
        return self.belonging.counted(self.count)


def holds(person: User, *, by: Actor, first: int = 8) -> list[Holds]:
    """Return what of the person's work the actor may see."""
    rows = [(one, one.seen_of(person.pk, by=by)) for one in belongings()]
    found = [Holds(one, seen.count(), [one.titled(row) for row in seen[:first]]) for one, seen in rows]
    return [one for one in found if one.count]


def lines_seen(batch: Succession, *, by: Actor) -> QuerySet[SuccessionLine]:
    """Return the lines of a batch without what the actor may learn nothing of (SPEC C15)."""
    lines = batch.lines.select_related("to", "customer")
    for kind in belongings():
        lines = lines.exclude(kind=kind.code, thing_id__in=kind.kept_from(by))
    return lines


def shared_out(shares: Sequence[Share]) -> list[tuple[User, list[str]]]:
    """Return by successor how many things of each kind they would get."""
    counts: dict[User, Counter[str]] = defaultdict(Counter)
    for share in shares:
        counts[share.to][share.belonging.code] += 1
    return [
        (person, [one.counted(codes[one.code]) for one in belongings() if codes[one.code]])
        for person, codes in sorted(counts.items(), key=lambda pair: pair[0].name)
    ]


@dataclass(frozen=True)
class LineRow:
    """A line of a batch as its page shows it: of what kind, and the page of the thing where the reader may see it."""

    line: SuccessionLine
    kind: Sentence
    address: str = ""


def rows_of_lines(lines: Sequence[SuccessionLine], *, by: Actor) -> list[LineRow]:
    """Return the lines with where each leads; one statement for each kind of thing."""
    rows: list[LineRow] = []
    places: dict[tuple[str, int], Any] = {}
    for kind in belongings():
        keys = [line.thing_id for line in lines if line.kind == kind.code]
        seen = kind.manager.visible_to(by).filter(pk__in=keys) if keys else ()
        places |= {(kind.code, thing.pk): thing for thing in seen if hasattr(thing, "get_absolute_url")}
    names = {kind.code: kind.name for kind in belongings()}
    for line in lines:
        thing = places.get((line.kind, line.thing_id))
        rows.append(LineRow(line, names.get(line.kind, line.kind), thing.get_absolute_url() if thing else ""))
    return rows


@dataclass(frozen=True)
class Plan:
    """What a batch was asked to do, by name."""

    kinds: list[Sentence]
    successors: list[str]
    among: list[str]


def plan_in_words(batch: Succession) -> Plan:
    wish = Wish.of(batch.plan)
    among, tags = wish.among, Tag.objects.filter(pk=wish.among.tag or 0)
    parts = [str(Tier(tier).label) for tier in among.tiers]
    parts += [str(Status(among.status).label)] if among.status else []
    parts += [tag.name for tag in tags] if among.tag else []
    parts += [part for part in (among.region, among.source, among.industry) if part]
    people = dict.fromkeys([*wish.successors, *wish.own.values()])
    kinds = [kind.name for kind in belongings() if kind.code in wish.kinds]
    return Plan(kinds, [person.name for person in people], parts)


@dataclass
class Note:
    """The handing-over note of a customer, collected from what is on record."""

    customer: Customer
    lines: list[SuccessionLine] = field(default_factory=list)
    contacts: list[Interaction] = field(default_factory=list)
    needs: list[Need] = field(default_factory=list)
    planned: list[PlannedContact] = field(default_factory=list)
    cases: list[Case] = field(default_factory=list)


def to_take_on(person_id: int) -> list[SuccessionLine]:
    waiting = SuccessionLine.objects.filter(to=person_id, result="given", acknowledged_at=None)
    told = waiting.select_related("succession__leaver", "succession__made_by", "customer")
    return list(told.order_by("customer", "id")[:SHOWN])


def notes_of(lines: Sequence[SuccessionLine], *, by: Actor) -> list[Note]:
    """Return a note for each customer of these lines that the actor may see; five statements, however many."""
    keys = {line.customer_id for line in lines if line.customer_id}
    notes = {one.pk: Note(one) for one in Customer.objects.visible_to(by).filter(pk__in=keys).order_by("name")}
    for line in lines:
        if line.customer_id in notes:
            notes[line.customer_id].lines.append(line)
    for contact in last_contacts(notes.keys()):
        notes[contact.customer_id].contacts.append(contact)
    for need in Need.objects.open().filter(customer__in=notes).order_by("next_on"):
        notes[need.customer_id].needs.append(need)
    for planned in PlannedContact.objects.visible_to(by).open().filter(customer__in=notes).order_by("due_on"):
        notes[planned.customer_id].planned.append(planned)
    for case in Case.objects.visible_to(by).open().filter(customer__in=notes).order_by("id"):
        notes[case.customer_id or 0].cases.append(case)
    return list(notes.values())


def last_contacts(customers: Collection[int]) -> list[Interaction]:
    """Return the last two contacts of each customer, the newest first."""
    newest = Interaction.objects.filter(customer=OuterRef("customer")).order_by("-at", "-id").values("pk")
    second = Subquery(newest[1:2])
    rows = Interaction.objects.filter(customer__in=customers).select_related("owner")
    from_first = rows.filter(pk=Subquery(newest[:1])) | rows.filter(pk=second)
    return list(from_first.order_by("-at", "-id"))
