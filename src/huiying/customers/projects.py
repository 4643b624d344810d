"""Whose project is under way (SPEC A5): who was marked so by hand, and for whom the wiring names one."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.db.models import Value
from django.utils.translation import gettext_lazy as _

from huiying.customers.models import Customer
from huiying.kit.guards import Sentence

BY_HAND = _("project under way")


@dataclass(frozen=True)
class Project:
    """`rows` returns the rows, each of a customer, that are a project; `words` say so: “onboarding under way”."""

    words: Sentence
    rows: Callable[[], models.QuerySet[Any]]

    def among(self, customers: Collection[int], *, place: int) -> models.QuerySet[Any, tuple[int, int]]:
        """Return the key of each of these customers who has one, beside the place of this kind."""
        rows = self.rows().order_by().filter(customer__in=customers)
        return rows.values_list("customer_id", Value(place, output_field=models.IntegerField()))


_projects: list[Project] = []


def install(projects: Iterable[Project]) -> None:
    _projects[:] = projects


def projects_of(customers: Sequence[Customer]) -> dict[int, Sentence]:
    """Return by key whose project is under way, with what it is; one statement."""
    found: dict[int, Sentence] = {customer.pk: BY_HAND for customer in customers if customer.in_project}
    keys = [customer.pk for customer in customers]
    if not keys or not _projects:
        return found
    first, *others = (project.among(keys, place=place) for place, project in enumerate(_projects))
    for place, customer in sorted((place, customer) for customer, place in first.union(*others)):
        found.setdefault(customer, _projects[place].words)
    return found


def under_way() -> models.Q:
    """Return the condition that keeps customers whose project is under way."""
    doing = models.Q(in_project=True)
    for project in _projects:
        doing |= models.Q(pk__in=project.rows().order_by().values("customer_id"))
    return doing
