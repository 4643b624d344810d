"""Pages in a real Chromium: `open_as(town.wang, "/cases/")` gives a signed-in page of the running server.

Every page is watched: a script error, a breach of the content policy or an answer of 500 and above fails the test.
"""

from __future__ import annotations

import importlib.util
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from huiying.frame import DOORS
from huiying.kit import bundle
from huiying.staff.models import User

from .watch import Rest, Watch

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # Playwright's own loop runs in the thread of the tests

PROJECT = Path(__file__).resolve().parents[2]
CHROMIUM = os.environ.get("HUIYING_CHROMIUM", "/usr/bin/chromium")
DESK, PHONE = {"width": 1440, "height": 900}, {"width": 390, "height": 844}
expect.set_options(timeout=15_000)  # the machine may be busy with other tests
OpenAs = Callable[..., Page]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "tests/browser" in item.path.as_posix():
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, object]:
    quiet = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
    found = {"executable_path": CHROMIUM} if Path(CHROMIUM).exists() else {}
    return {"args": quiet, **found}


@pytest.fixture(scope="session")
def front_end() -> None:
    """Build the bundle and the catalogues where installing the package has not built them already."""
    if bundle.bundled_names():
        return
    spec = importlib.util.spec_from_file_location("hatch_build", PROJECT / "hatch_build.py")
    build = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(build)
    build.compile_catalogues(PROJECT / "src/huiying/locale")
    build.build_frontend(PROJECT / "frontend")
    bundle.bundled_names.cache_clear()


@pytest.fixture
def without_stream(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let pages open no stream: the test server is no asynchronous one and would wait for its end."""
    monkeypatch.delitem(DOORS, "live")


@pytest.fixture
def open_as(without_stream: None, front_end: None, live_server: LiveServer, browser: Browser) -> Iterator[OpenAs]:
    """Return `open_as(user, path, size=DESK, dark=False, script=True)`; `None` is somebody not signed in."""
    contexts, watches, rest = [], [], Rest()

    def open_as_(
        user: User | None, path: str = "/", *, size: dict[str, int] = DESK, dark: bool = False, script: bool = True
    ) -> Page:
        context = browser.new_context(**device(size, dark, script), base_url=live_server.url)
        context.set_default_timeout(20_000)
        contexts.append(context)
        if user is not None:
            context.add_cookies([session_cookie(user, live_server.url)])
        page = context.new_page()
        page.clock.set_system_time(timezone.now())
        watches.append(Watch(page))
        page.goto(path)
        return page

    yield open_as_
    for context in contexts:
        context.close()
    rest.wait()
    assert [fault for watch in watches for fault in watch.faults] == []


def device(size: dict[str, int], dark: bool, script: bool) -> dict[str, object]:
    return {
        "viewport": size,
        "locale": "zh-CN",
        "timezone_id": settings.TIME_ZONE,
        "color_scheme": "dark" if dark else "light",
        "reduced_motion": "reduce",
        "java_script_enabled": script,
    }


def session_cookie(user: User, url: str) -> dict[str, str]:
    client = Client()
    client.force_login(user)
    return {
        "name": settings.SESSION_COOKIE_NAME,
        "value": client.cookies[settings.SESSION_COOKIE_NAME].value,
        "url": url,
    }
