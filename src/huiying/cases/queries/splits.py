"""What was taken out of a case, and the words that may be."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import Q

from huiying.cases.lifecycle import Stage
from huiying.cases.models import Case, Split
from huiying.cases.queries.merged import keys_of
from huiying.channels.models import Message


def splittable_words(case: Case) -> list[Message]:
    """Return what the customer said on the case and on those merged into it, oldest first; no automatic answers."""
    said = Message.objects.filter(subject_type=case._meta.label_lower, subject_id__in=keys_of(case))
    own = said.filter(direction=Message.Direction.IN, is_automatic=False)
    return list(own.prefetch_related("attachments").in_order())


def splits_of(case: Case) -> list[Split]:
    """Return what was taken out of a case fetched `for_page()`: of most nothing was, and that costs nothing."""
    if not case.has_splits:
        return []
    return list(Split.objects.filter(source=case).select_related("part"))


def copies_taken_back(splits: Collection[Split], merged: Collection[int]) -> set[int]:
    """Return the copies of words whose case was merged back: beside the words themselves they would stand twice."""
    return {copy for split in splits if split.part_id in merged for copy in split.copies.values()}


def split_apart(case: Case) -> list[Case]:
    """Return the cases that this one was taken out of or that were taken out of it, as long as one customer's."""
    pairs = Split.objects.filter(Q(source=case) | Q(part=case)).select_related("source", "part")
    others = [pair.part if pair.source_id == case.pk else pair.source for pair in pairs]
    return [other for other in others if other.customer_id == case.customer_id and other.stage != Stage.MERGED]
