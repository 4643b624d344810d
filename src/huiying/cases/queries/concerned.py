"""Who of ours has what to do with a case, besides its owner; most cases have nobody here, and that costs nothing."""

from __future__ import annotations

from dataclasses import dataclass

from huiying.cases.models import Case, Handover, Recusal
from huiying.journal.actors import Actor


@dataclass(frozen=True, kw_only=True)
class Concerned:
    """What the page of a case shows of them: who is named in it and may not see it, and who hands it over."""

    recusals: list[Recusal]
    may_lift: bool
    handover: Handover | None


def concerned_in(case: Case, *, by: Actor) -> Concerned:
    """Return them for a case fetched `for_page()`."""
    return Concerned(
        recusals=recusals_of(case),
        may_lift=by.can("cases.assign"),
        handover=handover_of(case),
    )


def recusals_of(case: Case) -> list[Recusal]:
    if not case.has_recusals:
        return []
    return list(Recusal.objects.standing().filter(case=case).select_related("user"))


def handover_of(case: Case) -> Handover | None:
    if case.giver_id is None:
        return None
    return Handover.objects.waiting().filter(case=case).select_related("giver", "to", "team", "made_by").first()
