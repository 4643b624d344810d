"""The log tells what was refused, and lets nobody in."""

from __future__ import annotations

import logging

import pytest
from django.conf import settings
from django.core import signing

from huiying.cases.actions import Caller
from huiying.cases.customer_link import token_for
from huiying.cases.tests.lodging import lodge
from huiying.engagement.unsubscribing import link_for
from huiying.kit.logs import WithoutKeys
from huiying.staff.links import first_start_path, sign_in_link


@pytest.fixture
def written():
    """Return a line as our handler writes it."""

    def written_(line: str, *args: object) -> str:
        record = logging.LogRecord("django.request", logging.WARNING, "", 0, line, args, None)
        for chosen in settings.LOGGING["handlers"]["console"]["filters"]:
            assert settings.LOGGING["filters"][chosen]["()"] == "huiying.kit.logs.WithoutKeys"
            WithoutKeys().filter(record)
        return record.getMessage()

    return written_


def test_a_line_says_which_case_and_keeps_the_key(town, written):
    case = lodge(town.wang, team=town.first_team, caller=Caller(customer=town.zhang))
    token = token_for(case)
    line = written("%s: %s", "Unprocessable Entity", f"/c/{token}/words/")
    assert line == f"Unprocessable Entity: /c/{case.number}:…/words/"


def test_no_link_that_lets_somebody_in_is_written(town, written):
    signed = signing.Signer(salt="x").sign("12")
    for address in (link_for(12), sign_in_link(town.wang), first_start_path(), f"/c/{signed}/", f"/c/{signed}"):
        line = written(f"Not Found: {address}")
        assert line.startswith("Not Found: ")
        assert "…" in line, address
        assert max(len(part) for part in line.split("/")) < 27, line


def test_other_lines_stay_as_they_are(written):
    for line in (
        "Not Found: /customers/K000015/timeline/",
        "The import 7 stopped.",
        "Bad Gateway: https://example.com/a",
    ):
        assert written(line) == line
