"""What a case has to do with others: the links on its page, and the cases one may want to link."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from huiying.cases.models import Case, Merge, Relation, Side
from huiying.cases.policies import may_relate, may_undo_merge
from huiying.cases.queries.merged import merge_of, merged_into
from huiying.cases.queries.search import possible_numbers
from huiying.cases.queries.similar import similar_cases
from huiying.journal.actors import Actor
from huiying.kit.prepared import ANY_KEY, prepared_for
from huiying.search.index import found_ids

SHOWN = 6
FIELDS = tuple(f"{end}__{name}" for end in ("case", "other") for name in ("number", "subject", "stage", "received_at"))


@dataclass(frozen=True)
class Related:
    """Another case, and what it is to the one that is read."""

    key: int
    side: Side
    case: Case


@dataclass(frozen=True)
class Links:
    """What the page of a case shows of others: what is linked, where it goes on, and what was merged into it.

    Of a merged case that is not `in_sight`, a key, the page tells the number and no more.
    """

    related: list[Related]
    may_relate: bool
    merge: Merge | None
    merged: list[Merge]
    in_sight: set[int]
    undoable: set[int]

    def __bool__(self) -> bool:
        return bool(self.related or self.merged)


def links_of(case: Case, *, by: Actor) -> Links:
    """Return the links of a case fetched `for_page()`: one look-up, two more where merges stand."""
    merge, merged = merge_of(case), merged_into(case)
    standing = [*merged, merge] if merge else merged
    others = {one.source_id if one.into_id == case.pk else one.into_id for one in standing}
    in_sight = {case.pk, *(seen_among(others, by=by) if others else ())}
    undoable = {
        one.pk for one in standing if {one.source_id, one.into_id} <= in_sight and may_undo_merge(by, one, one.into)
    }
    return Links(related_cases(case, by=by), may_relate(by, case), merge, merged, in_sight, undoable)


def seen_among(keys: set[int], *, by: Actor) -> Iterable[int]:
    return Case.objects.visible_to(by).filter(pk__in=keys).values_list("pk", flat=True)


def related_cases(case: Case, *, by: Actor) -> list[Related]:
    """Return the links of which the actor may see the other case, in one look-up."""
    return [Related(link.pk, link.seen_from(case), link.beside(case)) for link in relations_of(case.pk, by)]


@prepared_for(ANY_KEY)
def relations_of(case_id: int, by: Actor) -> QuerySet[Relation]:
    links = Relation.objects.of(Case(pk=case_id)).visible_to(by).select_related("case", "other")
    return links.only("side", "case_id", "other_id", *FIELDS)


def linkable_cases(case: Case, words: str, *, by: Actor, at: datetime) -> list[Case]:
    """Return the cases these words mean; without words, others of the same customer and such as speak of the same."""
    others = Case.objects.visible_to(by).exclude(pk=case.pk)
    if words.strip():
        meant = Q(pk__in=found_ids(Case, words)) | Q(number__in=possible_numbers(words.strip(), at=at))
        return list(others.filter(meant).for_rows().order_by("-received_at", "-id")[:SHOWN])
    own = others.filter(customer=case.customer_id) if case.customer_id else others.none()
    found = list(own.for_rows().order_by("-received_at", "-id")[: SHOWN // 2])
    known = {case.pk, *(one.pk for one in found)}
    alike = (one.case for one in similar_cases(f"{case.subject} {case.description}", by=by, now=at))
    return [*found, *(one for one in alike if one.pk not in known)][:SHOWN]


def case_meant(words: str, *, by: Actor, at: datetime) -> Case | None:
    """Return the one case that a number means, as a person writes it; None where there is none or more than one."""
    meant = Case.objects.visible_to(by).filter(number__in=possible_numbers(words.strip(), at=at))
    found = list(meant.order_by("-number")[:2])
    return found[0] if len(found) == 1 else None
