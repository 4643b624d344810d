"""The cast of all tests, and the clock they live by.

The town is a small company on Monday 2 March 2026, 10:00 in Shanghai. 王芳 handles complaints in team 投诉一组,
which 李强 leads; 陈静 works in 投诉二组 and must see nothing of theirs; 赵敏 heads the department; 孙工 of logistics
cooperates where asked; 林经理 looks after key accounts; 张敏 is the customer. Time is moved, never mocked:
`pass_time` also lets the heartbeat do what falls due on the way.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from secrets import token_urlsafe

import pytest
import time_machine
from aiosmtpd.controller import Controller
from django.apps import apps
from django.conf import LazySettings, settings
from django.contrib.auth.hashers import make_password
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone, translation
from django.utils.dateparse import parse_datetime
from hypothesis import settings as examples

from huiying.cases.actions.lookout import WATCHMAN
from huiying.channels.tests.post_office import PostOffice, free_port
from huiying.customers.models import Contact, Customer, Reach
from huiying.customers.queries.words import index_customer
from huiying.deadlines.catalogue import forget
from huiying.journal.duties import perform_due
from huiying.schedule import STEPS
from huiying.staff import starter as roles
from huiying.staff.actors import StaffActor, actor_of
from huiying.staff.models import Department, Role, Team, Token, User
from huiying.starter import install_starter_pack

examples.register_profile("unhurried", deadline=None)  # a busy machine proves nothing false
examples.load_profile("unhurried")

MONDAY_MORNING = parse_datetime("2026-03-02T10:00:00+08:00")
PASSWORD = "青山绿水-2026"

# Where the next thing that falls due is written: model and field.
DUE = (
    ("journal", "Duty", "due_at"),
    ("channels", "Delivery", "next_try_at"),
    ("notifications", "Dispatch", "due_at"),
    ("notifications", "Call", "answer_by"),
    ("deadlines", "Clock", "next_ring_at"),
)


@dataclass(frozen=True, kw_only=True)
class Town:
    """The company, its people and the customer."""

    service: Department
    sales: Department
    support: Department
    logistics: Department
    first_team: Team
    second_team: Team
    wang: User
    li: User
    chen: User
    zhao: User
    sun: User
    lin: User
    admin: User
    zhang: Customer


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings: None, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[None]:
    """Make the test database, and the starter pack in it, on the morning before the tests' Monday.

    SQLite's lies in a file as in real life: the threads of a test server would share the one connection to a
    database in memory, and each other's transactions.
    """
    database = settings.DATABASES["default"]
    if database["ENGINE"].endswith("sqlite3"):
        database["TEST"] = {
            **database.get("TEST", {}),
            "NAME": str(tmp_path_factory.mktemp("data") / "huiying.sqlite3"),
        }
    with time_machine.travel(MONDAY_MORNING - timedelta(days=1)):
        yield


@pytest.fixture(autouse=True)
def read_policies_anew() -> Iterator[None]:
    """What one test changes in policies and calendars is rolled back; the next reads them again."""
    forget()
    yield
    forget()


@pytest.fixture(autouse=True)
def remember_no_other_test() -> None:
    """The lookout for group incidents remembers the cases of its database; each test has one of its own."""
    WATCHMAN.watch, WATCHMAN.seen = None, 0


@pytest.fixture(autouse=True)
def speak_as_nobody_chose() -> None:
    """A page in another language leaves the thread speaking it; the next test begins with the house's own."""
    translation.deactivate()


@pytest.fixture
def monday_morning() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(MONDAY_MORNING) as traveller:
        yield traveller


@pytest.fixture
def office(settings: LazySettings) -> Iterator[PostOffice]:
    post_office = PostOffice()
    server = Controller(post_office, hostname="127.0.0.1", port=free_port())
    server.start()
    settings.EMAIL_URL = f"smtp://127.0.0.1:{server.port}"
    settings.MAIL_FROM = "客服中心 <kefu@example.com>"
    yield post_office
    server.stop()


@pytest.fixture
def pass_time(db: None, monday_morning: time_machine.Traveller) -> Callable[..., None]:
    """Let time pass `by` a span or `to` a moment, beating the heart whenever something falls due on the way."""

    def pass_(*, by: timedelta = timedelta(), to: datetime | None = None) -> None:
        target = to or timezone.now() + by
        while (moment := next_due(timezone.now())) is not None and moment < target:
            monday_morning.move_to(moment)
            beat()
        monday_morning.move_to(target)
        beat()

    return pass_


@pytest.fixture
def perform_duties(db: None) -> Callable[[], None]:
    """Perform every duty that is due now, and those that follow from them."""

    def perform() -> None:
        while perform_due(timezone.now()):
            pass

    return perform


def beat() -> None:
    for _round in range(20):
        if not sum(step.work(timezone.now()) for step in STEPS):
            return


def next_due(now: datetime) -> datetime | None:
    moments = []
    for label, name, field in DUE:
        if name.lower() in apps.all_models[apps_label(label)]:
            rows = apps.get_model(apps_label(label), name).objects.filter(**{f"{field}__gt": now})
            moments.append(rows.order_by(field).values_list(field, flat=True).first())
    return min((moment for moment in moments if moment is not None), default=None)


def apps_label(name: str) -> str:
    return apps.get_containing_app_config(f"huiying.{name}").label


