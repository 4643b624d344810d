"""Putting words into the index and finding things by them, on both databases alike (SPEC J4)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import models
from django.db.models import F, Value
from django.db.models.functions import Concat

from huiying.kit.bulk import insert_all
from huiying.kit.text import grams, query_grams
from huiying.search.models import Document

FOUND_AT_MOST = 500


def index(subject: models.Model, *texts: str) -> None:
    """Make the subject findable by these words; words indexed earlier are replaced."""
    Document.objects.bulk_create(
        [document(subject, *texts)],
        update_conflicts=True,
        unique_fields=["subject_type", "subject_id"],
        update_fields=["grams"],
    )


def index_all(subjects: Iterable[tuple[models.Model, Iterable[str]]]) -> None:
    """Index many new subjects at once."""
    insert_all([document(subject, *texts) for subject, texts in subjects])


def add_words(subject: models.Model, *texts: str) -> None:
    """Make the subject findable by further words, e.g. those of a later message."""
    add_words_to_all(type(subject)._default_manager.filter(pk=subject.pk), *texts)


def add_words_to_all(subjects: models.QuerySet[Any], *texts: str) -> None:
    """Make all of these findable by further words, in one statement."""
    more = " ".join(grams(" ".join(texts)))
    if more:
        kind = subjects.model._meta.label_lower
        theirs = Document.objects.filter(subject_type=kind, subject_id__in=subjects.values("pk"))
        theirs.update(grams=Concat(F("grams"), Value(f" {more}")))


def found_ids(model: type[models.Model], query: str, *, at_most: int = FOUND_AT_MOST) -> list[int]:
    """Return the keys of things that hold all the query's terms, newest first, capped for frequent words."""
    terms = query_grams(query)
    if not terms:
        return []
    held = Document.objects.filter(subject_type=model._meta.label_lower, grams__holds=" ".join(terms))
    some = list(held.values_list("id", "subject_id")[: at_most + 1])
    if len(some) > at_most:  # a frequent word: read from the newest on, which soon has enough
        some = list(held.order_by("-id").values_list("id", "subject_id")[:at_most])
    return [subject_id for _, subject_id in sorted(some, reverse=True)]


def document(subject: models.Model, *texts: str) -> Document:
    return Document(
        subject_type=subject._meta.label_lower,
        subject_id=subject.pk,
        grams=" ".join(grams(" ".join(text for text in texts if text))),
    )


def documents_like(model: type[models.Model], keys: Sequence[int], terms: Sequence[str]) -> dict[int, float]:
    """Return, for each of these things, the share of the terms that its words hold: 0 none, 1 all."""
    wanted = set(terms)
    held = Document.objects.filter(subject_type=model._meta.label_lower, subject_id__in=keys)
    found = held.values_list("subject_id", "grams")
    return {key: len(wanted & set(text.split())) / len(wanted) for key, text in found} if wanted else {}
