"""Changing what value and churn are reckoned by."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from huiying.insight import verbs
from huiying.insight.models import Reckoning, Terms
from huiying.insight.policies import may_arrange
from huiying.insight.queries.terms import terms_now
from huiying.journal.actors import Actor
from huiying.journal.entries import record
from huiying.kit.guards import BadInput, Stale, ensure, ensure_sound
from huiying.kit.turns import take_turns

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


@transaction.atomic
def ask_anew(day: date, *, by: Actor, at: datetime) -> Reckoning:
    """Open the day's reckoning once more; the task worker does it. While one is at work, it is that one."""
    ensure(may_arrange(by))
    reckoning, _is_new = Reckoning.objects.get_or_create(day=day, defaults={"moved_at": at})
    rested = Reckoning.objects.filter(pk=reckoning.pk).exclude(state=Reckoning.State.RUNNING)
    if rested.update(state=Reckoning.State.WAITING, moved_at=at):
        record(verbs.RECKONED, reckoning, by=by, at=at)
    return reckoning
