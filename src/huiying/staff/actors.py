"""The staff member as an actor: powers, scope and limits, worked out once per request."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import Protocol

from django.db.models import Q
from django.utils.timezone import localdate

from huiying.journal.actors import Actor, ActorKind
from huiying.staff.models import Absence, Department, Scope, Token, User

WRITING_SCOPE = "write"
READING = (".see", ".uncover", ".amounts")
ADMIN_POWERS = frozenset({"people.manage", "settings.manage", "audit.read", "mail.manage"})


@dataclass(frozen=True, kw_only=True)
class StaffActor(Actor):
    """Somebody at work. `approval_limit` is what they may promise alone."""

    powers: frozenset[str] = field(default_factory=frozenset)
    case_scope: str = Scope.OWN
    customer_scope: str = Scope.OWN
    team_id: int | None = None
    department_id: int | None = None
    department_path: str = ""
    approval_limit: Decimal = Decimal(0)
    role_name: str = ""
    is_on_shift: bool = False

    def can(self, power: str) -> bool:
        return power in self.powers

    @cached_property
    def stands_in_for(self) -> tuple[int, ...]:
        """Fetched once for each request, where it is asked for."""
        return tuple(Absence.objects.on(localdate()).filter(substitute=self.pk).values_list("user", flat=True))

    @property
    def sees_contacts_whole(self) -> bool:
        return self.can("customers.uncover")


def actor_of(user: User) -> StaffActor:
    """Return the user as an actor; fetch the user `with_standing()` to spend no further query."""
    return StaffActor(
        kind=ActorKind.STAFF,
        pk=user.pk,
        name=user.name,
        powers=frozenset(user.role.powers),
        case_scope=user.role.case_scope,
        customer_scope=user.role.customer_scope,
        team_id=user.team_id,
        department_id=user.department_id,
        department_path=user.department.path if user.department else "",
        approval_limit=user.role.approval_limit,
        role_name=user.role.name,
        is_on_shift=user.is_on_shift,
    )


def actor_of_token(token: Token) -> StaffActor:
    """Return the token's user, narrowed to the token's scopes: "read", "write" or "admin"."""
    actor = actor_of(token.user)
    powers = actor.powers
    if "admin" not in token.scopes:
        powers -= ADMIN_POWERS
    if not {"admin", WRITING_SCOPE} & set(token.scopes):
        powers = frozenset(power for power in powers if power.endswith(READING))
    return StaffActor(**{**actor.__dict__, "powers": powers})


def within_scope(scope: str, actor: StaffActor, *, own: Q) -> Q:
    """Return the condition on rows that carry `owner`, `team` and `department`; `own` is what is always the actor's."""
    if scope == Scope.ALL:
        return Q()
    if scope == Scope.TEAM and actor.team_id:
        return own | Q(team_id=actor.team_id)
    if scope == Scope.DEPARTMENT and actor.department_id:
        return own | Q(department_id=actor.department_id)
    if scope == Scope.DEPARTMENT_TREE and actor.department_path:
        below = Department.objects.filter(path__startswith=actor.department_path)
        return own | Q(department_id__in=below.values("pk"))
    return own


class Placed(Protocol):
    """Something that belongs to a team and a department."""

    @property
    def team_id(self) -> int | None: ...

    @property
    def department_id(self) -> int | None: ...

    @property
    def department_path(self) -> str: ...


def is_within_scope(scope: str, actor: StaffActor, thing: Placed) -> bool:
    """Say of one thing at hand what `within_scope` asks of rows, apart from what is the actor's own."""
    if scope == Scope.TEAM:
        return bool(actor.team_id) and thing.team_id == actor.team_id
    if scope == Scope.DEPARTMENT:
        return bool(actor.department_id) and thing.department_id == actor.department_id
    if scope == Scope.DEPARTMENT_TREE:
        return bool(actor.department_path) and thing.department_path.startswith(actor.department_path)
    return scope == Scope.ALL
