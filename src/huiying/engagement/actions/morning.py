"""What account managers are told once each working morning: what is planned for today, what was missed (SPEC B1)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Count, Model
from django.utils.timezone import localdate, localtime

from huiying.deadlines.catalogue import catalogue
from huiying.engagement import verbs
from huiying.engagement.actions.standing_in import substitutes_lines
from huiying.engagement.actions.workload import planned_of
from huiying.engagement.agendas import absences
from huiying.engagement.models import CareMorning, CareRule, PlannedContact, State
from huiying.journal.actors import CLOCKWORK
from huiying.journal.entries import entry_for, record_all
from huiying.journal.models import Entry
from huiying.kit.turns import take_turns
from huiying.staff.models import User

TURN = "care morning"
LEFT = (State.PLANNED, State.MISSED)  # a window that just ended is missed, whether or not the heartbeat said so yet


@transaction.atomic
def tell_in_the_morning(now: datetime) -> int:
    """Tell whoever works today and was not told yet; return how many lines were written.

    Whoever is away is told when they are back, of all that was missed meanwhile in one line. What is planned for their
    day is told to who stands in for them.
    """
    rule, today = CareRule.current(), localdate(now)
    if localtime(now).time() < rule.told_at:
        return 0
    take_turns(TURN)
    entries = own_lines(rule, today=today, now=now)
    entries += substitutes_lines(today=today, now=now, hand_days=rule.hand_days)
    record_all(entries)
    return len(entries)


def own_lines(rule: CareRule, *, today: date, now: datetime) -> list[tuple[Entry, type[Model]]]:
    """Return what people are told of their own contacts, and note that they were."""
    people = at_work(today)
    if not people:
        return []
    known = CareMorning.objects.filter(owner__in=people).values_list("owner", "day")
    since = {**dict.fromkeys(people, today - timedelta(days=1)), **dict(known)}
    entries = lines(people, since, today=today, rule=rule, now=now)
    mornings = [CareMorning(owner_id=key, day=today) for key in people]
    CareMorning.objects.bulk_create(
        mornings, update_conflicts=True, unique_fields=["owner"], update_fields=["day"], batch_size=500
    )
    return entries


def at_work(today: date) -> dict[int, User]:
    """Return who works today and was not told yet."""
    waiting = User.objects.working().exclude(care_morning__day__gte=today).only("pk", "name", "department_id")
    known = catalogue()
    open_today = {
        one.pk: one for one in waiting if known.calendar(known.calendar_of(one.department_id)).is_working_day(today)
    }
    away = absences(list(open_today), today, today)
    return {key: one for key, one in open_today.items() if key not in away}


def lines(
    people: Mapping[int, User], since: Mapping[int, date], *, today: date, rule: CareRule, now: datetime
) -> list[tuple[Entry, type[Model]]]:
    planned = planned_of(people, today=today, hand_days=rule.hand_days)
    missed = missed_of(since, today=today, hand_days=rule.hand_days)
    found = []
    for key, person in people.items():
        due, overdue = planned.get(key, (0, 0))
        if due or overdue:
            found.append(entry_for(verbs.MORNING, person, by=CLOCKWORK, at=now, today=due, overdue=overdue))
        if missed[key]:
            facts = {"count": missed[key], "since": since[key].isoformat()}
            found.append(entry_for(verbs.LEFT_UNDONE, person, by=CLOCKWORK, at=now, **facts))
    return [(entry, User) for entry in found]


def missed_of(since: Mapping[int, date], *, today: date, hand_days: int) -> Counter[int]:
    """Return by owner how many contacts were given up from the day they were told last until yesterday."""
    grace, earliest, yesterday = timedelta(days=hand_days), min(since.values()), today - timedelta(days=1)
    rows = PlannedContact.objects.filter(owner__in=since, state__in=LEFT).order_by()
    ended = rows.by_policy().filter(window_until__range=(earliest, yesterday))
    forgotten = rows.filter(slot="", due_on__range=(earliest - grace, yesterday - grace))
    found: Counter[int] = Counter()
    for owner, day, count in ended.values_list("owner", "window_until").annotate(count=Count("pk")):
        found[owner] += count if day >= since[owner] else 0
    for owner, day, count in forgotten.values_list("owner", "due_on").annotate(count=Count("pk")):
        found[owner] += count if day + grace >= since[owner] else 0
    return found
