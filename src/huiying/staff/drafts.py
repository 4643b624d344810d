"""What a door fills in before it calls an action on people, places and roles."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from django.db import models

from huiying.staff.models import Department, Role, Scope, Team, User


@dataclass(frozen=True, kw_only=True)
class PersonDraft:
    username: str
    name: str
    role: Role
    department: Department | None = None
    team: Team | None = None
    email: str = ""
    phone: str = ""
    language: str = ""
    skills: list[str] = field(default_factory=list)


@dataclass(frozen=True, kw_only=True)
class ProfileDraft:
    """What people change about themselves."""

    name: str
    email: str = ""
    phone: str = ""
    language: str = ""


@dataclass(frozen=True, kw_only=True)
class DepartmentDraft:
    name: str
    name_en: str = ""
    parent: Department | None = None
    head: User | None = None
    active: bool = True


@dataclass(frozen=True, kw_only=True)
class TeamDraft:
    name: str
    department: Department
    name_en: str = ""
    lead: User | None = None
    active: bool = True


@dataclass(frozen=True, kw_only=True)
class RoleDraft:
    name: str
    name_en: str = ""
    powers: frozenset[str] = field(default_factory=frozenset)
    case_scope: str = Scope.TEAM
    customer_scope: str = Scope.ALL
    approval_limit: Decimal = Decimal(0)


Changes = dict[str, list[object]]
COVERED = frozenset({"email", "phone"})  # the log says that they changed, not what they are


def apply(draft: object, thing: models.Model, fields: tuple[str, ...]) -> Changes:
    """Put the draft's values on the row; return what differs as {field: [old, new]}, ready for the journal."""
    changes: Changes = {}
    for name in fields:
        old, new = getattr(thing, name, None), getattr(draft, name)
        if old != new:
            setattr(thing, name, new)
            changes[name] = [] if name in COVERED else [plain(old), plain(new)]
    return changes


def plain(value: object) -> object:
    """Return the value as JSON keeps it: rows by their name, amounts as text."""
    if isinstance(value, Department | Role | Team | User):
        return value.name
    if isinstance(value, list):
        return "、".join(value)
    return str(value) if isinstance(value, Decimal) else value
