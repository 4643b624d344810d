"""What the pages of handing over show: what somebody has, who would get what, and what a successor must know."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import OuterRef, Subquery

from huiying.cases.models import Case
from huiying.customers.models import Customer
from huiying.engagement.actions.succession import Share
from huiying.engagement.belongings import Belonging, belongings
from huiying.engagement.models import Interaction, Need, PlannedContact
from huiying.engagement.models.succession import SuccessionLine
from huiying.journal.actors import Actor
from huiying.staff.models import User

SHOWN = 200


@dataclass(frozen=True)
class Holds:
    """How many things of a kind somebody has; the first of them by name."""

    belonging: Belonging
    count: int
    first: list[Any]

    @property
    def words(self) -> str:
        return self.belonging.counted(self.count)


def holds(person: User, *, first: int = 8) -> list[Holds]:
    found = [Holds(one, one.of(person.pk).count(), list(one.of(person.pk)[:first])) for one in belongings()]
    return [one for one in found if one.count]


def shared_out(shares: Sequence[Share]) -> list[tuple[User, list[str]]]:
    """Return by successor how many things of each kind they would get."""
    counts: dict[User, Counter[str]] = defaultdict(Counter)
    for share in shares:
        counts[share.to][share.belonging.code] += 1
    return [
        (person, [one.counted(codes[one.code]) for one in belongings() if codes[one.code]])
        for person, codes in sorted(counts.items(), key=lambda pair: pair[0].name)
    ]


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
    return list(waiting.select_related("succession__leaver", "customer").order_by("customer", "id")[:SHOWN])


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
    for planned in PlannedContact.objects.open().filter(customer__in=notes).order_by("due_on"):
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
