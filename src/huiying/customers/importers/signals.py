"""Importing survey scores and usage. They speak of customers who are known already; nobody is entered by them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from huiying.customers import verbs
from huiying.customers.importers import cells
from huiying.customers.models import Customer, Score, Usage
from huiying.customers.queries.identity import identify
from huiying.imports.protocol import Field, Kept, Outcome, Row
from huiying.journal.actors import Actor
from huiying.journal.entries import entry_for, record_all
from huiying.kit.cells import as_amount, as_moment, as_whole
from huiying.kit.guards import BadInput, Sentence, ensure_sound
from huiying.kit.tables import Cell
from huiying.kit.turns import take_turns

WHO = (
    Field(
        code="customer_number",
        label=_("customer number"),
        read=cells.words,
        synonyms=("客户编号", "客户代码", "客户编码", "会员号", "会员编号", "customer id", "customer no"),
    ),
    Field(
        code="customer_name",
        label=_("customer"),
        read=cells.words_up_to(120),
        synonyms=("客户名称", "客户", "客户姓名", "公司名称", "姓名", "customer name"),
    ),
    Field(
        code="phones",
        label=_("phone"),
        read=cells.phones,
        many=True,
        synonyms=("手机", "手机号", "手机号码", "电话", "联系电话", "mobile", "tel"),
    ),
)


def moment(cell: Cell, _column: str) -> object:
    return as_moment(cell)


def whole(cell: Cell, _column: str) -> object:
    return as_whole(cell)


SCORE_FIELDS = (
    *WHO,
    Field(
        code="at",
        label=_("answered"),
        read=moment,
        required=True,
        synonyms=("答卷时间", "评分时间", "调研时间", "调研日期", "评价时间", "提交时间", "日期", "时间", "date"),
    ),
    Field(
        code="points",
        label=pgettext_lazy("score", "points"),
        read=as_amount,
        required=True,
        synonyms=("评分", "得分", "分数", "满意度", "满意度评分", "满意度得分", "总分", "score"),
    ),
    Field(
        code="survey",
        label=_("survey"),
        read=cells.words_up_to(80),
        synonyms=("问卷", "问卷名称", "调研", "调研名称", "调查", "survey name"),
    ),
    Field(
        code="external_ref",
        label=_("outside number"),
        read=cells.words_up_to(80),
        synonyms=("答卷编号", "问卷编号", "记录编号", "编号", "id"),
    ),
)
USAGE_FIELDS = (
    *WHO,
    Field(code="day", label=_("day"), read=cells.day, required=True, synonyms=("日期", "使用日期", "统计日期", "date")),
    Field(
        code="product",
        label=_("product"),
        read=cells.words_up_to(120),
        required=True,
        synonyms=("产品", "产品名称", "功能", "模块", "product name"),
    ),
    Field(
        code="question",
        label=_("type of question"),
        read=cells.words_up_to(60),
        synonyms=("问题类型", "提问类型", "咨询类型", "问题分类", "question type"),
    ),
    Field(
        code="times",
        label=_("times"),
        read=whole,
        synonyms=("次数", "使用次数", "使用频次", "频次", "登录次数", "提问次数", "count"),
    ),
)


class Known:
    """The customers that a batch of rows speaks of."""

    def __init__(self, rows: Sequence[Row]) -> None:
        numbers = {row.values.get("customer_number") or "" for row in rows} - {""}
        current = Customer.objects.current()
        self.by_number = {customer.external_ref: customer for customer in current.filter(external_ref__in=numbers)}
        self.by_number |= {customer.number: customer for customer in current.filter(number__in=numbers)}
        self.by_words: dict[tuple[str, str], Customer | None] = {}

    def customer_of(self, values: Mapping[str, Any]) -> Customer:
        """Return whom the row speaks of. Raises BadInput for a stranger."""
        known = self.by_number.get(values.get("customer_number") or "")
        if known is None:
            name, phone = values.get("customer_name") or "", next(iter(values.get("phones") or []), "")
            if (name, phone) not in self.by_words:
                self.by_words[name, phone] = identify(name=name, phone=phone) if name or phone else None
            known = self.by_words[name, phone]
        if known is None:
            raise BadInput(
                _("No customer is known by this number or name; import the customers first."), field="customer"
            )
        return known


class ScoreImporter:
    """Stores survey scores; the rules for tiers decide again soon after."""

    kind = "scores"
    name: Sentence = _("Survey scores")
    power = "customers.import"
    fields = SCORE_FIELDS

    def store(self, rows: Sequence[Row], *, by: Actor, at: datetime) -> list[Outcome]:
        take_turns("scores of an import")
        return ScoreBatch(rows, by=by, at=at).store(rows)


class ScoreBatch:
    def __init__(self, rows: Sequence[Row], *, by: Actor, at: datetime) -> None:
        self.by, self.at, self.known = by, at, Known(rows)
        refs = {row.values.get("external_ref") or "" for row in rows} - {""}
        moments = {row.values["at"] for row in rows}
        self.by_ref = {score.external_ref: score for score in Score.objects.filter(external_ref__in=refs)}
        alike = Score.objects.filter(external_ref="", at__in=moments)
        self.unnamed = set(alike.values_list("customer_id", "at", "points", "survey"))
        self.new: list[Score] = []
        self.changed: list[Score] = []

    def store(self, rows: Sequence[Row]) -> list[Outcome]:
        outcomes = [self.take(row.values) for row in rows]
        Score.objects.bulk_create(self.new)
        Score.objects.bulk_update([score for score in self.changed if score.pk], ["at", "points", "survey"])
        told = {id(score): score for score in [*self.new, *self.changed]}.values()
        entries = [entry_for(verbs.SCORED, one, by=self.by, at=self.at, points=f"{one.points:g}") for one in told]
        record_all([(entry, Score) for entry in entries])
        return outcomes

    def take(self, values: Mapping[str, Any]) -> Outcome:
        try:
            customer = self.known.customer_of(values)
            told = Score(
                customer=customer,
                at=values["at"],
                points=values["points"],
                survey=values.get("survey") or "",
                external_ref=values.get("external_ref") or "",
            )
            ensure_sound(told)
            return self.keep(told)
        except BadInput as refusal:
            return refusal

    def keep(self, told: Score) -> Outcome:
        known = self.by_ref.get(told.external_ref) if told.external_ref else None
        if known is not None:
            return self.update(known, told)
        same = (told.customer_id, told.at, told.points, told.survey)
        if not told.external_ref and same in self.unnamed:
            return Kept.UNCHANGED
        self.unnamed.add(same)
        if told.external_ref:
            self.by_ref[told.external_ref] = told
        self.new.append(told)
        return Kept.STORED

    def update(self, known: Score, told: Score) -> Outcome:
        if known.customer_id != told.customer_id:
            return BadInput(_("This outside number belongs to another customer's score."), field="external_ref")
        if (known.at, known.points, known.survey) == (told.at, told.points, told.survey):
            return Kept.UNCHANGED
        known.at, known.points, known.survey = told.at, told.points, told.survey
        self.changed.append(known)
        return Kept.STORED


class UsageImporter:
    """Stores how often products were used, and which questions were asked; the file is the newer word."""

    kind = "usage"
    name: Sentence = _("Usage")
    power = "customers.import"
    fields = USAGE_FIELDS

    def store(self, rows: Sequence[Row], *, by: Actor, at: datetime) -> list[Outcome]:
        take_turns("usage of an import")
        return UsageBatch(rows, by=by, at=at).store(rows)


class UsageBatch:
    def __init__(self, rows: Sequence[Row], *, by: Actor, at: datetime) -> None:
        self.by, self.at, self.known = by, at, Known(rows)
        self.lines: dict[tuple[int, object, str, str], Usage] = {}
        self.new: list[Usage] = []
        self.changed: list[Usage] = []
        self.told: Counter[Customer] = Counter()

    def store(self, rows: Sequence[Row]) -> list[Outcome]:
        met: list[Usage | BadInput] = [self.read(row.values) for row in rows]
        lines = [line for line in met if isinstance(line, Usage)]
        days, customers = {line.day for line in lines}, {line.customer_id for line in lines}
        kept = Usage.objects.filter(customer__in=customers, day__in=days)
        self.lines = {key_of(line): line for line in kept}
        outcomes = [self.keep(line) if isinstance(line, Usage) else line for line in met]
        Usage.objects.bulk_create(self.new)
        Usage.objects.bulk_update([line for line in self.changed if line.pk], ["times"])
        entries = [entry_for(verbs.USAGE_NOTED, one, by=self.by, at=self.at, lines=n) for one, n in self.told.items()]
        record_all([(entry, Customer) for entry in entries])
        return outcomes

    def read(self, values: Mapping[str, Any]) -> Usage | BadInput:
        times = values.get("times")
        try:
            line = Usage(
                customer=self.known.customer_of(values),
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
        self.told[line.customer] += 1
        if known is None:
            self.lines[key_of(line)] = line
            self.new.append(line)
        else:
            known.times = line.times
            self.changed.append(known)
        return Kept.STORED


def key_of(line: Usage) -> tuple[int, object, str, str]:
    return (line.customer_id, line.day, line.product, line.question)
