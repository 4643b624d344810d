"""Importing a customer list. One company may stand on several rows, one for each person to speak with."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from huiying.customers import verbs
from huiying.customers.actions.freshness import due_on
from huiying.customers.drafts import Door
from huiying.customers.importers.archive import Archive, Folder, Tagging
from huiying.customers.importers.fields import FIELDS
from huiying.customers.importers.rows import PLAIN_FIELDS, CustomerRow
from huiying.customers.models import Contact, Customer, Reach
from huiying.customers.numbers import name_key
from huiying.imports.protocol import Kept, Outcome, Row
from huiying.journal.actors import Actor
from huiying.kit.guards import BadInput, Sentence, ensure_sound
from huiying.staff.actors import StaffActor


class CustomerImporter:
    """Stores customers with contacts, tier and tags.

    The archive wins over the file: of a known customer only what is empty is filled, and further contacts, numbers
    and tags are added.
    """

    kind = "customers"
    name: Sentence = _("Customers")
    power = "customers.import"
    fields = FIELDS

    def store(self, rows: Sequence[Row], *, by: Actor, at: datetime) -> list[Outcome]:
        read = [CustomerRow(row.values) for row in rows]
        archive = Archive(by=by, at=at)
        archive.look_up(read)
        outcomes = [take(row, archive) for row in read]
        archive.write()
        return outcomes


def take(row: CustomerRow, archive: Archive) -> Outcome:
    """Put one row where it belongs; nothing is written before the whole batch is."""
    try:
        folder = archive.folder_of(row)
        if folder is None:
            complete(archive.keep(new_folder(row, archive)), row, archive)
            return Kept.STORED
        filled = fill(folder, row, archive)
    except BadInput as refusal:
        return refusal
    return Kept.STORED if complete(folder, row, archive) or filled else Kept.UNCHANGED


def new_folder(row: CustomerRow, archive: Archive) -> Folder:
    """Return a folder with the row's customer, sound and not yet written."""
    plain = {name: row.values[name] for name in PLAIN_FIELDS if row.values.get(name)}
    customer = Customer(kind=row.kind, tier=row.tier, name_key=row.name_key, **plain)
    customer.status = row.values.get("status") or customer.status
    customer.owner = archive.person(row.owner)
    ensure_sound(customer, told=plain)
    place = customer.owner or (archive.by if isinstance(archive.by, StaffActor) else None)
    if place is not None:
        customer.team_id, customer.department_id = place.team_id, place.department_id
    customer.reviewed_on = localdate(archive.at)
    customer.review_due_on = due_on(customer, archive.review_rule, in_project=customer.in_project)
    archive.note(verbs.CREATED, customer, door=Door.LIST.value)
    return Folder(customer, is_new=True)


def fill(folder: Folder, row: CustomerRow, archive: Archive) -> list[str]:
    """Fill what is empty; what somebody entered is never overwritten."""
    customer = folder.customer
    archive.person(row.owner)
    empty = [name for name in PLAIN_FIELDS if row.values.get(name) and getattr(customer, name) in ("", None)]
    before = {name: getattr(customer, name) for name in empty}
    for name in empty:
        setattr(customer, name, row.values[name])
    try:
        if empty and not folder.is_new:
            ensure_sound(customer, told=empty)
    except BadInput:
        for name, value in before.items():
            setattr(customer, name, value)
        raise
    if empty and not folder.is_new:
        folder.filled += empty
        archive.note(verbs.REVISED, customer, fields=empty)
    return empty


def complete(folder: Folder, row: CustomerRow, archive: Archive) -> bool:
    """Add the contact, the numbers and the tags that the folder lacks; say whether there were any."""
    new_keys = row.keys - folder.keys
    contact = folder.contacts.get(name_key(row.contact_name))
    lacks_contact = contact is None and (row.names_contact or bool(new_keys) or not folder.contacts)
    if lacks_contact:
        contact = add_contact(folder, row, archive)
    if contact is not None:
        archive.reaches += [reach_of(contact, way, value) for way, value in row.reaches.items() if way in new_keys]
        folder.keys |= new_keys
    return add_tags(folder, row, archive) or lacks_contact or bool(new_keys)


def reach_of(contact: Contact, way: tuple[str, str], value: str) -> Reach:
    kind, key = way
    return Reach(contact=contact, customer=contact.customer, kind=kind, value=value, key=key, reversed_key=key[::-1])


def add_contact(folder: Folder, row: CustomerRow, archive: Archive) -> Contact:
    contact = Contact(
        customer=folder.customer,
        name=row.contact_name,
        title=row.values.get("contact_title") or "",
        birthday=row.values.get("birthday"),
        is_main=not folder.contacts,
    )
    folder.contacts[name_key(contact.name)] = contact
    folder.is_renamed = True
    archive.contacts.append(contact)
    if not folder.is_new:
        archive.note(verbs.CONTACT_ADDED, contact)
    return contact


def add_tags(folder: Folder, row: CustomerRow, archive: Archive) -> bool:
    new = [tag for tag in map(archive.tag, row.tags) if tag.pk not in folder.tag_ids]
    archive.taggings += [Tagging(customer=folder.customer, tag=tag) for tag in new]
    folder.tag_ids |= {tag.pk for tag in new}
    return bool(new)
