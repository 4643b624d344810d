"""Every address for everybody: `url_matrix.py` must name each one and say what each person gets there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from types import SimpleNamespace

import pytest
from django.core.files.base import ContentFile
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils.timezone import now

from huiying.cases import actions as act
from huiying.cases.customer_link import token_for
from huiying.cases.models import Case
from huiying.cases.tests.lodging import findings, lodge
from huiying.channels.models import Attachment
from huiying.channels.words import Words
from huiying.customers.models import Order
from huiying.deadlines.models import Clock
from huiying.insight.models import Recipe
from huiying.staff.actors import actor_of

from .url_matrix import PERSONS, Row, rows

GROUPS = sorted({row.group for row in rows()})
PART = re.compile(r"[^/]*/?[^/]*<\w+>")


@pytest.fixture
def world(town) -> SimpleNamespace:
    """A complaint of 张敏, handled by 王芳 in 李强's team and being carried out, with the things around it."""
    wang = actor_of(town.wang)
    case = lodge(town.wang, team=town.first_team, owner=town.wang, caller=act.Caller(customer=town.zhang))
    case = act.accept(case, by=wang, at=now()) if case.stage == "received" else case
    act.record_findings(case, findings(town), by=wang, at=now())
    draft = act.OfferDraft(text="专车送达", remedies=[act.RemedyDraft(kind="coupon", amount=Decimal(100))])
    act.accept_offer(act.offer(Case.objects.get(pk=case.pk), draft, by=wang, at=now()), by=wang, at=now())
    case, due = Case.objects.get(pk=case.pk), now() + timedelta(hours=4)
    item = act.plan_action(
        case, act.ActionDraft(title="送货", department=town.logistics, due_at=due), by=wang, at=now()
    )
    draft = act.IncidentDraft(title="冰箱晚到", lead=town.li)
    incident = act.declare(draft, [case], by=actor_of(town.li), at=now())
    case = Case.objects.get(pk=case.pk)
    return SimpleNamespace(
        town=town, case=case, item=item, incident=incident, file=file_of(case), order=order_of(town.zhang)
    )


def file_of(case: Case) -> Attachment:
    words = Words(text="补一张照片", channel="phone")
    message = act.hear(case, words, by=actor_of(case.owner), author_name="张敏", at=now())
    return Attachment.objects.create(
        message=message, file=ContentFile(b"x", "x.txt"), name="x.txt", size=1, content_type="text/plain"
    )


def order_of(customer) -> Order:
    return Order.objects.create(customer=customer, number="SO-1", product="冰箱", amount=1, ordered_on=now().date())


def things(world: SimpleNamespace) -> dict[str, object]:
    """Return what stands in for each part of a route, by the words before it; what is not named is 0: not there."""
    town, case, contact = world.town, world.case, world.town.zhang.contacts.get()
    return {
        "cases/<number>": case.number,
        "cases/export.<form>": "cases/export.csv",
        "customers/export.<form>": "customers/export.csv",
        "new/<deed>": "urgency",
        "clocks/<pk>": Clock.objects.filter(subject_id=case.pk).first().pk,
        "files/<pk>": world.file.pk,
        "attachments/<attachment_id>": world.file.pk,
        "offers/<version>": 1,
        "actions/<pk>": world.item.pk,
        "actions/<item_id>": world.item.pk,
        "customers/<number>": town.zhang.number,
        **dict.fromkeys(("contacts/<pk>", "contacts/<contact_id>"), contact.pk),
        "reaches/<pk>": contact.reaches.get().pk,
        "reaches/<reach_id>": contact.reaches.get().pk,
        "orders/<pk>": world.order.pk,
        "orders/<number>": world.order.number,
        "categories/<pk>": case.category_id or 1,
        "people/<pk>": town.wang.pk,
        "departments/<pk>": town.service.pk,
        "teams/<pk>": town.first_team.pk,
        "roles/<pk>": town.wang.role_id,
        "c/<token>": token_for(case),
        "days/<day>": "2026-01-01",
        **parts_of(world.incident),
        **parts_of_settings(case),
    }


def parts_of_settings(case: Case) -> dict[str, object]:
    return {
        "policies/<code>": Clock.objects.filter(subject_id=case.pk).first().kind,
        "insight/export.<form>": "insight/export.csv",
        "churn/export.<form>": "churn/export.csv",
        "segments/<code>": "core",
        "recipes/<pk>": Recipe.objects.first().pk,
    }


def parts_of(incident) -> dict[str, object]:
    membership = incident.members.get()
    return {
        "incidents/<number>": incident.number,
        "incidents/<incident>": incident.number,
        "care/<tier>": "vip",
        "members/<pk>": membership.pk,
        "members/<number>": membership.case.number,
    }


def path_of(route: str, known: dict[str, object]) -> str:
    def fill(part: re.Match[str]) -> str:
        words = part.group()
        value = str(known.get(words, 0))
        return value if "." in words else words[: words.index("<")] + value

    return "/" + PART.sub(fill, route)


def test_the_matrix_names_every_address():
    named = {row.route for row in rows()}
    served = {plain(route) for route in routes(get_resolver())}
    assert served - named == set(), "add a row to tests/url_matrix.py"
    assert named - served == set(), "these addresses are gone"


@pytest.mark.parametrize("group", GROUPS)
def test_everybody_gets_what_the_matrix_says(group, world):
    known = things(world)
    town = world.town
    users = (None, town.wang, town.li, town.chen, town.admin)
    sessions = {person: session_of(user) for person, user in zip(PERSONS, users, strict=True)}
    wrong = []
    for row in rows():
        if row.group == group:
            got = {person: answer(row, path_of(row.route, known), session) for person, session in sessions.items()}
            wrong += [f"{row.method} {row.route}: {row.told(got)}"] if got != row.expected else []
    assert wrong == []


def session_of(user) -> str:
    client = Client()
    if user is not None:
        client.force_login(user)
    return client.cookies["sessionid"].value if user is not None else ""


def answer(row: Row, path: str, session: str) -> int:
    """Return the status the person gets; whatever the request did is undone."""
    client = Client(raise_request_exception=False)
    client.cookies["sessionid"] = session
    with transaction.atomic():
        status = client.generic(row.method, path, row.body, content_type=row.content_type).status_code
        transaction.set_rollback(True)
    return status


def routes(resolver: URLResolver, before: str = "") -> Iterator[str]:
    for pattern in resolver.url_patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLPattern):
            yield route
        else:
            yield from routes(pattern, route)


def plain(route: str) -> str:
    """Return the route without converters and regular expressions: "cases/<number>/"."""
    route = re.sub(r"\(\?P<(\w+)>[^)]*\)", r"<\1>", route)
    return re.sub(r"<\w+:(\w+)>", r"<\1>", route).replace("\\.", ".").strip("^$")
