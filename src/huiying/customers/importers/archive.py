"""The part of the archive that a batch of rows speaks of, read and written in few statements."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from huiying.customers.actions.freshness import touch_all
from huiying.customers.importers.rows import CustomerRow
from huiying.customers.importers.whom import seen_of
from huiying.customers.models import Block, Contact, Customer, Reach, ReviewRule, Tag
from huiying.customers.numbers import customer_number, name_key
from huiying.customers.queries.merged import staying_keys
from huiying.customers.queries.words import words_of
from huiying.customers.reviewing import blocks_of
from huiying.journal.actors import Actor
from huiying.journal.entries import entry_for, record_all
from huiying.journal.models import Entry
from huiying.journal.numbers import next_values
from huiying.journal.verbs import Verb
from huiying.kit.bulk import insert_all
from huiying.kit.guards import BadInput
from huiying.kit.turns import take_turns
from huiying.search.index import index, index_all
from huiying.staff.models import User

Tagging = Customer.tags.through
HIDDEN = _("This customer is in the archive already, and is none of those you may see.")


@dataclass
class Folder:
    """What the archive holds of one customer; `filled` are the fields to be written when the batch ends."""

    customer: Customer
    is_new: bool = False
    contacts: dict[str, Contact] = field(default_factory=dict)
    keys: set[tuple[str, str]] = field(default_factory=set)
    tag_ids: set[int] = field(default_factory=set)
    filled: list[str] = field(default_factory=list)
    is_renamed: bool = False
    former_names: set[str] = field(default_factory=set)

    def is_same(self, row: CustomerRow) -> bool:
        """A company is known by its name; a person's name needs a number they share, or none on either side."""
        if row.external_ref and self.customer.external_ref:
            return False
        if self.customer.kind == Customer.Kind.ORGANISATION:
            return True
        return bool(row.keys & self.keys) or (not row.keys and not self.keys)

    @property
    def words(self) -> list[str]:
        return words_of(self.customer, [contact.name for contact in self.contacts.values()])


