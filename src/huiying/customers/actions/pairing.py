"""Finding customers who may be one among those who changed, and remembering who is not (SPEC A7).

The heartbeat reads the journal on from where it was read last. A customer is compared with those who share a phone
number, an address, an outside number or a key of the name: never with everybody.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from huiying.customers import verbs
from huiying.customers.actions.moving import take_over
from huiying.customers.likeness import REASONS, name_keys, name_reason, speaks, strength_of
from huiying.customers.models import Customer, Merge, NameKey, Pair, PairSearch, Reach
from huiying.customers.policies import may_merge
from huiying.customers.queries.merged import staying_keys
from huiying.journal.actors import Actor
from huiying.journal.entries import record
from huiying.journal.tail import settled
from huiying.kit.guards import ensure

AT_ONCE = 1_000  # journal entries read in one step
COMPARED_AT_ONCE = 250
SHARED_AT_MOST = 20  # more customers with one number share a switchboard, not an identity
WATCHED = frozenset(
    verb.code
    for verb in (
        verbs.CREATED,
        verbs.REVISED,
        verbs.CONTACT_REVISED,
        verbs.CONTACT_ADDED,
        verbs.CONTACT_REMOVED,
        verbs.REACH_ADDED,
        verbs.REACH_REMOVED,
        verbs.TOOK_IN,
        verbs.UNMERGED,
        verbs.GAVE_BACK,
    )
)
Couple = tuple[int, int]


def look_for_pairs(now: datetime) -> int:
    """Compare the customers who changed since the last look; return how many journal entries were read."""
    search = PairSearch.objects.first() or PairSearch.objects.create()
    entries = settled(search.last_entry, now=now, at_most=AT_ONCE)
    if not entries:
        return 0
    changed = {entry.customer_id for entry in entries if entry.verb in WATCHED and entry.customer_id}
    touched = {entry.customer_id for entry in entries if entry.customer_id}
    with transaction.atomic():
        mine = PairSearch.objects.filter(pk=search.pk, last_entry=search.last_entry)
        if not mine.update(last_entry=entries[-1].pk):
            return 0  # another heartbeat was faster
        fetch_stragglers(touched)
        staying = sorted(set(staying_keys(changed).values()))
        for start in range(0, len(staying), COMPARED_AT_ONCE):
            compare(staying[start : start + COMPARED_AT_ONCE], at=now)
    return len(entries)


def fetch_stragglers(touched: Collection[int]) -> None:
    """Let follow what somebody was writing for a customer in the very moment of the merge."""
    for merge in Merge.objects.standing().filter(source__in=touched):
        take_over(merge)


def compare(keys: Collection[int], *, at: datetime) -> None:
    """Find the pairs of these customers anew; what was dismissed stays so, what no longer holds goes."""
    customers = Customer.objects.in_bulk(keys)
    key_names(customers.values())
    found: dict[Couple, set[str]] = defaultdict(set)
    for reason, couples in (*sharing_reaches(customers), ("external_ref", sharing_refs(customers))):
        for couple in couples:
            found[couple].add(reason)
    for couple, reason in alike_in_name(customers, also=found):
        found[couple].add(reason)
    keep(customers, found, at=at)


@transaction.atomic
def dismiss(pair: Pair, *, by: Actor, at: datetime) -> None:
    """Remember that these two are not the same."""
    ensure(may_merge(by), _("You are not allowed to merge customers."))
    fresh = Pair.objects.filter(pk=pair.pk, dismissed_at=None)
    if fresh.update(dismissed_at=at, dismissed_by_id=by.pk if by.is_staff else None):
        record(verbs.TOLD_APART, pair.first, by=by, at=at, number=pair.second.number)
        record(verbs.TOLD_APART, pair.second, by=by, at=at, number=pair.first.number)


def key_names(customers: Iterable[Customer]) -> None:
    """Keep by which keys their names are found."""
    wanted = {one.pk: keys_for(one) for one in customers}
    held: dict[int, set[int]] = defaultdict(set)
    for pk, key in NameKey.objects.filter(customer__in=wanted).values_list("customer_id", "key"):
        held[pk].add(key)
    stale = [pk for pk in wanted if wanted[pk] != held[pk]]
    NameKey.objects.filter(customer__in=[pk for pk in stale if held[pk]]).delete()
    NameKey.objects.bulk_create(
        (NameKey(customer_id=pk, key=key) for pk in stale for key in wanted[pk]), batch_size=1000
    )


def keys_for(customer: Customer) -> set[int]:
    is_organisation = customer.kind == Customer.Kind.ORGANISATION
    return name_keys(customer.name) if speaks(customer.name, is_organisation=is_organisation) else set()


def sharing_reaches(customers: Collection[int]) -> Iterable[tuple[str, set[Couple]]]:
    for kind in Reach.Kind.values:
        own = set(Reach.objects.filter(kind=kind, customer__in=customers).values_list("key", flat=True))
        held = Reach.objects.filter(kind=kind, key__in=own).values_list("key", "customer_id") if own else []
        yield kind, couples_of(held, customers)


def sharing_refs(customers: dict[int, Customer]) -> set[Couple]:
    own = {one.external_ref for one in customers.values() if one.external_ref}
    held = Customer.objects.filter(external_ref__in=own).values_list("external_ref", "pk") if own else []
    return couples_of(held, customers)


def alike_in_name(customers: Collection[int], *, also: Iterable[Couple]) -> list[tuple[Couple, str]]:
    """Return whose names are the same or nearly, among those sharing a key of the name or `also` something else."""
    own = set(NameKey.objects.filter(customer__in=customers).values_list("key", flat=True))
    held = NameKey.objects.filter(key__in=own).values_list("key", "customer_id") if own else []
    couples = couples_of(held, customers) | set(also)
    names = dict(
        Customer.objects.filter(pk__in={key for couple in couples for key in couple}).values_list("pk", "name")
    )
    told = [(couple, name_reason(names[couple[0]], names[couple[1]])) for couple in couples]
    return [(couple, reason) for couple, reason in told if reason]


def couples_of(held: Iterable[tuple[object, int]], customers: Collection[int]) -> set[Couple]:
    """Return who holds the same, one of them of these customers; of merged ones, who stays."""
    sharing: dict[object, set[int]] = defaultdict(set)
    for what, key in held:
        sharing[what].add(key)
    few = [keys for keys in sharing.values() if 1 < len(keys) <= SHARED_AT_MOST]
    stays = staying_keys({key for keys in few for key in keys})
    return {
        (min(one, other), max(one, other))
        for keys in few
        for one in {stays[key] for key in keys} & set(customers)
        for other in {stays[key] for key in keys} - {one}
    }


def keep(customers: Collection[int], found: dict[Couple, set[str]], *, at: datetime) -> None:
    """Write what was found; forget what no longer holds and nobody has decided."""
    apart = told_apart({key for couple in found for key in couple})
    pairs = [
        Pair(first_id=one, second_id=other, reasons=ordered(reasons), strength=strength_of(reasons), found_at=at)
        for (one, other), reasons in sorted(found.items())
        if (one, other) not in apart
    ]
    known = {(pair.first_id, pair.second_id): pair.pk for pair in pairs_with(customers) if pair.dismissed_at is None}
    kept = {(pair.first_id, pair.second_id) for pair in pairs}
    Pair.objects.filter(pk__in=[pk for couple, pk in known.items() if couple not in kept]).delete()
    Pair.objects.bulk_create(
        pairs,
        update_conflicts=True,
        unique_fields=["first", "second"],
        update_fields=["reasons", "strength"],
        batch_size=500,
    )


def told_apart(keys: Collection[int]) -> set[Couple]:
    """Return who was said not to be the same, also by way of those who were merged into them."""
    formerly = set(keys) | set(Customer.objects.filter(merged_into__in=keys).values_list("pk", flat=True))
    said = [(pair.first_id, pair.second_id) for pair in pairs_with(formerly) if pair.dismissed_at is not None]
    stays = staying_keys({key for couple in said for key in couple})
    return {(min(stays[one], stays[other]), max(stays[one], stays[other])) for one, other in said}


def pairs_with(customers: Collection[int]) -> list[Pair]:
    """Return every pair that one of these belongs to; one look-up for each index, where OR would read the table."""
    some = [*Pair.objects.filter(first__in=customers), *Pair.objects.filter(second__in=customers)]
    return list({pair.pk: pair for pair in some}.values())


def ordered(reasons: set[str]) -> list[str]:
    return [code for code in REASONS if code in reasons]
