"""The people of 安居电器: added as an administrator would, each with a password of this installation alone."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass

from huiying.journal.actors import Actor, ActorKind
from huiying.staff import starter as roles
from huiying.staff.actions.organisation import change_department, change_team
from huiying.staff.actions.people import add_person, choose_password
from huiying.staff.actions.shift import start_shift
from huiying.staff.actors import StaffActor, actor_of
from huiying.staff.drafts import DepartmentDraft, PersonDraft, TeamDraft
from huiying.staff.hashers import DrawnPasswordHasher
from huiying.staff.models import Department, Role, Team, User

SAMPLE = Actor(kind=ActorKind.SYSTEM, name="sample-data")
FIRST, SECOND, ADVISERS = "投诉一组", "投诉二组", "销售顾问组"
KEY_ACCOUNTS, TECHNICIANS = "大客户组", "技术支持组"
SERVICE, SALES, SUPPORT = "客户服务部", "销售部", "技术支持部"


@dataclass(frozen=True)
class Part:
    """Somebody to cast; `leads` the team or, without a team, the department."""

    username: str
    name: str
    role: str
    department: str = ""
    team: str = ""
    leads: bool = False


CAST = (
    Part("admin", "安管理", roles.ADMINISTRATOR),
    Part("zhaomin", "赵敏", roles.HEAD, SERVICE, leads=True),
    Part("liqiang", "李强", roles.SUPERVISOR, SERVICE, FIRST, leads=True),
    Part("wangfang", "王芳", roles.CLERK, SERVICE, FIRST),
    Part("zhouting", "周婷", roles.CLERK, SERVICE, FIRST),
    Part("helei", "何磊", roles.CLERK, SERVICE, FIRST),
    Part("chenjing", "陈静", roles.SUPERVISOR, SERVICE, SECOND, leads=True),
    Part("xunuo", "许诺", roles.CLERK, SERVICE, SECOND),
    Part("zhengkai", "郑凯", roles.CLERK, SERVICE, SECOND),
    Part("qianwei", "钱伟", roles.HEAD, SALES, leads=True),
    Part("guotao", "郭涛", roles.SUPERVISOR, SALES, ADVISERS, leads=True),
    Part("yexin", "叶欣", roles.ADVISER, SALES, ADVISERS),
    Part("shenyue", "沈悦", roles.ACCOUNT_MANAGER, SALES, KEY_ACCOUNTS, leads=True),
    Part("hanbing", "韩冰", roles.ACCOUNT_MANAGER, SALES, KEY_ACCOUNTS),
    Part("sunlei", "孙磊", roles.SUPERVISOR, SUPPORT, TECHNICIANS, leads=True),
    Part("machao", "马超", roles.TECHNICIAN, SUPPORT, TECHNICIANS),
    Part("fengxue", "冯雪", roles.TECHNICIAN, SUPPORT, TECHNICIANS),
    Part("gaofeng", "高峰", roles.COLLEAGUE, "物流部", leads=True),
    Part("luojie", "罗洁", roles.COLLEAGUE, "质量管理部", leads=True),
    Part("lianghong", "梁红", roles.COLLEAGUE, "财务部", leads=True),
    Part("songjie", "宋杰", roles.COLLEAGUE, "法务部", leads=True),
    Part("tangning", "唐宁", roles.AUDITOR),
)


@dataclass(frozen=True, kw_only=True)
class SignIn:
    """With what one of the sample's people signs in."""

    name: str
    role: str
    username: str
    password: str


class Company:
    """Who works here, as actors, and who answers for what."""

    def __init__(self) -> None:
        users = User.objects.with_standing().filter(username__in=[part.username for part in CAST])
        self.users: dict[int, User] = {user.pk: user for user in users}
        self.actors: dict[int, StaffActor] = {user.pk: actor_of(user) for user in users}
        self.by_username = {user.username: user for user in users}
        self.departments = {department.name: department for department in Department.objects.all()}
        self.heads = {part.department: self.by_username[part.username] for part in CAST if part.leads and not part.team}
        self.heads[SUPPORT] = self.by_username["sunlei"]
        self.leads = {part.team: self.by_username[part.username] for part in CAST if part.leads and part.team}

    def actor(self, user_id: int | None) -> StaffActor:
        """Return the person as an actor; nobody's cases are taken by the head of service."""
        return self.actors[user_id] if user_id in self.actors else self.actors[self.heads[SERVICE].pk]

    def named(self, username: str) -> StaffActor:
        return self.actors[self.by_username[username].pk]

    def team_of(self, name: str) -> list[User]:
        return [user for user in self.users.values() if user.team is not None and user.team.name == name]

    def approver_for(self, maker: StaffActor, amount: float) -> StaffActor | None:
        """Return whose limit reaches, the nearest first; None when nobody's does."""
        able = [one for one in self.actors.values() if one.can("cases.approve") and one.pk != maker.pk]
        reaching = [one for one in able if one.approval_limit >= amount and one.role_name != "系统管理员"]
        near = [one for one in reaching if one.department_id == maker.department_id]
        return min(near or reaching, key=lambda one: one.approval_limit, default=None)


def engage(begun: Callable[[], None]) -> list[SignIn]:
    """Add everybody, let them choose a password and come on shift; calls `begun` after each."""
    sign_ins = []
    for part in CAST:
        role = Role.objects.get(code=part.role)
        department = Department.objects.filter(name=part.department).first()
        team = Team.objects.filter(name=part.team, department=department).first() if part.team else None
        draft = PersonDraft(
            username=part.username,
            name=part.name,
            role=role,
            department=department,
            team=team,
            email=f"{part.username}@anju.example.com",
        )
        user = add_person(draft, by=SAMPLE)
        password = secrets.token_urlsafe(9)
        oneself = actor_of(User.objects.with_standing().get(pk=user.pk))
        choose_password(user, password, by=oneself, hasher=DrawnPasswordHasher.algorithm)
        start_shift(user, by=oneself)
        if part.leads:
            put_in_charge(user, department, team)
        sign_ins.append(SignIn(name=part.name, role=str(role), username=part.username, password=password))
        begun()
    return sign_ins


def put_in_charge(user: User, department: Department | None, team: Team | None) -> None:
    if team is not None:
        draft = TeamDraft(name=team.name, name_en=team.name_en, department=team.department, lead=user)
        change_team(team, draft, by=SAMPLE)
    elif department is not None:
        whole = DepartmentDraft(name=department.name, name_en=department.name_en, parent=department.parent, head=user)
        change_department(department, whole, by=SAMPLE)
