"""Moving the rows of one customer to another with a ledger, and back exactly as they were (SPEC A7)."""

from __future__ import annotations

from django.db.models import QuerySet

from huiying.customers.following import Following, followings
from huiying.customers.models import Contact, Customer, Merge, MergedRow

AT_ONCE = 1_000


def take_over(merge: Merge) -> int:
    """Move whatever of the merged customer can stand beside what the other has; return how many rows moved.

    It may be called again: what came later, or found no room at first, moves then.
    """
    return sum(_take(following, merge) for following in followings())


def give_back(merge: Merge) -> None:
    """Move the rows back which still are where the merge brought them; what somebody moved on since then stays."""
    for following in followings():
        _give(following, merge)
    merge.rows.all().delete()
    for customer in (merge.into, merge.source):
        keep_one_main(customer)


def keep_one_main(customer: Customer) -> None:
    """Let the first contact be the main one where the main contact has left."""
    contacts = Contact.objects.filter(customer=customer)
    first = contacts.first()  # the main one comes first
    if first is not None and not first.is_main:
        contacts.filter(pk=first.pk).update(is_main=True)


def rows_of(merge: Merge, following: Following) -> QuerySet[MergedRow]:
    return MergedRow.objects.filter(merge=merge, what=following.label)


def _take(following: Following, merge: Merge) -> int:
    in_the_way = following.in_the_way(merge.source_id, into_id=merge.into_id)
    theirs = following.of(merge.source_id)
    if not following.yields:
        theirs = theirs.exclude(pk__in=in_the_way)
    flags = theirs.values_list("pk", following.yields or "pk").order_by("pk")
    moved = [
        MergedRow(merge=merge, what=following.label, key=key, flag=flag if following.yields else None)
        for key, flag in flags
    ]
    if not moved:
        return 0
    MergedRow.objects.bulk_create(moved, batch_size=AT_ONCE, ignore_conflicts=True)
    if following.yields and in_the_way:
        theirs.filter(pk__in=in_the_way).update(**{following.yields: False})
    theirs.filter(pk__in=rows_of(merge, following).values("key")).update(**{following.column: merge.into_id})
    return len(moved)


def _give(following: Following, merge: Merge) -> None:
    ledger = rows_of(merge, following)
    ours = following.of(merge.into_id).filter(pk__in=ledger.values("key"))
    if following.yields:
        ours.filter(**{following.yields: True}).update(**{following.yields: False})
    back = list(ours.values_list("pk", flat=True)) if following.yields else []
    ours.update(**{following.column: merge.source_id})
    if following.yields:
        first = ledger.filter(flag=True, key__in=back).values("key")
        following.of(merge.source_id).filter(pk__in=first).update(**{following.yields: True})
