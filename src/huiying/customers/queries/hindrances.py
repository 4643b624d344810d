"""What makes it impossible to undo a merge, said exactly: what it is, and what to do first (SPEC A7)."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from huiying.customers.following import hindrances
from huiying.customers.models import Customer, Merge
from huiying.customers.verbs import field_names
from huiying.kit.guards import DomainError, Sentence


def ensure_can_be_undone(merge: Merge) -> None:
    """Raise DomainError with the first thing that stands in the way."""
    for sentence in in_the_way_of(merge):
        raise DomainError(sentence)


def in_the_way_of(merge: Merge) -> Iterable[Sentence]:
    """Yield what must be settled before the merge can be undone."""
    if merge.undone_at is not None:
        yield _("This merge was undone already.")
        return
    if merge.into.merged_into is not None:
        yield _("{number} was merged into {other} later. Undo that merge first.").format(
            number=merge.into.number, other=merge.into.merged_into.number
        )
    yield from _later_choices(merge)
    yield from _taken_codes(merge)
    yield from filter(None, (hindrance(merge) for hindrance in hindrances()))


def _later_choices(merge: Merge) -> Iterable[Sentence]:
    """A later merge into the same customer that built upon this one's fields goes first."""
    later = (
        Merge.objects.standing().filter(into=merge.into_id, pk__gt=merge.pk).select_related("source").order_by("-pk")
    )
    for other in later if merge.changed else ():
        both = sorted(set(merge.changed) & set(other.changed))
        if both:
            fields = field_names([column.removesuffix("_id") for column in both if column != "name_key"])
            yield _("{number} was merged in later and changed {fields}, too. Undo that merge first.").format(
                number=other.source.number, fields=fields
            )


def _taken_codes(merge: Merge) -> Iterable[Sentence]:
    """A credit code belongs to one customer: whoever got it meanwhile must give it up first."""
    before, after = merge.changed.get("credit_code", [None, None])
    comes_back = [before] if before and merge.into.credit_code == after else []
    codes = [code for code in (merge.source.credit_code, *comes_back) if code]
    holders = Customer.objects.current().filter(credit_code__in=codes).exclude(pk=merge.source_id)
    for holder in holders.exclude(pk=merge.into_id) if codes else ():
        yield _("The credit code {code} belongs to {number} by now. Change it there first.").format(
            code=holder.credit_code, number=holder.number
        )
    kept = merge.into.credit_code == merge.source.credit_code and "credit_code" not in merge.changed
    if kept and merge.source.credit_code:
        yield _("The credit code {code} belongs to {number} by now. Change it there first.").format(
            code=merge.source.credit_code, number=merge.into.number
        )
