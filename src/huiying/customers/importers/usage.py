"""Importing usage. It speaks of customers who are known already; nobody is entered by it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from huiying.customers import verbs
from huiying.customers.importers.whom import Known, who
from huiying.customers.models import Customer, Usage
from huiying.imports import readers
from huiying.imports.protocol import Field, Kept, Outcome, Row
from huiying.journal.actors import Actor
from huiying.journal.entries import Subject, entry_about, record_all
from huiying.journal.models import Entry
from huiying.kit.guards import BadInput, Sentence, ensure_sound
from huiying.kit.turns import take_turns

FIELDS = (
    *who(phoned=("电话",)),
    Field(
        code="day", label=_("day"), read=readers.day, required=True, synonyms=("日期", "使用日期", "统计日期", "date")
    ),
    Field(
        code="product",
        label=_("product"),
        read=readers.words_up_to(120),
        required=True,
        synonyms=("产品", "产品名称", "功能", "模块", "product name"),
    ),
    Field(
        code="question",
        label=_("type of question"),
        read=readers.words_up_to(60),
        synonyms=("问题类型", "提问类型", "咨询类型", "问题分类", "question type"),
    ),
    Field(
        code="times",
        label=_("times"),
        read=readers.whole,
        synonyms=("次数", "使用次数", "使用频次", "频次", "登录次数", "提问次数", "count"),
    ),
)


class UsageImporter:
    """Stores how often products were used, and which questions were asked; the file is the newer word."""

    kind = "usage"
    name: Sentence = _("Usage")
    power = "customers.import"
    fields = FIELDS

    def store(self, rows: Sequence[Row], *, by: Actor, at: datetime) -> list[Outcome]:
        take_turns("usage of an import")
        return UsageBatch(rows, by=by, at=at).store(rows)


class UsageBatch:
    def __init__(self, rows: Sequence[Row], *, by: Actor, at: datetime) -> None:
        self.by, self.at, self.known = by, at, Known(rows, by=by)
        self.lines: dict[tuple[int, object, str, str], Usage] = {}
        self.new: list[Usage] = []
        self.changed: list[Usage] = []
        self.told: Counter[int] = Counter()

    def store(self, rows: Sequence[Row]) -> list[Outcome]:
        met: list[Usage | BadInput] = [self.read(row.values) for row in rows]
        lines = [line for line in met if isinstance(line, Usage)]
        days, customers = {line.day for line in lines}, {line.customer_id for line in lines}
        kept = Usage.objects.filter(customer__among=customers, day__among=days)
        self.lines = {key_of(line): line for line in kept}
        outcomes = [self.keep(line) if isinstance(line, Usage) else line for line in met]
        Usage.objects.bulk_create(self.new)
        Usage.objects.bulk_update([line for line in self.changed if line.pk], ["times"])
        record_all([(self.entry(key, lines), Customer) for key, lines in self.told.items()])
        return outcomes

    def entry(self, key: int, lines: int) -> Entry:
        about = Subject(Customer._meta.label_lower, key, key)
        return entry_about(verbs.USAGE_NOTED, about, by=self.by, at=self.at, lines=lines)

    def read(self, values: Mapping[str, Any]) -> Usage | BadInput:
        times = values.get("times")
        try:
            line = Usage(
                customer_id=self.known.key_of(values),
                day=values["day"],
                product=values["product"],
                question=values.get("question") or "",
                times=1 if times is None else times,
            )
            ensure_sound(line)
        except BadInput as refusal:
            return refusal
        return line

    def keep(self, line: Usage) -> Outcome:
        known = self.lines.get(key_of(line))
        if known is not None and known.times == line.times:
            return Kept.UNCHANGED
        self.told[line.customer_id] += 1
        if known is None:
            self.lines[key_of(line)] = line
            self.new.append(line)
        else:
            known.times = line.times
            self.changed.append(known)
        return Kept.STORED


def key_of(line: Usage) -> tuple[int, object, str, str]:
    return (line.customer_id, line.day, line.product, line.question)
