"""Importing cases from a file: what another system, a survey or a public board has collected (SPEC C2)."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from huiying.cases.actions.enrolment import Former, enrol
from huiying.cases.actions.registration import Caller, Draft
from huiying.cases.importers.fields import FIELDS
from huiying.cases.models import Case, Category, Kind, Level, Urgency
from huiying.channels.models.endpoint import Channel
from huiying.customers.actions.obtaining import Introduction
from huiying.imports.protocol import Kept, Outcome, Row
from huiying.journal.actors import Actor
from huiying.kit.guards import BadInput, Sentence
from huiying.kit.text import folded, shortened
from huiying.kit.turns import take_turns

_FIRST_SENTENCE = re.compile(r"\s*(.+?)(?:[。！？!?；;\n]|\.\s|$)")


class CaseImporter:
    """Stores cases once: known by their outside number within their file, without one by their very words."""

    kind = "cases"
    name: Sentence = _("Cases")
    power = "cases.import"
    fields = FIELDS

    def store(self, rows: Sequence[Row], *, by: Actor, at: datetime) -> list[Outcome]:
        take_turns("cases of an import")
        categories = categories_by_name()
        formers: dict[str, Former] = {}
        known = known_refs(rows)
        outcomes: list[Outcome] = []
        for row in rows:
            ref = ref_of(row)
            if ref in known or ref in formers:
                outcomes.append(Kept.UNCHANGED)
                continue
            try:
                formers[ref] = former_of(row, ref, categories)
            except BadInput as refusal:
                outcomes.append(refusal)
            else:
                outcomes.append(Kept.STORED)
        enrol(list(formers.values()), by=by, at=at)
        return outcomes


def source_of(row: Row) -> str:
    return row.origin[:40]


def ref_of(row: Row) -> str:
    """Return what the case is known by in its file: its number, else a digest of what it says."""
    given = str(row.values.get("external_ref") or "")
    if given:
        return given
    said = "\n".join(
        str(row.values.get(code) or "") for code in ("customer_name", "received_at", "subject", "description")
    )
    return f"#{hashlib.sha256(said.encode()).hexdigest()[:32]}"


def known_refs(rows: Sequence[Row]) -> set[str]:
    sources = {source_of(row) for row in rows}
    known = Case.objects.exclude(external_ref="")  # as its index says; without, the whole table is read
    known = known.filter(source__in=sources, external_ref__among={ref_of(row) for row in rows})
    return set(known.order_by().values_list("external_ref", flat=True))


def categories_by_name() -> dict[str, Category]:
    """Return every category by its code and names; of two of the same name, the higher one."""
    names: dict[str, Category] = {}
    for category in sorted(Category.objects.all(), key=lambda one: one.depth):
        for name in (category.code, category.full_name, category.name, category.name_en):
            names.setdefault(folded(name), category)
    return names


def former_of(row: Row, ref: str, categories: Mapping[str, Category]) -> Former:
    """Return the case the row tells of. Raises BadInput where its moments contradict each other."""
    values = row.values
    received_at, closed_at = values.get("received_at"), values.get("closed_at")
    if received_at and closed_at and closed_at < received_at:
        raise BadInput(_("It was closed before it was received."), field="closed_at")
    category, tags = category_of(values, categories)
    draft = Draft(
        kind=values.get("kind") or Kind.COMPLAINT,
        channel=Channel.IMPORT,
        subject=subject_of(values),
        description=values["description"],
        demand=values.get("demand") or "",
        category=category,
        level=values.get("level") or Level.GENERAL,
        urgency=values.get("urgency") or Urgency.NORMAL,
        occurred_where=values.get("occurred_where") or "",
        product=values.get("product") or "",
        order_number=values.get("order_number") or "",
        tags=tags,
        source=source_of(row),
        external_ref=ref,
        received_at=received_at or closed_at,
        caller=caller_of(values),
    )
    return Former(
        draft=draft,
        introduction=introduction_of(values),
        reply=values.get("reply") or "",
        replied_at=values.get("replied_at"),
        closed_at=closed_at,
    )


def caller_of(values: Mapping[str, Any]) -> Caller:
    return Caller(name=values.get("customer_name") or "")


def introduction_of(values: Mapping[str, Any]) -> Introduction:
    return Introduction(
        name=values.get("customer_name") or "",
        phone=values.get("phone") or "",
        email=values.get("email") or "",
        number=values.get("customer_number") or "",
    )


def subject_of(values: Mapping[str, Any]) -> str:
    """Return the subject, else the first sentence of what was said."""
    if values.get("subject"):
        return str(values["subject"])
    first = _FIRST_SENTENCE.match(values["description"])
    return shortened(first[1] if first else values["description"], 60)


def category_of(values: Mapping[str, Any], categories: Mapping[str, Category]) -> tuple[Category | None, list[str]]:
    """Return the category of that name; a word that names none is kept as a tag."""
    word = values.get("category") or ""
    category = categories.get(folded(word)) if word else None
    return category, [word[:30]] if word and category is None else []
