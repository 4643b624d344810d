"""What holds for all cases of a kind, as the company sets it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from huiying.cases.models import Kind, KindRule
from huiying.cases.policies import may_arrange
from huiying.cases.verbs import HANDOVER_RULES_CHANGED, KIND_RULES_CHANGED
from huiying.journal.actors import Actor
from huiying.journal.entries import record
from huiying.journal.verbs import Verb
from huiying.kit.guards import ensure


@transaction.atomic
def let_close_over_parts(kinds: Iterable[str], *, by: Actor, at: datetime) -> None:
    """Say of which kinds a case may be closed while parts of it are open."""
    set_for(kinds, "closes_over_parts", KIND_RULES_CHANGED, by=by, at=at)


@transaction.atomic
def let_hand_over_always(kinds: Iterable[str], *, by: Actor, at: datetime) -> None:
    """Say of which kinds every change of owner waits for who gets the case, within a team, too."""
    set_for(kinds, "always_hands_over", HANDOVER_RULES_CHANGED, by=by, at=at)


def set_for(kinds: Iterable[str], field: str, verb: Verb, *, by: Actor, at: datetime) -> None:
    """Set the rule for these kinds and for no other; what stands so already is not told again."""
    ensure(may_arrange(by))
    wanted = sorted(set(kinds) & set(Kind.values), key=Kind.values.index)
    before = set(KindRule.objects.filter(**{field: True}).values_list("kind", flat=True))
    if before == set(wanted):
        return
    rules = [KindRule(kind=kind, **{field: kind in wanted}) for kind in Kind.values]
    KindRule.objects.bulk_create(rules, update_conflicts=True, unique_fields=["kind"], update_fields=[field])
    record(verb, KindRule.objects.order_by("id")[0], by=by, at=at, kinds=wanted)
