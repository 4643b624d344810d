"""Survey scores and usage that others tell us of a customer (SPEC A3)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from huiying.customers import verbs
from huiying.customers.models import Customer, Score, Usage
from huiying.customers.policies import may_revise
from huiying.journal.actors import Actor
from huiying.journal.entries import record
from huiying.kit.guards import BadInput, ensure, ensure_sound
from huiying.kit.turns import take_turns


@dataclass(frozen=True, kw_only=True)
class ScoreDraft:
    """The result of one survey, on 100; `external_ref` is what the other system calls it."""

    answered_at: datetime
    points: Decimal
    survey: str = ""
    external_ref: str = ""


@dataclass(frozen=True, kw_only=True)
class UsageDraft:
    """How often a product was used on a day, or one type of question asked about it."""

    day: date
    product: str
    question: str = ""
    times: int = 1


@transaction.atomic
def add_score(customer: Customer, draft: ScoreDraft, *, by: Actor, at: datetime) -> Score:
    """Keep a survey score; one that is kept already under its outside number is brought up to date."""
    ensure(may_revise(by, customer))
    take_turns(f"score {draft.external_ref}")
    known = Score.objects.filter(external_ref=draft.external_ref).first() if draft.external_ref else None
    if known is not None and known.customer_id != customer.pk:
        raise BadInput(_("This outside number belongs to another customer's score."), field="external_ref")
    score = known or Score(customer=customer, external_ref=draft.external_ref)
    if known and (known.at, known.points, known.survey) == (draft.answered_at, draft.points, draft.survey):
        return known
    score.at, score.points, score.survey = draft.answered_at, draft.points, draft.survey
    ensure_sound(score)
    score.save()
    record(verbs.SCORED, score, by=by, at=at, points=f"{score.points:g}")
    return score


@transaction.atomic
def note_usage(customer: Customer, draft: UsageDraft, *, by: Actor, at: datetime) -> Usage:
    """Keep how often something was used that day; told again, the newer word counts."""
    ensure(may_revise(by, customer))
    line = Usage(customer=customer, day=draft.day, product=draft.product, question=draft.question, times=draft.times)
    ensure_sound(line)
    kept, made = Usage.objects.get_or_create(
        customer=customer,
        day=draft.day,
        product=draft.product,
        question=draft.question,
        defaults={"times": draft.times},
    )
    if not made and kept.times == draft.times:
        return kept
    if not made:
        kept.times = draft.times
        kept.save(update_fields=["times"])
    record(verbs.USAGE_NOTED, customer, by=by, at=at, lines=1)
    return kept
