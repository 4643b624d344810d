"""Choosing what to be told and how: the defaults of a role, and one's own."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time

from django.db import transaction

from huiying.journal.actors import Actor
from huiying.journal.entries import record
from huiying.kit.guards import ensure
from huiying.notifications import verbs
from huiying.notifications.habits import Habits, departures, habits_of, habits_of_role
from huiying.notifications.matrix import sound
from huiying.notifications.models import OwnHabits, RoleHabits
from huiying.notifications.policies import may_arrange_notices, may_set_habits
from huiying.staff.models import Role, User


@transaction.atomic
def set_defaults(role: Role, wished: Habits, *, by: Actor, at: datetime) -> None:
    """Say how people of a role are told; whoever chose otherwise keeps their choice."""
    ensure(may_arrange_notices(by))
    wished, before = always_on(wished), habits_of_role(Role.objects.select_for_update().get(pk=role.pk))
    if wished == before:
        return
    roads = {code: sorted(chosen) for code, chosen in wished.roads.items()}
    aside = {name: getattr(wished, name) for name in verbs.ASIDE_NAMES}
    RoleHabits.objects.update_or_create(role=role, defaults={"roads": roads, **aside})
    changes = differences(before, wished)
    record(verbs.DEFAULTS_CHANGED, role, by=by, at=at, name=role.name, name_en=role.name_en, changes=changes)


@transaction.atomic
def set_habits(user: User, wished: Habits, *, by: Actor, at: datetime) -> None:
    """Say how somebody is told; what equals the defaults of their role goes on following them."""
    ensure(may_set_habits(by, user))
    kept = User.objects.select_for_update(of=("self",)).select_related("role__notice_habits").get(pk=user.pk)
    wished, before = always_on(wished), habits_of(kept)
    if wished == before:
        return
    roads, aside = departures(wished, habits_of_role(kept.role))
    nothing = {"quiet_from": None, "quiet_until": None, "breaks_quiet": None, "rhythm": "", "daily_at": None}
    OwnHabits.objects.update_or_create(user=kept, defaults={"roads": roads, **nothing, **aside})
    record(verbs.HABITS_CHANGED, kept, by=by, at=at, changes=differences(before, wished))


@transaction.atomic
def follow_role(user: User, *, by: Actor, at: datetime) -> None:
    """Drop one's own choices."""
    ensure(may_set_habits(by, user))
    if OwnHabits.objects.filter(user=user).delete()[0]:
        record(verbs.HABITS_DROPPED, user, by=by, at=at)


def always_on(wished: Habits) -> Habits:
    return replace(wished, roads=sound(wished.roads))


def differences(before: Habits, after: Habits) -> dict[str, list[object]]:
    """Return each changed line and field with its old and new value, as the journal keeps them."""
    roads, aside = departures(after, before)
    changed: dict[str, list[object]] = {code: [sorted(before.roads[code]), new] for code, new in roads.items()}
    return changed | {name: [plain(getattr(before, name)), plain(new)] for name, new in aside.items()}


def plain(value: object) -> object:
    return value.strftime("%H:%M") if isinstance(value, time) else value
