"""What an empty installation begins with: roles, departments and teams, in both languages."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction

from huiying.journal.actors import STARTER
from huiying.journal.entries import record
from huiying.journal.models import Entry
from huiying.staff import verbs
from huiying.staff.models import Department, Role, Scope, Team
from huiying.staff.powers import ALL_POWERS

CLERK, SUPERVISOR, HEAD = "clerk", "supervisor", "head"
ADVISER, ACCOUNT_MANAGER, TECHNICIAN = "adviser", "account-manager", "technician"
COLLEAGUE, AUDITOR, ADMINISTRATOR = "colleague", "auditor", "administrator"

_WORKING = {"cases.see", "cases.register", "cases.accept", "cases.work", "cases.offer", "cases.close"}
_SERVING = {"customers.see", "customers.edit", "customers.uncover", "customers.amounts", "care.work", "care.claim"}
_LEADING = {"cases.assign", "cases.approve", "cases.reopen", "cases.discard"}
_FILING = {"cases.import", "cases.export", "customers.import", "customers.export", "customers.merge", "mail.manage"}
_CARING = {"care.lead", "care.hand_over"}


@dataclass(frozen=True, kw_only=True)
class StarterRole:
    """A role as first installed; an administrator may change every part of it but the code."""

    code: str
    name: str
    name_en: str
    powers: set[str]
    case_scope: Scope
    customer_scope: Scope = Scope.ALL
    approval_limit: int = 0


ROLES = (
    StarterRole(
        code=CLERK,
        name="客服专员",
        name_en="Service clerk",
        powers=_WORKING | _SERVING,
        case_scope=Scope.TEAM,
        approval_limit=200,
    ),
    StarterRole(
        code=SUPERVISOR,
        name="客服主管",
        name_en="Service supervisor",
        powers=_WORKING | _SERVING | _LEADING | _FILING | _CARING,
        case_scope=Scope.TEAM,
        approval_limit=2_000,
    ),
    StarterRole(
        code=HEAD,
        name="部门负责人",
        name_en="Department head",
        powers=_WORKING | _SERVING | _LEADING | _FILING | _CARING,
        case_scope=Scope.DEPARTMENT_TREE,
        approval_limit=20_000,
    ),
    StarterRole(
        code=ADVISER,
        name="销售顾问",
        name_en="Sales adviser",
        powers=_WORKING | _SERVING,
        case_scope=Scope.TEAM,
        approval_limit=200,
    ),
    StarterRole(
        code=ACCOUNT_MANAGER,
        name="客户经理",
        name_en="Account manager",
        powers=_WORKING | _SERVING,
        case_scope=Scope.OWN,
        customer_scope=Scope.OWN,
        approval_limit=500,
    ),
    StarterRole(
        code=TECHNICIAN,
        name="技术支持",
        name_en="Technical support",
        powers=_WORKING | {"customers.see"},
        case_scope=Scope.TEAM,
    ),
    StarterRole(
        code=COLLEAGUE,
        name="协办人员",
        name_en="Cooperating colleague",
        powers={"cases.see", "cases.work"},
        case_scope=Scope.OWN,
        customer_scope=Scope.OWN,
    ),
    StarterRole(
        code=AUDITOR,
        name="质检审计",
        name_en="Quality and audit",
        powers={"cases.see", "customers.see", "customers.amounts", "audit.read"},
        case_scope=Scope.ALL,
    ),
    StarterRole(
        code=ADMINISTRATOR,
        name="系统管理员",
        name_en="Administrator",
        powers=set(ALL_POWERS),
        case_scope=Scope.ALL,
    ),
)

Names = tuple[str, str]
SERVICE: Names = ("客户服务部", "Customer Service")
DEPARTMENTS: dict[Names, tuple[Names, ...]] = {
    SERVICE: (("投诉一组", "Complaints 1"), ("投诉二组", "Complaints 2")),
    ("销售部", "Sales"): (("销售顾问组", "Sales advisers"), ("大客户组", "Key accounts")),
    ("技术支持部", "Technical Support"): (("技术支持组", "Technical support"),),
    ("物流部", "Logistics"): (),
    ("质量管理部", "Quality"): (),
    ("财务部", "Finance"): (),
    ("法务部", "Legal"): (),
}


@transaction.atomic
def install_starter_pack() -> None:
    """Add the roles not yet known and, where there is no department, the departments. What is there stays as it is."""
    known = roles_once_installed()
    for starter in ROLES:
        if starter.code not in known:
            install_role(starter)
    if not Department.objects.exists():
        install_departments()


def roles_once_installed() -> set[str]:
    """Return the codes that exist or were installed before: a role that was removed does not come back."""
    installed = Entry.objects.filter(verb=verbs.ROLE_ADDED.code, actor_name=STARTER.name)
    return {*Role.objects.values_list("code", flat=True), *installed.values_list("facts__code", flat=True)}


def install_role(starter: StarterRole) -> None:
    role = Role.objects.create(
        code=starter.code,
        name=starter.name,
        name_en=starter.name_en,
        powers=sorted(starter.powers),
        case_scope=starter.case_scope,
        customer_scope=starter.customer_scope,
        approval_limit=Decimal(starter.approval_limit),
    )
    record(verbs.ROLE_ADDED, role, by=STARTER, name=role.name, code=role.code)


def install_departments() -> None:
    for (name, name_en), teams in DEPARTMENTS.items():
        department = Department.objects.create(name=name, name_en=name_en)
        record(verbs.DEPARTMENT_ADDED, department, by=STARTER, name=name)
        for team_name, team_name_en in teams:
            team = Team.objects.create(department=department, name=team_name, name_en=team_name_en)
            record(verbs.TEAM_ADDED, team, by=STARTER, name=team_name)
