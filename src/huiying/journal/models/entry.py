from __future__ import annotations

import json
from typing import Any, Self

from django.db import models
from django.db.models.functions import Cast

from huiying.journal.actors import Actor, actor_in_words
from huiying.journal.verbs import Verb, verb_of, verbs_perhaps_saying


class EntryQuerySet(models.QuerySet["Entry"]):
    def about(self, subject: models.Model) -> Self:
        return self.filter(subject_type=subject._meta.label_lower, subject_id=subject.pk)

    def of_customer(self, customer_id: int) -> Self:
        return self.filter(customer_id=customer_id)

    def of_customers(self, customer_ids: list[int]) -> Self:
        """A customer's own, and what was written of those who were merged into them."""
        return (
            self.filter(customer_id=customer_ids[0])
            if len(customer_ids) == 1
            else self.filter(customer_id__in=customer_ids)
        )

    def perhaps_saying(self, word: str, *others: models.Q) -> Self:
        """Keep what may read with the word in it, or fulfils another condition. How a line reads is known only once it
        is told in the reader's language: facts kept as codes stay in, and facts that are not shown, too."""
        escaped = json.dumps(word)[1:-1]  # as SQLite keeps it
        condition = models.Q(verb__in=verbs_perhaps_saying(word)) | models.Q(actor_name__icontains=word)
        condition |= models.Q(facts_text__icontains=word) | models.Q(facts_text__icontains=escaped)
        for other in others:
            condition |= other
        return self.alias(facts_text=Cast("facts", models.TextField())).filter(condition)

    def in_order(self) -> Self:
        return self.order_by("at", "id")

    def update(self, **_changes: object) -> int:
        raise TypeError("The journal is append-only.")

    def delete(self) -> tuple[int, dict[str, int]]:
        raise TypeError("The journal is append-only.")


class Entry(models.Model):
    """One deed: at once audit line, timeline item and live signal. Written once, never changed (SPEC I2).

    `facts` holds small JSON values and no words of a customer; `customer_id` is the customer it concerns.
    """

    at = models.DateTimeField()
    recorded_at = models.DateTimeField(auto_now_add=True)
    verb = models.CharField(max_length=60)
    subject_type = models.CharField(max_length=60)
    subject_id = models.BigIntegerField()
    customer_id = models.BigIntegerField(null=True)
    actor_kind = models.CharField(max_length=12)
    actor_id = models.BigIntegerField(null=True)
    actor_name = models.CharField(max_length=150)
    facts = models.JSONField(default=dict)

    objects = EntryQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["subject_type", "subject_id", "id"], name="entry_subject"),
            models.Index(
                fields=["customer_id", "at", "id"],
                name="entry_customer",
                condition=models.Q(customer_id__isnull=False),
            ),
            models.Index(fields=["actor_id", "id"], name="entry_actor", condition=models.Q(actor_id__isnull=False)),
            models.Index(fields=["verb", "id"], name="entry_verb"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.actor_name} {self.verb} {self.subject_type} {self.subject_id}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None and not self._state.adding:
            raise TypeError("The journal is append-only.")
        super().save(*args, **kwargs)

    def delete(self, *_args: Any, **_kwargs: Any) -> tuple[int, dict[str, int]]:
        raise TypeError("The journal is append-only.")

    @property
    def declared(self) -> Verb | None:
        return verb_of(self.verb)

    @property
    def who(self) -> str:
        """Who did it, in the reader's language where it was the program."""
        return actor_in_words(self.actor_kind, self.actor_name)

    @property
    def sentence(self) -> str:
        """The deed in the reader's language."""
        declared = self.declared
        return declared.tell(self.facts) if declared else self.verb

    def facts_for(self, reader: Actor) -> dict[str, Any]:
        """Return the facts without those that the reader may not see."""
        guarded = self.declared.guarded if self.declared else {}
        return {name: fact for name, fact in self.facts.items() if name not in guarded or reader.can(guarded[name])}

    def sentence_for(self, reader: Actor) -> str:
        """The deed in the reader's language; a fact that they may not see shows as “…”."""
        return self.declared.tell(self.facts_for(reader)) if self.declared else self.verb
