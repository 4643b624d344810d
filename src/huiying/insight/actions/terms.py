"""Changing what value and churn are reckoned by; trying it before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

import numpy as np
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from huiying.customers.models import Customer, Status
from huiying.insight import verbs
from huiying.insight.models import ChurnWarning, Reckoning, Terms
from huiying.insight.policies import may_arrange
from huiying.insight.queries.evidence import evidence_until
from huiying.insight.queries.terms import limits_of, terms_now
from huiying.insight.statistics.hindsight import fitted
from huiying.insight.statistics.histories import histories_of
from huiying.insight.statistics.signals import risk_of, signs
from huiying.journal.actors import Actor
from huiying.journal.entries import record
from huiying.kit.guards import BadInput, Stale, ensure, ensure_sound
from huiying.kit.turns import take_turns

TRIED_ON = 20_000
Values = dict[str, int | Decimal]


def with_values(values: Values) -> Terms:
    """Return the terms as they would be, not yet written. Raises BadInput for what cannot be."""
    known = terms_now()
    fields = {field.name for field in Terms._meta.concrete_fields} - {"id", "version", "made_at", "made_by"}
    kept = {name: getattr(known, name) for name in fields}
    terms = Terms(version=known.version + 1, made_at=known.made_at, **{**kept, **values})
    ensure_sound(terms)
    if terms.clear_below > terms.warn_from:
        raise BadInput(_("A warning cannot be settled at a higher risk than it is raised at."), field="clear_below")
    return terms


@transaction.atomic
def revise_terms(values: Values, *, version: int, by: Actor, at: datetime) -> Terms:
    """Write the next version; it holds from the next reckoning on. Raises Stale when somebody was faster."""
    ensure(may_arrange(by))
    take_turns("insight terms")
    if terms_now().version != version:
        raise Stale(_("Somebody saved other settings meanwhile. Please look at them first."))
    terms = with_values(values)
    terms.made_at, terms.made_by_id = at, by.pk if by.is_staff else None
    terms.save(force_insert=True)
    record(verbs.TERMS_CHANGED, terms, by=by, at=at, version=terms.version)
    return terms


@dataclass(frozen=True, kw_only=True)
class Trial:
    """How many would be warned of today: by the terms tried, now, and whether it is an estimate from some."""

    warned: int
    standing: int
    tried_on: int
    one_in: int


def try_terms(terms: Terms, *, today: date) -> Trial:
    """Weigh customers by other terms without writing anything; of very many, every n-th is weighed."""
    active = Customer.objects.current().filter(status=Status.ACTIVE)
    one_in = -(-active.count() // TRIED_ON) or 1
    evidence = evidence_until(today, one_in=one_in)
    keys = np.array(list(active.order_by("pk").values_list("pk", flat=True)), dtype=np.int64)
    keys = keys[keys % one_in == 0]
    models = fitted(histories_of(evidence.purchases, as_of=today.toordinal()), fewest=terms.fewest_buyers)
    limits, day = limits_of(terms), today.toordinal()
    found = signs(evidence, keys, day=day, limits=limits, buying=models[0] if models else None)
    warned = int((risk_of(found, limits.weights) >= terms.warn_from).sum())
    standing = ChurnWarning.objects.standing().count()
    return Trial(warned=warned * one_in, standing=standing, tried_on=len(keys), one_in=one_in)


@transaction.atomic
def ask_anew(day: date, *, by: Actor, at: datetime) -> Reckoning:
    """Open the day's reckoning once more; the task worker does it. While one is at work, it is that one."""
    ensure(may_arrange(by))
    reckoning, _is_new = Reckoning.objects.get_or_create(day=day, defaults={"moved_at": at})
    rested = Reckoning.objects.filter(pk=reckoning.pk).exclude(state=Reckoning.State.RUNNING)
    if rested.update(state=Reckoning.State.WAITING, moved_at=at):
        record(verbs.RECKONED, reckoning, by=by, at=at)
    return reckoning