@pytest.fixture
def town(db: None, monday_morning: time_machine.Traveller) -> Town:
    if not Role.objects.exists():  # a test with real transactions has emptied the database
        install_starter_pack()
    service = Department.objects.get(name="客户服务部")
    first, second = service.teams.order_by("id")
    logistics = Department.objects.get(name="物流部")
    sales = Department.objects.get(name="销售部")
    key_accounts = sales.teams.get(name="大客户组")
    lin = person("lin", "林经理", roles.ACCOUNT_MANAGER, sales, key_accounts)
    return Town(
        service=service,
        sales=sales,
        support=Department.objects.get(name="技术支持部"),
        logistics=logistics,
        first_team=first,
        second_team=second,
        wang=person("wangfang", "王芳", roles.CLERK, service, first),
        li=led(first, person("liqiang", "李强", roles.SUPERVISOR, service, first)),
        chen=led(second, person("chenjing", "陈静", roles.SUPERVISOR, service, second)),
        zhao=headed(service, person("zhaomin", "赵敏", roles.HEAD, service)),
        sun=headed(logistics, person("sungong", "孙工", roles.COLLEAGUE, logistics)),
        lin=lin,
        admin=person("admin", "管理员", roles.ADMINISTRATOR),
        zhang=customer("张敏", phone="13800138000", owner=lin),
    )


def person(username: str, name: str, role: str, department: Department | None = None, team: Team | None = None) -> User:
    return User.objects.create(
        username=username,
        password=hashed_password(),
        name=name,
        email=f"{username}@example.com",
        role=Role.objects.get(code=role),
        department=department,
        team=team,
        is_on_shift=True,
    )


@cache
def hashed_password() -> str:
    return make_password(PASSWORD)


def led(team: Team, lead: User) -> User:
    Team.objects.filter(pk=team.pk).update(lead=lead)
    return lead


def headed(department: Department, head: User) -> User:
    Department.objects.filter(pk=department.pk).update(head=head)
    return head


def customer(name: str, *, phone: str, owner: User | None = None) -> Customer:
    someone = Customer(number="C000001", name=name, owner=owner)
    someone.key_name()
    someone.save()
    contact = Contact.objects.create(customer=someone, name=name, is_main=True)
    Reach.objects.create(
        contact=contact, customer=someone, kind=Reach.Kind.PHONE, value=phone, key=phone, reversed_key=phone[::-1]
    )
    index_customer(someone)
    return someone


@pytest.fixture
def actor(db: None) -> Callable[[User], StaffActor]:
    """Return the person as an actor, as a request would know them now."""
    return lambda user: actor_of(User.objects.with_standing().get(pk=user.pk))


@pytest.fixture
def sign_in(db: None) -> Callable[[User], Client]:
    """Return a browser in which the person is signed in."""

    def sign_in_(user: User) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return sign_in_


class Program:
    """A program that calls the interface with a token."""

    def __init__(self, secret: str) -> None:
        self.authorization = f"Bearer {secret}"
        self.client = Client(headers={"Authorization": self.authorization} if secret else {})

    def get(self, path: str, **asked: object) -> HttpResponse:
        return self.client.get(f"/api/v1/{path}", asked)

    def post(self, path: str, body: object = None, *, key: str = "", language: str = "") -> HttpResponse:
        headers = {"Idempotency-Key": key, "Accept-Language": language}
        return self.send("POST", path, body, headers={name: value for name, value in headers.items() if value})

    def patch(self, path: str, body: object) -> HttpResponse:
        return self.send("PATCH", path, body)

    def send(
        self, method: str, path: str, body: object = None, *, headers: dict[str, str] | None = None
    ) -> HttpResponse:
        content = body if isinstance(body, bytes) else b"" if body is None else json.dumps(body).encode()
        return self.client.generic(method, f"/api/v1/{path}", content, "application/json", headers=headers)


@pytest.fixture
def program(db: None) -> Callable[..., Program]:
    """Return a program that acts for the person, with a token of these scopes."""

    def program_(user: User | None, *scopes: str) -> Program:
        if user is None:
            return Program("")
        secret = token_urlsafe(16)
        digest = hashlib.sha256(secret.encode()).hexdigest()
        Token.objects.create(
            user=user, name="a program", digest=digest, hint=secret[-4:], scopes=list(scopes or ("read", "write"))
        )
        return Program(secret)

    return program_


@pytest.fixture
def as_nobody(db: None) -> Client:
    return Client()


@pytest.fixture
def as_wang(town: Town, sign_in: Callable[[User], Client]) -> Client:
    return sign_in(town.wang)


@pytest.fixture
def as_li(town: Town, sign_in: Callable[[User], Client]) -> Client:
    return sign_in(town.li)


@pytest.fixture
def as_chen(town: Town, sign_in: Callable[[User], Client]) -> Client:
    return sign_in(town.chen)


@pytest.fixture
def as_zhao(town: Town, sign_in: Callable[[User], Client]) -> Client:
    return sign_in(town.zhao)


@pytest.fixture
def as_sun(town: Town, sign_in: Callable[[User], Client]) -> Client:
    return sign_in(town.sun)


@pytest.fixture
def as_lin(town: Town, sign_in: Callable[[User], Client]) -> Client:
    return sign_in(town.lin)


@pytest.fixture
def as_admin(town: Town, sign_in: Callable[[User], Client]) -> Client:
    return sign_in(town.admin)
