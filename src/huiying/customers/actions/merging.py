"""Merging two entries of one customer, and taking them apart again (SPEC A7)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import F, Model
from django.utils.translation import gettext_lazy as _

from huiying.customers import verbs
from huiying.customers.actions.customer import keep_sound
from huiying.customers.actions.moving import give_back, take_over
from huiying.customers.drafts import AMOUNT_FIELDS, CUSTOMER_FIELDS
from huiying.customers.models import Customer, Merge
from huiying.customers.policies import NO_AMOUNTS, may_merge, may_see_amounts
from huiying.customers.queries.duplicates import evidence_between
from huiying.customers.queries.hindrances import ensure_can_be_undone
from huiying.customers.queries.words import index_customer
from huiying.journal.actors import Actor
from huiying.journal.entries import record
from huiying.kit.guards import BadInput, DomainError, ensure

CHOICES = (*CUSTOMER_FIELDS, "tier")
_FOLLOWING = ("name_key", "team", "department")  # columns that follow from name and account manager


@transaction.atomic
def merge(duplicate: Customer, *, into: Customer, take: Sequence[str], reason: str, by: Actor, at: datetime) -> Merge:
    """Make two entries one: every row of the duplicate moves to the one that stays, its number leads there.

    `take` names the fields of the archive in which the duplicate is right. Raises BadInput where the two cannot be
    merged or a field is unknown, Refused for who may not, may not see both, or takes an amount they may not see.
    """
    ensure_may(by, duplicate, into)
    ensure(may_see_amounts(by) or not AMOUNT_FIELDS & set(take), NO_AMOUNTS)
    source, into = both_held(duplicate, into)
    ensure_mergeable(source, into)
    unknown = set(take) - set(CHOICES)
    if unknown:
        raise BadInput(_("There is no field “{name}” to choose.").format(name=min(unknown)), field="take")
    evidence = evidence_between(source, into)
    Customer.objects.filter(pk=source.pk).update(merged_into=into, version=F("version") + 1, updated_at=at)
    made = Merge.objects.create(
        source=source,
        into=into,
        reason=reason.strip()[:200],
        evidence=evidence,
        changed=fill(into, source, take, at=at),
        merged_by_id=by.pk if by.is_staff else None,
        at=at,
    )
    rows = take_over(made)
    index_customer(into)
    record(verbs.MERGED, source, by=by, at=at, number=into.number)
    record(verbs.TOOK_IN, into, by=by, at=at, number=source.number, rows=rows, fields=list(take))
    return made


@transaction.atomic
def undo_merge(made: Merge, *, by: Actor, at: datetime) -> Customer:
    """Take the two apart: each has again what it had, what came since then stays with the one that stayed.

    A field that somebody changed meanwhile keeps their words. Raises DomainError saying what makes it impossible.
    """
    ensure_may(by, made.source, made.into)
    source, into = both_held(made.source, made.into)
    made = Merge.objects.select_for_update().get(pk=made.pk)
    ensure_can_be_undone(made)
    made.source, made.into = source, into
    restore(into, made.changed, at=at)
    Customer.objects.filter(pk=source.pk).update(merged_into=None, version=F("version") + 1, updated_at=at)
    give_back(made)
    made.undone_at, made.undone_by_id = at, by.pk if by.is_staff else None
    made.save(update_fields=["undone_at", "undone_by"])
    for other in Merge.objects.standing().filter(into=into):
        take_over(other)  # what stood beside rows that have left now finds room
    for customer in both_held(source, into):
        index_customer(customer)
    record(verbs.UNMERGED, source, by=by, at=at, number=into.number)
    record(verbs.GAVE_BACK, into, by=by, at=at, number=source.number)
    return source


def ensure_may(by: Actor, *customers: Customer) -> None:
    """Raise Refused unless the actor may merge and sees every one of them."""
    ensure(may_merge(by), _("You are not allowed to merge customers."))
    seen = Customer.objects.visible_to(by).filter(pk__in=[customer.pk for customer in customers]).count()
    ensure(seen == len({customer.pk for customer in customers}), _("You can merge only customers whom you may see."))


def both_held(source: Customer, into: Customer) -> tuple[Customer, Customer]:
    """Hold both rows until the transaction ends, always in the same order: two people may merge at once."""
    pair = Customer.objects.select_for_update(of=("self",)).filter(pk__in=[source.pk, into.pk]).order_by("pk")
    held = {customer.pk: customer for customer in pair}
    return held[source.pk], held[into.pk]


def ensure_mergeable(source: Customer, into: Customer) -> None:
    if source.pk == into.pk:
        raise BadInput(_("These are one customer already."), field="duplicate")
    for customer in (source, into):
        if customer.merged_into is not None:
            raise DomainError(
                _("{number} was merged into {other} already.").format(
                    number=customer.number, other=customer.merged_into.number
                )
            )


def fill(into: Customer, source: Customer, take: Sequence[str], *, at: datetime) -> dict[str, list[str | None]]:
    """Take the chosen fields over into the archive of the one that stays; return column → [before, after]."""
    columns = [column_of(name) for name in (*take, *_FOLLOWING)] if take else []
    before = in_words(into, columns)
    for name in take:
        setattr(into, column_of(name), getattr(source, column_of(name)))
    if take:
        keep_sound(into)
    after = in_words(into, columns)
    changed = {column: [before[column], after[column]] for column in columns if before[column] != after[column]}
    values = {column: getattr(into, column) for column in changed}
    Customer.objects.filter(pk=into.pk).update(**values, version=F("version") + 1, updated_at=at)
    return changed


def restore(into: Customer, changed: dict[str, list[str | None]], *, at: datetime) -> None:
    """Put each column back to what it held before the merge, unless somebody changed it since then."""
    now = in_words(into, changed)
    values = {column: python_of(column, before) for column, (before, after) in changed.items() if now[column] == after}
    Customer.objects.filter(pk=into.pk).update(**values, version=F("version") + 1, updated_at=at)


def column_of(name: str) -> str:
    return str(Customer._meta.get_field(name).attname)  # type: ignore[union-attr]  # columns only


def in_words(thing: Model, columns: Sequence[str] | dict[str, list[str | None]]) -> dict[str, str | None]:
    """Return what the columns hold as they are kept in JSON."""
    fields = {field.attname: field for field in thing._meta.concrete_fields}
    return {
        column: None if getattr(thing, column) is None else fields[column].value_to_string(thing) for column in columns
    }


def python_of(column: str, words: str | None) -> object:
    field = next(field for field in Customer._meta.concrete_fields if field.attname == column)
    return None if words is None else field.to_python(words)
