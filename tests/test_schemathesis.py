"""Whatever is sent to the interface, it answers as described and never with a 5xx.

Set HUIYING_EXAMPLES to look longer than a usual test run does.
"""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections, transaction
from hypothesis import HealthCheck, settings
from schemathesis.checks import (
    content_type_conformance,
    not_a_server_error,
    response_schema_conformance,
    status_code_conformance,
)

from huiying.api.assembly import interface

EXAMPLES = int(os.environ.get("HUIYING_EXAMPLES", "8"))
CHECKS = (not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance)

wsgi = get_wsgi_application()
schema = schemathesis.openapi.from_dict(interface.get_openapi_schema())


@pytest.fixture
def one_connection() -> Iterator[None]:
    """Let a real request leave the connection of the test open, in whose transaction it works."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def there(town, program) -> dict[str, object]:
    """What an address can name besides what is made up: a case with an offer, a promise and an action item."""
    admin = program(town.admin, "admin")
    complaint = {"kind": "complaint", "description": "冰箱门关不严", "customer": {"number": town.zhang.number}}
    number = admin.post("cases", complaint).json()["number"]
    admin.post(f"cases/{number}/acceptance")
    findings = {"facts": "门封变形", "cause": "quality", "root_cause": "挤压", "department": "物流部"}
    admin.post(f"cases/{number}/investigation", findings)
    admin.post(f"cases/{number}/offers", {"text": "换新"})
    item = {"title": "换机", "department": "物流部", "due_at": "2026-03-03T10:00:00+08:00"}
    item_id = admin.post(f"cases/{number}/actions", item).json()["id"]
    return {"number": number, "version": 1, "item_id": item_id, "authorization": admin.authorization}


@schema.parametrize()
@settings(
    max_examples=EXAMPLES,
    deadline=None,
    database=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
)
def test_every_call_answers_as_described(case, there, one_connection):
    if len(str(case.body)) % 2:  # half of the time speak of what is there
        case.path_parameters.update({name: there[name] for name in case.path_parameters if name in there})
    with transaction.atomic():  # each call finds what was there in the beginning
        answer = case.call(app=wsgi, base_url="http://testserver", headers={"Authorization": there["authorization"]})
        transaction.set_rollback(True)
    case.validate_response(answer, checks=CHECKS)
