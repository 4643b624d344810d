"""Whom a row speaks of: the columns that say it, and the customers behind a batch of rows."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from huiying.customers.importers import cells
from huiying.customers.models import Customer
from huiying.customers.queries.identity import Told, identify_all
from huiying.customers.queries.merged import numbered_keys
from huiying.imports import readers
from huiying.imports.protocol import Field, Row
from huiying.journal.actors import Actor
from huiying.kit.guards import BadInput

Entering = Callable[[str, str], Customer]  # by name and phone

STRANGER = _("No customer is known by this number or name; import the customers first.")
PHONES = ("手机", "手机号", "手机号码", "联系电话", "mobile", "tel")


def who(*, named: Sequence[str] = (), phoned: Sequence[str] = ()) -> tuple[Field, ...]:
    """Return the columns that say whom a row speaks of, with the further headers that mean so in this kind of list."""
    return (
        Field(
            code="customer_number",
            label=_("customer number"),
            read=readers.words,
            synonyms=("客户编号", "客户代码", "客户编码", "会员号", "会员编号", "customer id", "customer no"),
        ),
        Field(
            code="customer_name",
            label=_("customer"),
            read=readers.words_up_to(120),
            synonyms=("客户名称", "客户", "客户姓名", "公司名称", "姓名", "customer name", *named),
        ),
        Field(code="phones", label=_("phone"), read=cells.phones, many=True, synonyms=(*PHONES, *phoned)),
    )


class Known:
    """The keys of the customers that a batch of rows speaks of, read in few statements.

    They are found by number, else by phone, else by name. A stranger with a phone is entered where `entering` can.
    Whom the actor may not see is a stranger, and is not entered twice either.
    """

    def __init__(self, rows: Sequence[Row], *, by: Actor, entering: Entering | None = None) -> None:
        self.entering = entering
        self.by_number = numbered_keys(texts(rows, "customer_number"))
        numberless = {told_by(row.values) for row in rows if row.values.get("customer_number") not in self.by_number}
        self.by_words = {told: one.pk for told, one in identify_all(numberless).items() if one is not None}
        self.hidden = self.keys - seen_of(self.keys, by=by)

    @property
    def keys(self) -> set[int]:
        return {*self.by_number.values(), *self.by_words.values()}

    def key_of(self, values: Mapping[str, Any]) -> int:
        """Return the key of whom the row speaks of. Raises BadInput for a stranger."""
        key = self.by_number.get(values.get("customer_number") or "") or self.called(told_by(values))
        if key in self.hidden:
            raise BadInput(STRANGER, field="customer")
        return key

    def called(self, told: Told) -> int:
        if told not in self.by_words:
            if self.entering is None or not told.phone:
                raise BadInput(STRANGER, field="customer")
            self.by_words[told] = self.entering(told.name, told.phone).pk
        return self.by_words[told]


def seen_of(keys: set[int], *, by: Actor) -> set[int]:
    """Return those of the keys whose customers the actor may see; of who sees all, nobody is asked."""
    seen = Customer.objects.visible_to(by)
    return set(seen.filter(pk__among=keys).values_list("pk", flat=True)) if seen.query.where else keys


def told_by(values: Mapping[str, Any]) -> Told:
    return Told(values.get("customer_name") or "", next(iter(values.get("phones") or []), ""))


def texts(rows: Sequence[Row], code: str) -> set[str]:
    """Return what the rows say in this field, without the empty ones."""
    return {row.values.get(code) or "" for row in rows} - {""}
