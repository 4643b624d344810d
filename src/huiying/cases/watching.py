"""Who looks on at a case and is told of it: only those who may see it at that moment."""

from __future__ import annotations

from collections.abc import Collection

from huiying.cases.models import Case
from huiying.notifications.matrix import Event, Relation, asks_for
from huiying.staff.actors import StaffActor, actor_of
from huiying.staff.models import User


def watchers_of(case: Case, event: Event, *, besides: Collection[int]) -> set[int]:
    """Return the keys of the watchers whom an event concerns, other than those who are told anyway."""
    if not asks_for(event, Relation.WATCHED):
        return set()
    people = User.objects.working().with_standing().filter(watching__case=case)
    return {person.pk for person in people if person.pk not in besides and sees(actor_of(person), case)}


def sees(who: StaffActor, case: Case) -> bool:
    return Case.objects.visible_to(who).filter(pk=case.pk).exists()
