"""Importing orders, as a shop or ERP exports them. The file wins: it is the newer word on an order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from huiying.customers import verbs
from huiying.customers.actions.customer import obtain
from huiying.customers.actions.freshness import touch_all
from huiying.customers.drafts import ORDER_FIELDS, Door, apply, order_draft_of
from huiying.customers.importers.whom import Known, seen_of, texts, who
from huiying.customers.models import Block, Customer, Order
from huiying.customers.policies import NO_AMOUNTS, may_see_amounts
from huiying.imports import readers
from huiying.imports.protocol import Field, Kept, Outcome, Row
from huiying.journal.actors import Actor
from huiying.journal.entries import entry_for, record_all
from huiying.journal.models import Entry
from huiying.kit.bulk import insert_all
from huiying.kit.guards import BadInput, Sentence, ensure_sound
from huiying.kit.rows import update_each
from huiying.kit.turns import take_turns

TAKEN = _("The order {number} is already in the archive.")
FIELDS = (
    Field(
        code="number",
        label=_("order number"),
        read=readers.words,
        required=True,
        synonyms=("订单号", "订单编号", "单号", "订单", "销售单号", "order", "order no", "order id"),
    ),
    *who(
        named=("买家", "买家姓名", "收货人", "收件人", "buyer"),
        phoned=("电话", "收货人电话", "收件人电话", "买家电话"),
    ),
    Field(
        code="product",
        label=_("product"),
        read=readers.words_up_to(120),
        required=True,
        synonyms=("产品", "产品名称", "商品", "商品名称", "品名", "货品名称", "服务项目", "item", "product name"),
    ),
    Field(code="quantity", label=_("quantity"), read=readers.amount, synonyms=("数量", "件数", "购买数量", "qty")),
    Field(
        code="amount",
        label=_("amount"),
        read=readers.amount,
        synonyms=("金额", "订单金额", "总金额", "实付金额", "成交金额", "合计金额", "total", "order amount"),
    ),
    Field(
        code="ordered_on",
        label=_("ordered on"),
        read=readers.day,
        required=True,
        synonyms=(
            "下单日期",
            "下单时间",
            "订单日期",
            "订单时间",
            "购买日期",
            "成交日期",
            "成交时间",
            "日期",
            "付款时间",
            "date",
            "order date",
        ),
    ),
    Field(
        code="state",
        label=_("state"),
        read=readers.words_up_to(30),
        synonyms=("订单状态", "状态", "物流状态", "status"),
    ),
    Field(
        code="logistics_number",
        label=_("logistics number"),
        read=readers.words_up_to(60),
        synonyms=("物流单号", "快递单号", "运单号", "物流编号", "tracking number"),
    ),
)


class OrderImporter:
    """Stores orders and brings known ones up to date; a buyer who is unknown but has a phone is entered."""

    kind = "orders"
    name: Sentence = _("Orders")
    power = "customers.import"
    fields = FIELDS

    def store(self, rows: Sequence[Row], *, by: Actor, at: datetime) -> list[Outcome]:
        take_turns("orders of an import")
        return OrderBatch(rows, by=by, at=at).store(rows)


class OrderBatch:
    """The orders and customers that a batch of rows speaks of."""

    def __init__(self, rows: Sequence[Row], *, by: Actor, at: datetime) -> None:
        self.by, self.at = by, at
        self.known = Known(rows, by=by, entering=self.buyer)
        self.orders = {order.number: order for order in Order.objects.filter(number__among=texts(rows, "number"))}
        self.hidden = self.others()
        self.new: list[Order] = []
        self.revised: list[tuple[Order, list[str]]] = []

    def store(self, rows: Sequence[Row]) -> list[Outcome]:
        outcomes = [self.take(row.values) for row in rows]
        insert_all(self.new)
        update_each([order for order, _fields in self.revised], ORDER_FIELDS)
        bought = [*self.new, *(order for order, _fields in self.revised)]
        touch_all([(order.customer_id, Block.ORDERS) for order in bought], by=self.by, at=self.at)
        record_all([(entry, Order) for entry in self.entries()])
        return outcomes

    def take(self, values: Mapping[str, Any]) -> Outcome:
        try:
            known = self.orders.get(values["number"])
            return self.revise(known, values) if known else self.enter(values)
        except BadInput as refusal:
            return refusal

    def enter(self, values: Mapping[str, Any]) -> Outcome:
        order = Order(customer_id=self.known.key_of(values), **told_in(values))
        ensure_sound(order)
        self.orders[order.number] = order
        self.new.append(order)
        return Kept.STORED

    def revise(self, order: Order, values: Mapping[str, Any]) -> Outcome:
        """Bring a known order up to date; cells that are empty in the file change nothing."""
        if order.customer_id in self.hidden:
            raise BadInput(TAKEN.format(number=order.number), field="number")
        before = order_draft_of(order)
        changed = apply(replace(before, **told_in(values)), order, ORDER_FIELDS)
        try:
            ensure_sound(order)
            if "amount" in changed and not may_see_amounts(self.by):
                raise BadInput(NO_AMOUNTS, field="amount")
        except BadInput:
            apply(before, order, ORDER_FIELDS)
            raise
        if changed and order.pk:
            self.revised.append((order, changed))
        return Kept.STORED if changed else Kept.UNCHANGED

    def others(self) -> set[int]:
        """Return the keys of the customers whom the actor may not see, though orders of theirs have these numbers."""
        keys = {order.customer_id for order in self.orders.values()}
        return keys - seen_of(keys, by=self.by)

    def buyer(self, name: str, phone: str) -> Customer:
        return obtain(name, phone, "", door=Door.LIST, by=self.by, at=self.at)

    def entries(self) -> list[Entry]:
        added = [
            entry_for(verbs.ORDERED, order, by=self.by, at=self.at, number=order.number, amount=str(order.amount))
            for order in self.new
        ]
        changed = [
            entry_for(verbs.ORDER_REVISED, order, by=self.by, at=self.at, number=order.number, fields=fields)
            for order, fields in self.revised
        ]
        return [*added, *changed]


def told_in(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the row says of the order itself; an empty cell says nothing."""
    return {name: values[name] for name in ORDER_FIELDS if values.get(name) not in (None, "")}
