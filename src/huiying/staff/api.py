"""People and places in the interface: who there is to give a case to."""

from __future__ import annotations

from django.utils.translation import gettext_noop as _
from ninja import Query, Router, Schema

from huiying.kit.paging import page_of
from huiying.kit.rest import Line, Page, PageOf
from huiying.staff.http import ApiRequest
from huiying.staff.models import Department, Team, User
from huiying.staff.references import department_named, team_named

router = Router(tags=["staff"])


class Named(Schema):
    """Something by its key and name."""

    id: int
    name: str


class Person(Schema):
    """Somebody who works here."""

    id: int
    username: str
    name: str


class Colleague(Person):
    """Somebody who works here, and where."""

    role: str
    department: Named | None
    team: Named | None
    is_on_shift: bool


class DepartmentShown(Named):
    """A department with its teams; `parent` is the department it is part of."""

    parent: int | None
    head: Person | None
    teams: list[Named]


class Colleagues(PageOf):
    """Which colleagues."""

    department: Line = ""
    team: Line = ""
    on_shift: bool | None = None


@router.get("/staff", response=Page[Colleague], summary=_("List colleagues"))
def staff(request: ApiRequest, ask: Query[Colleagues]) -> Page[Colleague]:
    people = User.objects.working().with_standing()
    if ask.department:
        people = people.filter(department=department_named(ask.department, field="department"))
    if ask.team:
        people = people.filter(team=team_named(ask.team, field="team"))
    if ask.on_shift is not None:
        people = people.filter(is_on_shift=ask.on_shift)
    page = page_of(people, by="name", cursor=ask.cursor, limit=ask.limit)
    return Page(items=[colleague(user) for user in page.items], next_cursor=page.next_cursor)


@router.get("/departments", response=Page[DepartmentShown], summary=_("List departments and their teams"))
def departments(request: ApiRequest, ask: Query[PageOf]) -> Page[DepartmentShown]:
    rows = Department.objects.filter(active=True).select_related("head").prefetch_related("teams")
    page = page_of(rows, by="path", cursor=ask.cursor, limit=ask.limit)
    return Page(items=[department(row) for row in page.items], next_cursor=page.next_cursor)


def colleague(user: User) -> Colleague:
    return Colleague(
        id=user.pk,
        username=user.username,
        name=user.name,
        role=str(user.role),
        department=named(user.department),
        team=named(user.team),
        is_on_shift=user.is_on_shift,
    )


def department(row: Department) -> DepartmentShown:
    teams = [Named(id=team.pk, name=str(team)) for team in row.teams.all() if team.active]
    return DepartmentShown(id=row.pk, name=str(row), parent=row.parent_id, head=person(row.head), teams=teams)


def person(user: User | None) -> Person | None:
    return Person(id=user.pk, username=user.username, name=user.name) if user else None


def named(place: Department | Team | None) -> Named | None:
    return Named(id=place.pk, name=str(place)) if place else None
