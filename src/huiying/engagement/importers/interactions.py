"""Importing records of contact. What was written elsewhere is history: it is taken as it is and marked where hollow."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from huiying.customers.importers.whom import Known, texts
from huiying.customers.models import Contact
from huiying.engagement import verbs
from huiying.engagement.actions.onboarding_contact import meet_by_contacts
from huiying.engagement.crediting import credit_all
from huiying.engagement.importers.fields import FIELDS
from huiying.engagement.models import Interaction, Means
from huiying.engagement.substance import Record, problem_of
from huiying.imports.protocol import Kept, Outcome, Row
from huiying.journal.actors import Actor
from huiying.journal.entries import entry_for, record_all
from huiying.kit.bulk import insert_all
from huiying.kit.guards import BadInput, Sentence, ensure_sound
from huiying.kit.turns import take_turns
from huiying.staff.models import User

TO_COME = _("This contact lies in the future.")
Same = tuple[int, datetime, str]


class InteractionImporter:
    """Stores records of contact once: by their outside number, else by customer, moment and content."""

    kind = "interactions"
    name: Sentence = _("Records of contact")
    power = "customers.import"
    fields = FIELDS

    def store(self, rows: Sequence[Row], *, by: Actor, at: datetime) -> list[Outcome]:
        take_turns("interactions of an import")
        return InteractionBatch(rows, by=by, at=at).store(rows)


class InteractionBatch:
    """The customers, people and records that a batch of rows speaks of."""

    def __init__(self, rows: Sequence[Row], *, by: Actor, at: datetime) -> None:
        self.by, self.at = by, at
        self.known = Known(rows, by=by)
        names = texts(rows, "owner")
        self.people = {user.name: user for user in User.objects.filter(name__in=names)}
        self.people |= {user.username: user for user in User.objects.filter(username__in=names)}
        self.refs = set(known_refs(texts(rows, "external_ref")))
        self.new: list[tuple[Interaction, Mapping[str, Any]]] = []

    def store(self, rows: Sequence[Row]) -> list[Outcome]:
        outcomes = [self.take(row.values) for row in rows]
        self.leave_out_known(outcomes)
        self.name_contacts()
        written = [one for one, _values in self.new]
        insert_all(written)
        credit_all(written)
        record_all([(self.entry(one), Interaction) for one in written])
        meet_by_contacts({one.customer_id for one in written}, by=self.by, at=self.at)
        return outcomes

    def take(self, values: Mapping[str, Any]) -> Outcome:
        ref = values.get("external_ref") or ""
        if ref in self.refs and ref:
            return Kept.UNCHANGED
        try:
            interaction = self.read(values, ref)
        except BadInput as refusal:
            return refusal
        self.refs.add(ref)
        self.new.append((interaction, values))
        return Kept.STORED

    def read(self, values: Mapping[str, Any], ref: str) -> Interaction:
        """Return the record, sound and not yet written."""
        if values["at"] > self.at:
            raise BadInput(TO_COME, field="at")
        name, words = values.get("owner") or "", {key: values.get(key) or "" for key in ("content", "feedback")}
        owner, participants = self.people.get(name), values.get("participants") or ""
        if owner is None and name not in participants:
            participants = f"{participants} {name}".strip()  # who has left the company still spoke with them
        interaction = Interaction(
            customer_id=self.known.key_of(values),
            means=values.get("means") or Means.PHONE,
            at=values["at"],
            owner=owner,
            participants=participants[:200],
            next_step=values.get("next_step") or "",
            next_on=values.get("next_on"),
            external_ref=ref,
            **words,
        )
        said = Record(**words, next_step=interaction.next_step, who=values.get("contact") or "")
        interaction.is_hollow = bool(problem_of(said))
        ensure_sound(interaction)
        return interaction

    def leave_out_known(self, outcomes: list[Outcome]) -> None:
        """Turn rows without an outside number that are known already, or stand twice, into unchanged ones."""
        nameless = [one for one, _values in self.new if not one.external_ref]
        known = self.known_of(nameless) if nameless else set()
        kept, at = [], (place for place, outcome in enumerate(outcomes) if outcome is Kept.STORED)
        for (one, values), place in zip(self.new, list(at), strict=True):
            if one.external_ref or same(one) not in known:
                kept.append((one, values))
                known.add(same(one))
            else:
                outcomes[place] = Kept.UNCHANGED
        self.new = kept

    def known_of(self, nameless: Iterable[Interaction]) -> set[Same]:
        held = Interaction.objects.filter(
            customer__among={one.customer_id for one in nameless}, at__among={one.at for one in nameless}
        )
        return set(held.order_by().values_list("customer_id", "at", "content"))

    def name_contacts(self) -> None:
        """Tie the records to the customers' people of that name; other names are kept as participants."""
        wanted = {one.customer_id for one, values in self.new if values.get("contact")}
        known = {
            (each.customer_id, each.name): each
            for each in (Contact.objects.filter(customer__among=wanted).order_by("-id") if wanted else ())
        }
        for one, name in ((one, values["contact"]) for one, values in self.new if values.get("contact")):
            one.contact = known.get((one.customer_id, name))
            if one.contact is None:
                one.participants = f"{name} {one.participants}".strip()[:200]

    def entry(self, one: Interaction) -> Any:
        day = localdate(one.at).isoformat()
        return entry_for(verbs.RECORDED, one, by=self.by, at=self.at, means=str(one.means), day=day)


def known_refs(refs: Collection[str]) -> QuerySet[Interaction, str]:
    """Return those of the outside numbers that are known. Without the words of its index the whole table is read."""
    named = Interaction.objects.exclude(external_ref="").order_by()
    return named.filter(external_ref__among=refs).values_list("external_ref", flat=True)


def same(one: Interaction) -> Same:
    return (one.customer_id, one.at, one.content)
