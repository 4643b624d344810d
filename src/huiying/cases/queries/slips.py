"""Calls being taken down: each has a slip of its own, so that a second call does not cost the first (SPEC K7)."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from huiying.cases.actions.drafts import drafts_like
from huiying.customers.models import Customer

PLACE = "registration"
AT_MOST = 9
TELLING = ("customer", "caller_name", "caller_phone", "caller_email", "description", "demand", "promise", "subject")


@dataclass(frozen=True)
class Slip:
    """A call begun and not finished: which slip, of whom, what, when last touched."""

    number: int
    who: str
    what: str
    saved_at: datetime


def place_of(slip: int) -> str:
    return PLACE if slip == 1 else f"{PLACE}-{slip}"


def says_something(content: Mapping[str, str]) -> bool:
    """Whether more was entered than what the form begins with."""
    return any(content.get(name, "").strip() for name in TELLING)


def slips_of(person: int) -> list[Slip]:
    """Return the person's unfinished slips, oldest first; at most two statements."""
    kept = {draft.place: draft for draft in drafts_like(PLACE, by=person)}
    found = [(number, kept[place_of(number)]) for number in range(1, AT_MOST + 1) if place_of(number) in kept]
    numbers = {draft.content.get("customer") for _number, draft in found} - {None, ""}
    names = dict(Customer.objects.filter(number__in=numbers).values_list("number", "name")) if numbers else {}
    slips = [
        Slip(number, who_in(draft.content, names), draft.content.get("description", ""), draft.saved_at)
        for number, draft in found
    ]
    return sorted(slips, key=lambda slip: slip.saved_at)


def who_in(content: Mapping[str, str], names: Mapping[str, str]) -> str:
    known = names.get(content.get("customer", ""))
    return known or content.get("caller_name") or content.get("caller_phone") or _("caller unknown")


def free_slip(taken: Collection[int]) -> int:
    """Return a slip nothing stands on; when all are taken, the last."""
    return next((number for number in range(1, AT_MOST + 1) if number not in taken), AT_MOST)
