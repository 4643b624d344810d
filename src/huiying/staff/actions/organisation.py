"""Departments, a tree, and the teams inside them."""

from __future__ import annotations

from django.db import transaction
from django.db.models import F, Value
from django.db.models.functions import Concat, Substr
from django.utils.translation import gettext_lazy as _

from huiying.journal.actors import Actor
from huiying.journal.entries import record
from huiying.kit.guards import BadInput, ensure, ensure_sound
from huiying.kit.turns import take_turns
from huiying.staff import verbs
from huiying.staff.drafts import DepartmentDraft, TeamDraft, apply
from huiying.staff.models import Department, Team, User
from huiying.staff.policies import may_manage_people

DEPARTMENT_FIELDS = ("name", "name_en", "parent", "head", "active")
TEAM_FIELDS = ("name", "name_en", "department", "lead", "active")


@transaction.atomic
def add_department(draft: DepartmentDraft, *, by: Actor) -> Department:
    ensure(may_manage_people(by))
    department = Department()
    apply(draft, department, DEPARTMENT_FIELDS)
    keep_department_sound(department)
    department.save()
    record(verbs.DEPARTMENT_ADDED, department, by=by, name=department.name)
    return department


@transaction.atomic
def change_department(department: Department, draft: DepartmentDraft, *, by: Actor) -> None:
    """Change the department; when it moves, everything below moves with it."""
    ensure(may_manage_people(by))
    take_turns("staff.departments")
    old_path = department.path
    changes = apply(draft, department, DEPARTMENT_FIELDS)
    if not changes:
        return
    keep_department_sound(department)
    ensure_empty_before_closing(department)
    department.save()
    move_below(old_path, department.path)
    record(verbs.DEPARTMENT_CHANGED, department, by=by, name=department.name, changes=changes)


@transaction.atomic
def add_team(draft: TeamDraft, *, by: Actor) -> Team:
    ensure(may_manage_people(by))
    team = Team()
    apply(draft, team, TEAM_FIELDS)
    keep_team_sound(team)
    team.save()
    record(verbs.TEAM_ADDED, team, by=by, name=team.name)
    return team


@transaction.atomic
def change_team(team: Team, draft: TeamDraft, *, by: Actor) -> None:
    """Change the team; when it moves to another department, its people move with it."""
    ensure(may_manage_people(by))
    changes = apply(draft, team, TEAM_FIELDS)
    if not changes:
        return
    keep_team_sound(team)
    if "active" in changes and team.people.filter(is_active=True).exists():
        raise BadInput(_("Somebody still works in this team. Move them first."), field="active")
    team.save()
    if "department" in changes:
        User.objects.filter(team=team).update(department=team.department)
    record(verbs.TEAM_CHANGED, team, by=by, name=team.name, changes=changes)


def keep_department_sound(department: Department) -> None:
    department.name = department.name.strip()
    ensure_sound(department)
    parent = department.parent
    if parent is not None and department.pk and parent.path.startswith(department.path):
        raise BadInput(_("A department cannot be part of itself."), field="parent")
    if Department.objects.filter(parent=parent, name=department.name).exclude(pk=department.pk).exists():
        raise BadInput(_("There is a department of this name already."), field="name")


def ensure_empty_before_closing(department: Department) -> None:
    if department.active:
        return
    if department.people.filter(is_active=True).exists() or department.teams.filter(active=True).exists():
        raise BadInput(_("Somebody still works in this department. Move people and teams first."), field="active")


def keep_team_sound(team: Team) -> None:
    team.name = team.name.strip()
    ensure_sound(team)
    if Team.objects.filter(department=team.department, name=team.name).exclude(pk=team.pk).exists():
        raise BadInput(_("There is a team of this name in the department already."), field="name")


def move_below(old_path: str, new_path: str) -> None:
    if old_path != new_path:
        rest = Substr(F("path"), len(old_path) + 1)
        Department.objects.filter(path__startswith=old_path).update(path=Concat(Value(new_path), rest))
