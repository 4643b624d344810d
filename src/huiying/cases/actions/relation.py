"""What a case has to do with another: linking two cases, and taking the link away (SPEC C14)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from huiying.cases.actions.step import held, step
from huiying.cases.models import Case, KindRule, Relation, Side
from huiying.cases.models.relation import KEPT
from huiying.cases.policies import may_relate
from huiying.cases.verbs import RELATED, UNRELATED
from huiying.journal.actors import Actor
from huiying.kit.guards import BadInput, DomainError, ensure
from huiying.kit.turns import take_turns

NUMBERS_NAMED = 5


@transaction.atomic
def relate(case: Case, *, side: Side, other: Case, by: Actor, at: datetime) -> Relation:
    """Link two cases: `case` stands on this side of `other`. Both remember it; no clock moves.

    Raises BadInput for a case linked to itself, DomainError for a link that is there already or would go in a circle.
    """
    take_turns("relations of cases")  # two links made at once could close a circle that neither sees
    case, other = both_held(case, other)
    ensure(may_relate(by, case))
    first, kept, second = kept_as(case, side, other)
    ensure_new(first, kept, second)
    made = Relation.objects.create(
        case=first, other=second, side=kept, related_by_id=by.pk if by.is_staff else None, at=at
    )
    step(RELATED, case, by=by, at=at, number=other.number, side=side.value)
    step(RELATED, other, by=by, at=at, number=case.number, side=side.back.value)
    return made


@transaction.atomic
def unrelate(relation: Relation, *, by: Actor, at: datetime) -> None:
    """Take a link away; the journals of both cases keep that it was there."""
    case, other = both_held(relation.case, relation.other)
    ensure(may_relate(by, case))
    gone, _counts = Relation.objects.filter(pk=relation.pk).delete()
    if not gone:
        return  # somebody else has just done it
    side = Side(relation.side)
    step(UNRELATED, case, by=by, at=at, number=other.number, side=side.value)
    step(UNRELATED, other, by=by, at=at, number=case.number, side=side.back.value)


def ensure_parts_ended(case: Case) -> None:
    """Raise DomainError naming the open parts of a case, unless cases of its kind are closed before them."""
    open_parts = Relation.objects.open_children_of(case).order_by("case__number")
    numbers = list(open_parts.values_list("case__number", flat=True)[: NUMBERS_NAMED + 1])
    if not numbers or KindRule.objects.filter(kind=case.kind, closes_over_parts=True).exists():
        return
    named = str(_(", ")).join(numbers[:NUMBERS_NAMED]) + (" …" if len(numbers) > NUMBERS_NAMED else "")
    raise DomainError(_("Parts of this case are still open: {numbers}. Finish them first.").format(numbers=named))


def both_held(case: Case, other: Case) -> tuple[Case, Case]:
    """Return both cases locked, always in the same order, so that no two transactions wait for each other."""
    if case.pk == other.pk:
        raise BadInput(_("A case cannot be linked to itself."), field="number")
    locked = {one.pk: held(one) for one in sorted((case, other), key=lambda one: one.pk)}
    return locked[case.pk], locked[other.pk]


def kept_as(case: Case, side: Side, other: Case) -> tuple[Case, Side, Case]:
    """Return the link as it is kept: from the side of the part, the duplicate, the later case."""
    if side is Side.SAME_INCIDENT:
        return (case, side, other) if case.pk > other.pk else (other, side, case)
    return (case, side, other) if side in KEPT else (other, side.back, case)


def ensure_new(case: Case, side: Side, other: Case) -> None:
    """Raise DomainError where the link is there, in either direction, or would go in a circle."""
    if Relation.objects.of(case).filter(side=side).of(other).exists():
        raise DomainError(_("The two cases are linked like this already."))
    if side is not Side.CHILD_OF:
        return
    if Relation.objects.filter(case=case, side=side).exists():
        raise DomainError(_("{number} belongs to a main case already.").format(number=case.number))
    if case.pk in ancestors_of(other):
        raise DomainError(_("{number} is itself a part of this case.").format(number=other.number))


def ancestors_of(case: Case) -> set[int]:
    """Return the keys of the main cases above; there is at most one above each, and no circle."""
    above: set[int] = set()
    key: int | None = case.pk
    while key is not None:
        parents = Relation.objects.filter(case_id=key, side=Side.CHILD_OF).values_list("other_id", flat=True)
        key = parents.first()
        if key is not None:
            above.add(key)
    return above
