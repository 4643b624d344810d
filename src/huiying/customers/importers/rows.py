"""A row of a customer list, as typed values; nothing here asks the database."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from huiying.customers.actions.contact import reach_key
from huiying.customers.importers.cells import looks_like_company
from huiying.customers.models import Customer, Reach, Tier
from huiying.customers.numbers import name_key

PLAIN_FIELDS = (
    "external_ref",
    "name",
    "credit_code",
    "industry",
    "headcount",
    "revenue",
    "yearly_purchases",
    "main_business",
    "source",
    "region",
    "address",
    "first_contact_on",
    "expected_on",
    "since",
    "decision_maker",
    "preferences",
    "special_requirements",
    "remarks",
)


@dataclass(frozen=True)
class CustomerRow:
    """One customer and one person to speak with."""

    values: Mapping[str, Any] = field(repr=False)

    @property
    def external_ref(self) -> str:
        return str(self.values.get("external_ref") or "")

    @property
    def owner(self) -> str:
        return str(self.values.get("owner") or "")

    @property
    def tags(self) -> list[str]:
        return list(self.values.get("tags") or [])

    @cached_property
    def name_key(self) -> str:
        return name_key(self.values["name"])

    @cached_property
    def numbers(self) -> list[str]:
        """The numbers that name the customer, the outside one first."""
        return [number for number in (self.external_ref, str(self.values.get("credit_code") or "")) if number]

    @property
    def contact_name(self) -> str:
        return str(self.values.get("contact") or self.values["name"][:60])

    @property
    def names_contact(self) -> bool:
        return bool(self.values.get("contact"))

    @cached_property
    def reaches(self) -> dict[tuple[str, str], str]:
        """The ways to reach the contact: (kind, key) → as written."""
        known = {Reach.Kind.PHONE: "phones", Reach.Kind.EMAIL: "emails", Reach.Kind.WECHAT: "wechats"}
        pairs = [(kind, value) for kind, code in known.items() for value in self.values.get(code) or []]
        return {(str(kind), reach_key(kind, value)): value for kind, value in pairs}

    @cached_property
    def keys(self) -> set[tuple[str, str]]:
        return set(self.reaches)

    @property
    def kind(self) -> str:
        """A company by its name, its credit code, or because somebody else is to be spoken with."""
        stated = self.values.get("kind")
        is_company = (
            looks_like_company(self.values["name"])
            or self.values.get("credit_code")
            or (self.names_contact and name_key(self.contact_name) != self.name_key)
        )
        return str(stated or (Customer.Kind.ORGANISATION if is_company else Customer.Kind.PERSON))

    @property
    def tier(self) -> str:
        return str(self.values.get("tier") or Tier.ORDINARY)
