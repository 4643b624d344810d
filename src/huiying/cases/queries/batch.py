"""Which cases a batch takes in, what it would do to each, and what it did."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Case as When
from django.db.models import IntegerField, Value
from django.db.models import When as If
from django.utils.translation import gettext as _

from huiying.cases.actions.changes import Change
from huiying.cases.models import Batch, BatchLine, Case
from huiying.cases.models.case import CaseQuerySet
from huiying.journal.actors import Actor
from huiying.kit.guards import BadInput, DomainError

AT_MOST = 1000
SHOWN = 12

Result = BatchLine.Result
FIRST = (Result.REFUSED, Result.KEPT, Result.CHANGED, Result.RESTORED, Result.UNCHANGED, Result.WAITING)


@dataclass(frozen=True)
class Prospect:
    """What would become of one case."""

    case: Case
    result: str
    before: str = ""
    after: str = ""
    reason: str = ""


@dataclass(frozen=True)
class Preview:
    """What would become of the cases; `missing` were ticked and are not to be seen any more."""

    prospects: Sequence[Prospect]
    missing: int

    @cached_property
    def changed(self) -> list[Prospect]:
        return [one for one in self.prospects if one.result == Result.CHANGED]

    @cached_property
    def refused(self) -> list[Prospect]:
        return [one for one in self.prospects if one.result == Result.REFUSED]

    @cached_property
    def unchanged(self) -> list[Prospect]:
        return [one for one in self.prospects if one.result == Result.UNCHANGED]

    @property
    def first(self) -> list[Prospect]:
        return [*self.refused, *self.changed][:SHOWN]

    @property
    def more(self) -> int:
        return max(len(self.refused) + len(self.changed) - SHOWN, 0)


def taken_in(cases: CaseQuerySet) -> list[Case]:
    """Return the cases a batch may take in, with what changes look at. Raises BadInput for more than a thousand."""
    found = list(cases.for_list()[: AT_MOST + 1])
    if len(found) > AT_MOST:
        raise BadInput(_("More than %(count)s cases. Please narrow the list first.") % {"count": AT_MOST})
    return found


def preview_of(change: Change, cases: Sequence[Case], *, by: Actor, asked: int) -> Preview:
    return Preview([prospect(change, case, by) for case in cases], missing=max(asked - len(cases), 0))


def prospect(change: Change, case: Case, by: Actor) -> Prospect:
    if not change.may(by, case):
        return Prospect(case, Result.REFUSED, reason=_("has ended (%(stage)s)") % {"stage": case.at_stage.label})
    try:
        if change.is_made(case):
            return Prospect(case, Result.UNCHANGED)
        return Prospect(case, Result.CHANGED, change.shown(case), change.shown_after(case))
    except DomainError as refusal:
        return Prospect(case, Result.REFUSED, reason=str(refusal))


def lines_of(batch: Batch) -> list[BatchLine]:
    """Return the lines with their cases, what could not be done first."""
    order = When(
        *(If(result=result, then=Value(place)) for place, result in enumerate(FIRST)), output_field=IntegerField()
    )
    lines = batch.lines.select_related("case").only("result", "reason", "batch_id", "case__number", "case__subject")
    return list(lines.order_by(order, "id"))
