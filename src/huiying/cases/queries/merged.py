"""Where a merged case goes on, and what belongs to the case that stays."""

from __future__ import annotations

from huiying.cases.lifecycle import Stage
from huiying.cases.models import Case, Merge
from huiying.journal.actors import Actor


def surviving(case: Case) -> Case:
    """Return the case that a merged one goes on as; itself where it was not merged, or belongs to somebody else now.

    The customer's link and words follow it, so it is never another customer's.
    """
    if case.stage != Stage.MERGED or case.customer_id is None:
        return case
    standing = Merge.objects.standing().filter(source=case, into__customer_id=case.customer_id)
    merge = standing.select_related("into__customer", "into__owner", "into__order").first()
    return merge.into if merge else case


def merge_of(case: Case) -> Merge | None:
    """Return by which merge the case was ended."""
    if case.stage != Stage.MERGED:
        return None
    return Merge.objects.standing().filter(source=case).select_related("into").first()


def merge_to_undo(case: Case, *, by: Actor) -> Merge | None:
    """Return by which merge the case was ended, where the actor may see the one that stays: undoing changes both."""
    merge = merge_of(case)
    if merge is None or not Case.objects.visible_to(by).filter(pk=merge.into_id).exists():
        return None
    return merge


def merged_into(case: Case) -> list[Merge]:
    """Return which cases were merged into this one, which was fetched `for_page()`: most have none and cost nothing."""
    if not case.has_merged:
        return []
    return list(Merge.objects.standing().filter(into=case).select_related("source", "into"))


def keys_told_on(case: Case) -> list[int]:
    """Return the key of the case and of those merged into it: its page tells their words and promises."""
    return [case.pk, *Merge.objects.standing().filter(into=case).values_list("source_id", flat=True)]


def keys_of(case: Case) -> list[int]:
    """Return the key of the case and of those merged into it that are the same customer's."""
    if case.customer_id is None:
        return [case.pk]
    same = Merge.objects.standing().filter(into=case, source__customer_id=case.customer_id)
    return [case.pk, *same.values_list("source_id", flat=True)]
