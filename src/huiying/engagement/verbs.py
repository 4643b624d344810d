"""What can happen in care, each with the sentence a timeline shows. Facts hold no customer's words."""

from __future__ import annotations

from datetime import date

from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from huiying.engagement.models import Means
from huiying.journal.verbs import Verb
from huiying.kit import times
from huiying.kit.guards import Sentence


def means_name(code: str) -> Sentence:
    return Means(code).label if code in Means else code


def day_name(day: str) -> str:
    """Say a day kept as 2026-03-02 as people do."""
    return times.day_in_words(date.fromisoformat(day), today=localdate())


RECORDED = Verb("contact_recorded", _("{day}, by {means}"), words={"means": means_name, "day": day_name})
CORRECTED = Verb("contact_corrected", _("corrected the record of a contact"))
