"""The working days of the owners of planned contacts, and what stands on them already."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from django.db.models import Count

from huiying.deadlines.catalogue import catalogue
from huiying.engagement.models import PlannedContact, State
from huiying.engagement.slots import Agenda, working_days
from huiying.staff.models import Absence, User


class Agendas:
    """One agenda for each owner between two days; three statements for all of them.

    An owner works on the days of their department's calendar but those they are absent. Who is away for the whole of a
    window is planned for on its working days all the same: whoever stands in sees them.
    """

    def __init__(self, owners: Iterable[int], begins: date, ends: date, *, besides: Iterable[int | None] = ()) -> None:
        keys = sorted(set(owners))
        self.begins, self.ends = begins, ends
        self.away = absences(keys, begins, ends)
        self.department = dict(User.objects.filter(pk__in=keys).values_list("pk", "department_id"))
        self.open_days: dict[int | None, list[date]] = {}
        loads = loads_of(keys, begins, ends, besides={key for key in besides if key is not None})
        self.agendas = {key: Agenda(self.days_of(key), loads[key]) for key in keys}

    def days_of(self, owner: int) -> list[date]:
        away = self.away.get(owner, set())
        return [day for day in self.company_days(owner) if day not in away]

    def company_days(self, owner: int) -> list[date]:
        """Return the working days of the owner's calendar."""
        known = catalogue()
        key = known.calendar_of(self.department.get(owner))
        if key not in self.open_days:
            works = known.calendar(key).is_working_day
            self.open_days[key] = working_days(self.begins, self.ends, works=works)
        return self.open_days[key]

    def expect(self, planned: Sequence[PlannedContact]) -> None:
        for owner, count in Counter(one.owner_id or 0 for one in planned).items():
            self.agendas[owner].expect(count)

    def day_for(
        self, owner: int, begins: date, ends: date, *, after: date | None = None, wish: date | None = None
    ) -> date:
        """Return the day a contact falls on; a window without any working day is used up to its end."""
        agenda = self.agendas[owner]
        day = agenda.place(begins, ends, after=after, wish=wish)
        if day is None:
            day = next((one for one in self.company_days(owner) if begins <= one <= ends), ends)
            agenda.load[day] += 1
        return day


def absences(owners: Sequence[int], begins: date, ends: date) -> dict[int, set[date]]:
    away: dict[int, set[date]] = defaultdict(set)
    for absence in Absence.objects.filter(user__in=owners, from_day__lte=ends, until_day__gte=begins):
        first, last = max(absence.from_day, begins), min(absence.until_day, ends)
        away[absence.user_id] |= {first + timedelta(days=ahead) for ahead in range((last - first).days + 1)}
    return away


def loads_of(owners: Sequence[int], begins: date, ends: date, *, besides: set[int]) -> dict[int, Counter[date]]:
    """Return how many contacts each owner has planned on each day, without those about to be placed anew."""
    loads: dict[int, Counter[date]] = defaultdict(Counter)
    rows = PlannedContact.objects.filter(owner__in=owners, state=State.PLANNED, due_on__range=(begins, ends))
    for owner, day, count in rows.order_by().values_list("owner", "due_on").annotate(count=Count("pk")):
        loads[owner][day] += count
    if besides:
        moved = PlannedContact.objects.filter(pk__in=besides, state=State.PLANNED)
        for owner, day in moved.values_list("owner", "due_on"):
            loads[owner][day] -= 1
    return loads
