"""Two entries of one customer beside each other: what differs, what would move, what undoing leaves (SPEC A7)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from huiying.customers.actions.merging import CHOICES, column_of, in_words
from huiying.customers.drafts import AMOUNT_FIELDS
from huiying.customers.following import followings
from huiying.customers.models import Customer, Merge
from huiying.customers.policies import may_see_amounts
from huiying.customers.queries.shown import fact_name, fact_value
from huiying.customers.verbs import field_names
from huiying.journal.actors import Actor
from huiying.staff.queries import known_to

CODED = ("kind", "status", "tier")
NOTHING = ("", None)


@dataclass(frozen=True, kw_only=True)
class Choice:
    """A field in which the two differ. `takes` says whether the duplicate's value is the one to keep."""

    name: str
    label: str
    ours: object
    theirs: object
    takes: bool


def choices_between(into: Customer, source: Customer, *, by: Actor, taken: Iterable[str] | None = None) -> list[Choice]:
    """Return the fields in which they differ; without `taken`, what is empty is proposed to be filled."""
    return [
        Choice(
            name=name,
            label=fact_name(name),
            ours=value_of(into, name),
            theirs=value_of(source, name),
            takes=value_of(into, name) in NOTHING if taken is None else name in taken,
        )
        for name in CHOICES
        if getattr(into, column_of(name)) != getattr(source, column_of(name))
        and value_of(source, name) not in NOTHING
        and (name not in AMOUNT_FIELDS or may_see_amounts(by))
    ]


def value_of(customer: Customer, name: str) -> object:
    return getattr(customer, f"get_{name}_display")() if name in CODED else fact_value(customer, name)


def moving(source: Customer, *, into: Customer, by: Actor) -> list[str]:
    """Return in words what would move from one to the other, as far as the actor may know: “12 orders”, “3 cases”."""
    counted = []
    for following in followings():
        if following.words is None:
            continue
        stay = [] if following.yields else following.in_the_way(source.pk, into_id=into.pk)
        count = known_to(following.of(source.pk), by).count() - len(stay)
        counted += [following.said(count)] if count > 0 else []
    return counted


def going_back(merge: Merge, *, by: Actor) -> list[str]:
    """Return in words what undoing would move back, as far as the actor may know."""
    counted = []
    for following in followings():
        ledger = merge.rows.filter(what=following.label).values("key")
        moved = known_to(following.of(merge.into_id).filter(pk__in=ledger), by)
        count = moved.count() if following.words is not None else 0
        counted += [following.said(count)] if count else []
    return counted


def left_over(merge: Merge) -> list[str]:
    """Return in words what undoing does not put back: somebody decided it since then."""
    now = in_words(merge.into, merge.changed)
    edited = [column for column, (_before, after) in merge.changed.items() if now[column] != after]
    said = []
    if edited:
        fields = field_names(sorted(column.removesuffix("_id") for column in edited if column != "name_key"))
        said.append(_("Changed by hand since then, and kept: {fields}").format(fields=fields))
    gone = sum(
        merge.rows.filter(what=each.label).count()
        - each.of(merge.into_id).filter(pk__in=merge.rows.filter(what=each.label).values("key")).count()
        for each in followings()
    )
    if gone:
        words = ngettext(
            "%(n)s row was removed or entered under somebody else since then and stays as it is.",
            "%(n)s rows were removed or entered under somebody else since then and stay as they are.",
            gone,
        )
        said.append(words % {"n": gone})
    return said
