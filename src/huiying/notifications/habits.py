"""How people wish to be told: the habits of their role, with what they chose otherwise laid over them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import time

from django.core.exceptions import ObjectDoesNotExist
from django.db.models import QuerySet

from huiying.notifications.matrix import CELLS, Cell, Road, Roads, sound
from huiying.notifications.models import OwnHabits, RoleHabits
from huiying.notifications.models.habits import Rhythm
from huiying.staff.models import Role, User


@dataclass(frozen=True, kw_only=True)
class Habits:
    """How somebody is told: the whole matrix, the quiet hours, whether some escalations break them, and the digest.

    Equal ends of the quiet hours mean that there are none. Times are of the organisation's zone.
    """

    roads: Roads
    quiet_from: time = time(22)
    quiet_until: time = time(8)
    breaks_quiet: bool = False
    rhythm: str = Rhythm.AT_ONCE
    daily_at: time = time(9)

    def over(self, cell: Cell) -> frozenset[str]:
        return self.roads[cell.code]


PLAIN = Habits(roads={cell.code: frozenset({Road.APP.value}) for cell in CELLS})
ASIDE = tuple(field.name for field in fields(Habits) if field.name != "roads")


def habits_of_role(role: Role) -> Habits:
    """Return the defaults of a role; one that has none is told of everything, in Huiying only."""
    try:
        kept: RoleHabits = role.notice_habits
    except ObjectDoesNotExist:
        return PLAIN
    return Habits(
        roads={**PLAIN.roads, **sound(kept.roads)},
        quiet_from=kept.quiet_from,
        quiet_until=kept.quiet_until,
        breaks_quiet=kept.breaks_quiet,
        rhythm=kept.rhythm,
        daily_at=kept.daily_at,
    )


def habits_of(user: User) -> Habits:
    """Return the habits that hold for somebody. Fetch many people with `with_habits`."""
    base = habits_of_role(user.role)
    try:
        own: OwnHabits = user.notice_habits
    except ObjectDoesNotExist:
        return base
    return Habits(
        roads={**base.roads, **sound(own.roads)},
        quiet_from=base.quiet_from if own.quiet_from is None else own.quiet_from,
        quiet_until=base.quiet_until if own.quiet_until is None else own.quiet_until,
        breaks_quiet=base.breaks_quiet if own.breaks_quiet is None else own.breaks_quiet,
        rhythm=own.rhythm or base.rhythm,
        daily_at=base.daily_at if own.daily_at is None else own.daily_at,
    )


def people_with_habits() -> QuerySet[User]:
    """Return the working people with all that says how they are told."""
    people: QuerySet[User] = User.objects.working().select_related("role__notice_habits", "notice_habits", "team")
    return people.order_by("pk")


def with_habits(keys: Iterable[int]) -> list[User]:
    return list(people_with_habits().filter(pk__in=list(keys)))


def departures(wished: Habits, base: Habits) -> tuple[dict[str, list[str]], dict[str, object]]:
    """Return the lines of the matrix and the other fields in which two habits differ, as they are kept."""
    roads = {code: sorted(chosen) for code, chosen in wished.roads.items() if chosen != base.roads[code]}
    aside = {name: getattr(wished, name) for name in ASIDE if getattr(wished, name) != getattr(base, name)}
    return roads, aside
