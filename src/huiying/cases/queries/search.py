"""Finding customers and cases by one line of words, from anywhere (SPEC J4)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.utils import timezone

from huiying.cases.models import Case
from huiying.customers.queries import search_customers
from huiying.customers.queries.shown import Hit, hits
from huiying.search.index import found_ids
from huiying.staff.actors import StaffActor

CASE_NUMBER = re.compile(r"[cC](\d{4})-?(\d{6,9})")
RUNNING_NUMBER = re.compile(r"\d{1,9}")


@dataclass(frozen=True)
class Found:
    """What the words point to; either list may have been cut."""

    customers: list[Hit]
    cases: list[Case]

    def __bool__(self) -> bool:
        return bool(self.customers or self.cases)


def find(words: str, *, by: StaffActor, at: datetime, customers: int, cases: int) -> Found:
    """Return so many customers and cases that the actor may see, the newest cases first. Few statements, always."""
    if not words.strip():
        return Found([], [])
    people = list(search_customers(words, by, limit=customers)) if by.can("customers.see") else []
    meant = Q(pk__in=found_ids(Case, words)) | Q(number__in=possible_numbers(words, at=at))
    visible = Case.objects.visible_to(by).filter(meant) if by.can("cases.see") else None
    matters = [] if visible is None else list(visible.for_rows().order_by("-received_at", "-id")[:cases])
    return Found(hits(people, today=timezone.localdate(at)), matters)


def possible_numbers(words: str, *, at: datetime) -> list[str]:
    """Return the case numbers that "C2026-004817", or merely "4817", may mean: of this year and the two before."""
    if whole := CASE_NUMBER.fullmatch(words):
        return [f"C{whole[1]}-{whole[2]}"]
    if RUNNING_NUMBER.fullmatch(words):
        return [f"C{timezone.localtime(at).year - age}-{int(words):06d}" for age in range(3)]
    return []