class Archive:
    """Knows the customers of one batch, those just entered included, and writes everything at its end."""

    def __init__(self, *, by: Actor, at: datetime) -> None:
        self.by, self.at = by, at
        self.by_number: dict[str, Folder] = {}
        self.by_name: dict[str, list[Folder]] = defaultdict(list)
        self.folders: list[Folder] = []
        self.hidden: set[int] = set()
        self.tags: dict[str, Tag] = {}
        self.people: dict[str, User] = {}
        self.contacts: list[Contact] = []
        self.reaches: list[Reach] = []
        self.taggings: list[models.Model] = []
        self.deeds: list[tuple[Verb, models.Model, dict[str, object]]] = []

    @cached_property
    def review_rule(self) -> ReviewRule:
        return ReviewRule.current()

    def look_up(self, rows: Sequence[CustomerRow]) -> None:
        """Read whatever the rows may speak of: customers, their contacts and numbers, people, tags."""
        take_turns("customers of an import")
        meant = meant_by(rows)
        stays = staying_keys(meant)
        self.hidden = set(stays.values()) - seen_of(set(stays.values()), by=self.by)
        by_pk = {pk: self.keep(Folder(one)) for pk, one in Customer.objects.in_bulk(set(stays.values())).items()}
        for pk in (pk for pk, staying in stays.items() if pk != staying):
            self.keep_former(meant[pk], by_pk[stays[pk]])
        for contact in Contact.objects.filter(customer__among=by_pk):
            by_pk[contact.customer_id].contacts[name_key(contact.name)] = contact
        for pk, kind, key in Reach.objects.filter(customer__among=by_pk).values_list("customer_id", "kind", "key"):
            by_pk[pk].keys.add((kind, key))
        for pk, tag_id in Tagging.objects.filter(customer__among=by_pk).values_list("customer_id", "tag_id"):
            by_pk[pk].tag_ids.add(tag_id)
        self.tags = {tag.name: tag for tag in Tag.objects.all()}
        if any(row.owner for row in rows):
            self.people = {key: user for user in User.objects.working() for key in (user.username, user.name)}

    def keep(self, folder: Folder) -> Folder:
        customer = folder.customer
        for number in filter(None, (customer.external_ref, customer.number, customer.credit_code)):
            self.by_number.setdefault(number, folder)
        self.by_name[customer.name_key].append(folder)
        self.folders.append(folder)
        return folder

    def keep_former(self, merged: Customer, folder: Folder) -> None:
        """Let numbers and a company's name lead to the one it was merged into."""
        folder.former_names.add(merged.name_key)
        for number in filter(None, (merged.external_ref, merged.number, merged.credit_code)):
            self.by_number.setdefault(number, folder)
        if merged.kind == Customer.Kind.ORGANISATION:
            self.by_name[merged.name_key].append(folder)

    def folder_of(self, row: CustomerRow) -> Folder | None:
        """Return what is known of the row's customer. Raises BadInput when the actor may not see them."""
        folder = self.folder_named(row)
        if folder is not None and folder.customer.pk in self.hidden:
            raise BadInput(HIDDEN, field="name")
        return folder

    def folder_named(self, row: CustomerRow) -> Folder | None:
        """Return whom the row names. Raises BadInput when its number belongs to somebody else."""
        for number in row.numbers:
            folder = self.by_number.get(number)
            if folder is not None and folder.customer.pk in self.hidden:
                return folder
            if folder is not None and row.name_key not in {folder.customer.name_key, *folder.former_names}:
                sentence = _("{number} already belongs to {name}.")
                raise BadInput(sentence.format(number=number, name=folder.customer.name), field="external_ref")
            if folder is not None:
                return folder
        named = sorted(self.by_name[row.name_key], key=lambda folder: folder.customer.pk in self.hidden)
        return next((folder for folder in named if folder.is_same(row)), None)

    def person(self, name: str) -> User | None:
        if name and name not in self.people:
            raise BadInput(_("Nobody who works here is called “{name}”.").format(name=name[:40]), field="owner")
        return self.people.get(name)

    def tag(self, name: str) -> Tag:
        if name not in self.tags:
            self.tags[name] = Tag.objects.create(name=name)
        return self.tags[name]

    def note(self, verb: Verb, subject: models.Model, **facts: object) -> None:
        self.deeds.append((verb, subject, facts))

    def write(self) -> None:
        """Write customers, contacts, numbers, tags, search words and journal."""
        new = [folder.customer for folder in self.folders if folder.is_new]
        for customer, value in zip(new, next_values("customer", len(new)) if new else (), strict=True):
            customer.number = customer_number(value)
        for rows in (new, self.contacts, self.reaches, self.taggings):
            insert_all(rows)
        for folder in self.folders:
            self.write_changes(folder)
        touch_all(self.touched(), by=self.by, at=self.at)
        index_all((folder.customer, folder.words) for folder in self.folders if folder.is_new)
        record_all([(self.entry(verb, subject, facts), type(subject)) for verb, subject, facts in self.deeds])

    def touched(self) -> list[tuple[int, Block]]:
        """Return which parts of known customers' archives the rows changed; new ones are as old as their entry."""
        new = {folder.customer.pk for folder in self.folders if folder.is_new}
        filled = [(folder.customer.pk, block) for folder in self.folders for block in blocks_of(folder.filled)]
        reached = [(row.customer_id, Block.CONTACTS) for rows in (self.contacts, self.reaches) for row in rows]
        return [(key, block) for key, block in (*filled, *reached) if key not in new]

    def write_changes(self, folder: Folder) -> None:
        if folder.filled:
            values = {name: getattr(folder.customer, name) for name in folder.filled}
            own = Customer.objects.filter(pk=folder.customer.pk)
            own.update(**values, version=F("version") + 1, updated_at=self.at)
        if folder.is_renamed and not folder.is_new:
            index(folder.customer, *folder.words)

    def entry(self, verb: Verb, subject: models.Model, facts: dict[str, object]) -> Entry:
        return entry_for(verb, subject, by=self.by, at=self.at, **facts)


def meant_by(rows: Sequence[CustomerRow]) -> dict[int, Customer]:
    """Return the customers whom the rows may speak of, merged ones included; one look-up for each index."""
    numbers = {number for row in rows for number in row.numbers}
    ways = (
        Q(name_key__among={row.name_key for row in rows}),
        Q(external_ref__among=numbers),
        Q(number__among=numbers),
        Q(credit_code__among=numbers) & ~Q(credit_code=""),
    )
    return Customer.objects.in_bulk(
        {pk for way in ways for pk in Customer.objects.filter(way).values_list("pk", flat=True)}
    )
