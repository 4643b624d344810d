from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from huiying.kit.text import in_reader_language

from .case import Mood


class PhraseQuerySet(models.QuerySet["Phrase"]):
    def for_mood(self, mood: str) -> Self:
        """Keep what fits the mood: its own words first, then those for any mood."""
        return self.filter(Q(mood=mood) | Q(mood=""), active=True).order_by("-mood", "position", "id")


class Phrase(models.Model):
    """Words for one of the three steps of listening, to say or read aloud (SPEC C3). An empty mood fits any."""

    class Step(models.TextChoices):
        QUESTION = "question", _("open question")
        READ_BACK = "read_back", _("reading back")
        APOLOGY = "apology", _("apology")
        UNDERSTANDING = "understanding", _("understanding")

    step = models.CharField(_("step"), max_length=13, choices=Step)
    mood = models.CharField(_("mood"), max_length=8, choices=Mood, blank=True)
    text = models.CharField(_("words"), max_length=200)
    text_en = models.CharField(_("English words"), max_length=200, blank=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    active = models.BooleanField(_("active"), default=True)

    objects = PhraseQuerySet.as_manager()

    class Meta:
        ordering = ["step", "position", "id"]

    def __str__(self) -> str:
        return in_reader_language(self.text, self.text_en)
