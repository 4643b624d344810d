"""Correcting what was taken down: kind, level, category and the like, without losing anybody's change (SPEC K7)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from huiying.cases.actions.step import ensure_timely, held, situation_of, step
from huiying.cases.models import Case
from huiying.cases.policies import may_revise
from huiying.cases.verbs import REVISED
from huiying.deadlines.actions import replan
from huiying.journal.actors import Actor
from huiying.journal.models import Entry
from huiying.kit.guards import BadInput, Stale, ensure
from huiying.search.index import add_words

REVISABLE = (
    "subject",
    "kind",
    "level",
    "urgency",
    "mood",
    "category",
    "product",
    "order_number",
    "demand",
    "occurred_at",
    "occurred_where",
    "expected_at",
    "tags",
    "contact",
)
FOUND_BY = frozenset({"subject", "product", "order_number"})
WORDS = frozenset({"subject", "demand", "occurred_where"})  # the customer's own; they stay out of the journal
CLOCK_FIELDS = frozenset({"kind", "level", "urgency", "category"})


@transaction.atomic
def revise(case: Case, changes: Mapping[str, object], *, version: int, by: Actor, at: datetime) -> Case:
    """Change fields of the case. `version` is the one the person saw.

    Raises Stale when one of these fields was changed meanwhile, BadInput for a field that cannot be changed so.
    """
    case = held(case)
    ensure(by.can("cases.work"))
    ensure_timely(may_revise(by, case), _("Only an open case can be changed."))
    unknown = set(changes) - set(REVISABLE)
    if unknown:
        raise BadInput(_("{field} cannot be changed here.").format(field=", ".join(sorted(unknown))))
    changed = [name for name, value in changes.items() if getattr(case, name) != value]
    if not changed:
        return case
    if version < case.version:
        ensure_fresh(case, changed, since=version)
    before = {name: told(getattr(case, name)) for name in changed if name not in WORDS}
    for name in changed:
        setattr(case, name, changes[name])
    case.save(update_fields=changed)
    add_words(case, *(str(changes[name]) for name in changed if name in FOUND_BY))
    if CLOCK_FIELDS & set(changed):
        replan(case, situation=situation_of(case), at=at, by=by)
    step(REVISED, case, by=by, at=at, fields=changed, before=before, version=case.version + 1)
    return case


def ensure_fresh(case: Case, changed: list[str], *, since: int) -> None:
    """Raise Stale when somebody changed one of these fields since that version; other deeds do no harm."""
    revisions = Entry.objects.about(case).filter(verb=REVISED.code, facts__version__gt=since)
    for name in {name for revision in revisions for name in revision.facts["fields"]} & set(changed):
        raise Stale(
            _("Somebody changed this case after you opened it. Your input is kept below; compare and save again."),
            field=name,
        )


def told(value: object) -> object:
    """Return a fact's value as JSON."""
    if isinstance(value, (int, bool, list)) or value is None:
        return value
    return str(value)[:80]
