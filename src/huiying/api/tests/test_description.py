"""The description of the interface: kept in docs/openapi.json, so that each change of it is seen in review."""

from __future__ import annotations

import json
from pathlib import Path

from huiying.api.assembly import description, interface

KEPT = Path(__file__).resolve().parents[4] / "docs" / "openapi.json"


def test_the_interface_is_as_described_in_docs():
    """After a change that is meant: `huiying openapi > docs/openapi.json`."""
    assert description() == KEPT.read_text(), (
        "The interface changed. If that is meant: huiying openapi > docs/openapi.json"
    )


def test_every_call_says_in_short_what_it_does_and_how_it_is_refused():
    for path, calls in interface.get_openapi_schema()["paths"].items():
        for method, call in calls.items():
            assert call["summary"], path
            assert call["tags"], path
            assert {"401", "403", "404", "422"} <= set(call["responses"]), path
            assert method != "post" or any(one["name"] == "Idempotency-Key" for one in call["parameters"]), path


def test_everybody_may_fetch_the_description(town, as_nobody):
    assert json.loads(as_nobody.get("/api/v1/openapi.json").content)["info"]["title"] == "Huiying"


def test_the_page_explains_every_call(town, as_nobody):
    page = as_nobody.get("/api/docs").content.decode()
    for path in interface.get_openapi_schema()["paths"]:
        assert path in page
    assert "style=" not in page
    assert "onclick" not in page
