"""What substitutes are told each morning of the day of those who are away (SPEC B1)."""

from __future__ import annotations

from datetime import date, datetime

from django.db.models import Model
from django.utils.timezone import localtime

from huiying.deadlines.catalogue import catalogue
from huiying.engagement import verbs
from huiying.engagement.actions.workload import planned_of
from huiying.journal.actors import CLOCKWORK
from huiying.journal.entries import entry_for
from huiying.journal.models import Entry
from huiying.staff.models import Absence, User


def substitutes_lines(*, today: date, now: datetime, hand_days: int) -> list[tuple[Entry, type[Model]]]:
    """Return one line for each absence of today whose substitute works and was not told yet, saying for whom."""
    away = [one for one in absences_of(today) if is_at_work(one.substitute, today)]
    told = told_today(now) if away else set()
    planned = planned_of([one.user_id for one in away], today=today, hand_days=hand_days)
    found: list[tuple[Entry, type[Model]]] = []
    for absence in away:
        due, overdue = planned.get(absence.user_id, (0, 0))
        substitute, person = absence.substitute, absence.user
        if substitute is None or not (due or overdue) or (substitute.pk, person.username) in told:
            continue
        facts = {"name": person.name, "username": person.username, "today": due, "overdue": overdue}
        found.append((entry_for(verbs.MORNING_FOR, substitute, by=CLOCKWORK, at=now, **facts), User))
    return found


def absences_of(today: date) -> list[Absence]:
    """Return the absences of today with a substitute who is not away themselves."""
    rows = Absence.objects.on(today).filter(substitute__is_active=True)
    away = Absence.objects.on(today).values("user")
    return list(rows.exclude(substitute__in=away).select_related("user", "substitute").order_by("id"))


def is_at_work(person: User | None, today: date) -> bool:
    known = catalogue()
    return person is not None and known.calendar(known.calendar_of(person.department_id)).is_working_day(today)


def told_today(now: datetime) -> set[tuple[int, str]]:
    """Return who was told today, and for whom."""
    midnight = localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
    rows = Entry.objects.filter(verb=verbs.MORNING_FOR.code, at__gte=midnight)
    return {(key, str(facts.get("username"))) for key, facts in rows.values_list("subject_id", "facts")}
