"""The interface: the routers of all apps under /api/v1/, each call opened by the same door."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from ninja import NinjaAPI
from ninja.operation import Operation
from ninja.renderers import JSONRenderer
from ninja.responses import NinjaJSONEncoder

from huiying.api import problems
from huiying.api.callers import BySession, ByToken
from huiying.api.events import router as events
from huiying.api.problems import problem
from huiying.api.reading import CarefulParser, is_keepable
from huiying.api.replies import HEADER, answer_once
from huiying.api.schema import described
from huiying.api.search import router as search
from huiying.cases.api import router as cases
from huiying.customers.api import router as customers
from huiying.engagement.api import router as engagement
from huiying.imports.api import router as imports
from huiying.insight.api import router as insight
from huiying.kit.guards import DomainError
from huiying.notifications.api import router as notices
from huiying.staff.api import router as staff

Run = Callable[..., HttpResponse]
DESCRIPTION = """Everything the pages of Huiying can do, for programs.

Times are ISO-8601 with their zone, money is a decimal text, lists are read page by page with `cursor`. A POST sent with
an `Idempotency-Key` may be sent again: it is done once and answered alike. Every refusal is a problem+json with a
sentence in the language of `Accept-Language`."""


class PlainJSON(JSONRenderer):
    """JSON in which Chinese stays Chinese."""

    json_dumps_params = {"ensure_ascii": False}


class Interface(NinjaAPI):
    """NinjaAPI, whose description also tells how calls are refused."""

    def get_openapi_schema(self, *, path_prefix: str | None = None, path_params: Any = None) -> Any:
        return described(self, path_prefix=path_prefix or self.get_root_path(path_params or {}))

    def get_openapi_operation_id(self, operation: Operation) -> str:
        """Name a call by its app and function, "cases_timeline": what generated clients call it."""
        return f"{operation.view_func.__module__.split('.')[1]}_{operation.view_func.__name__}"


def door(run: Run) -> Run:
    """Refuse an address that no row can have; let a POST with an Idempotency-Key happen once."""

    @wraps(run)
    def opened(request: HttpRequest, **words: Any) -> HttpResponse:
        if not all(is_keepable(word) for word in words.values() if isinstance(word, str)):
            return problem(404)
        if request.method != "POST" or HEADER not in request.headers:
            return run(request, **words)
        try:
            return answer_once(request, lambda: run(request, **words))
        except (DomainError, DatabaseError) as error:
            return interface.on_exception(request, error)

    return opened


def assembled() -> Interface:
    api = Interface(
        title="Huiying",
        version="1",
        description=DESCRIPTION,
        auth=[ByToken(), BySession()],
        parser=CarefulParser(),
        renderer=PlainJSON(),
        docs_url=None,
        urls_namespace="api",
    )
    problems.install(api)
    api.add_decorator(door, mode="view")
    for router in (cases, customers, engagement, staff, notices, imports, insight, search, events):
        api.add_router("", router)
    return api


interface = assembled()


def description() -> str:
    """Return the description of the interface as text, the same on every machine."""
    with translation.override("en"):
        told = interface.get_openapi_schema()
    return json.dumps(told, cls=NinjaJSONEncoder, ensure_ascii=False, indent=1) + "\n"
