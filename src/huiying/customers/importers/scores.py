"""Importing survey scores. They speak of customers who are known already; nobody is entered by them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from huiying.customers import verbs
from huiying.customers.importers.whom import Known, texts, who
from huiying.customers.models import Score
from huiying.imports import readers
from huiying.imports.protocol import Field, Kept, Outcome, Row
from huiying.journal.actors import Actor
from huiying.journal.entries import entry_for, record_all
from huiying.kit.guards import BadInput, Sentence, ensure_sound
from huiying.kit.turns import take_turns

FIELDS = (
    *who(phoned=("电话",)),
    Field(
        code="at",
        label=_("answered"),
        read=readers.moment,
        required=True,
        synonyms=("答卷时间", "评分时间", "调研时间", "调研日期", "评价时间", "提交时间", "日期", "时间", "date"),
    ),
    Field(
        code="points",
        label=pgettext_lazy("score", "points"),
        read=readers.amount,
        required=True,
        synonyms=("评分", "得分", "分数", "满意度", "满意度评分", "满意度得分", "总分", "score"),
    ),
    Field(
        code="survey",
        label=_("survey"),
        read=readers.words_up_to(80),
        synonyms=("问卷", "问卷名称", "调研", "调研名称", "调查", "survey name"),
    ),
    Field(
        code="external_ref",
        label=_("outside number"),
        read=readers.words_up_to(80),
        synonyms=("答卷编号", "问卷编号", "记录编号", "编号", "id"),
    ),
)


class ScoreImporter:
    """Stores survey scores; the rules for tiers decide again soon after."""

    kind = "scores"
    name: Sentence = _("Survey scores")
    power = "customers.import"
    fields = FIELDS

    def store(self, rows: Sequence[Row], *, by: Actor, at: datetime) -> list[Outcome]:
        take_turns("scores of an import")
        return ScoreBatch(rows, by=by, at=at).store(rows)


class ScoreBatch:
    def __init__(self, rows: Sequence[Row], *, by: Actor, at: datetime) -> None:
        self.by, self.at, self.known = by, at, Known(rows, by=by)
        named = Score.objects.exclude(external_ref="")  # as its index says; without, the whole table is read
        named = named.filter(external_ref__among=texts(rows, "external_ref"))
        self.by_ref = {score.external_ref: score for score in named}
        moments = {row.values["at"] for row in rows}
        alike = Score.objects.filter(external_ref="", customer__among=self.known.keys, at__among=moments)
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
            told = Score(
                customer_id=self.known.key_of(values),
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
