"""What a desk and a program ask most: open, list, desk, search, register; over HTTP, and beside it the floor."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from random import Random
from typing import Any
from urllib.parse import quote

from bench import floor
from bench.corpus import RARE
from bench.load import Ask, Measure, Request, ask_server
from bench.people import Visitor

Aims = tuple[float, float]  # at most so many ms at 95 % with one client, at least so many a second with eight


@dataclass(frozen=True)
class Page:
    """One thing to ask for; `must` is what it has to reach."""

    name: str
    ask: Ask
    floor: floor.Statements
    must: Aims
    statements_at_most: int


@dataclass(frozen=True)
class Result:
    """How one page did."""

    page: Page
    alone: Measure
    crowd: Measure
    floor_alone: Measure
    floor_crowd: Measure
    statements: int


def pages(numbers: list[str], visitor: Visitor) -> list[Page]:
    """Return what is measured; `numbers` are cases with thirty events."""
    random = Random(1)
    case = {
        "kind": "complaint",
        "channel": "phone",
        "subject": "冰箱不制冷",
        "description": floor.TEXT,
        "customer": {"name": "张敏", "phone": "19900000001"},
    }

    def register(turn: int) -> Request:
        body = json.dumps({**case, "external_ref": f"{random.random()}-{turn}"}).encode()
        return Request("/api/v1/cases", body, visitor.bearer)

    def get(path: str) -> Ask:
        return lambda _turn: Request(path, headers=visitor.cookie)

    def open_case(_turn: int) -> Request:
        return Request(f"/cases/{random.choice(numbers)}/", headers=visitor.cookie)

    word = quote(RARE)
    return [
        Page("open, 30 events", open_case, floor.opener(numbers), (25, 120), 12),
        Page("list of 50", get("/cases/"), floor.list_open, (30, 60), 10),
        Page("desk", get("/"), floor.list_open, (30, 60), 10),
        Page("board", get("/board/"), floor.list_open, (100, 20), 10),
        Page("search 2 Han, page", get(f"/cases/?q={word}"), floor.search, (20, 150), 6),
        Page(
            "search 2 Han, API",
            lambda _turn: Request(f"/api/v1/search?q={word}", headers=visitor.bearer),
            floor.search,
            (20, 150),
            6,
        ),
        Page("register, API", register, floor.register, (20, 150), 14),
    ]


def measure(page: Page, port: int, *, clients: int, seconds: float) -> Result:
    return Result(
        page,
        alone=ask_server(port, page.ask, clients=1, seconds=seconds),
        crowd=ask_server(port, page.ask, clients=clients, seconds=seconds),
        floor_alone=floor.measure(page.floor, clients=1, seconds=seconds),
        floor_crowd=floor.measure(page.floor, clients=clients, seconds=seconds),
        statements=statements_of(page.ask(0)),
    )


def statements_of(request: Request) -> int:
    """Count the statements of one answer, without those that open and close transactions."""
    return len([line for line in captured(request) if not line.startswith(("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT"))])


def captured(request: Request) -> list[str]:
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    headers: dict[str, Any] = {name: value for name, value in request.headers.items() if name != "Content-Type"}
    browser = Client(headers=headers)
    ask: Callable[[], Any] = lambda: (  # noqa: E731 - asked twice: the first answer fills the caches
        browser.post(request.path, request.body, content_type="application/json")
        if request.body
        else browser.get(request.path)
    )
    if not request.body:
        ask()
    with CaptureQueriesContext(connection) as context:
        ask()
    return [query["sql"] for query in context.captured_queries]
