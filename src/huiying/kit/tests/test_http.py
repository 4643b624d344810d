import json

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from huiying.kit.guards import BadInput, Stale
from huiying.kit.http import ContentSecurityPolicy, SayWhatWentWrong, came_from, say

STALE = Stale("Somebody saved a newer version.")


@pytest.fixture
def ask():
    return RequestFactory(headers={"referer": "http://testserver/cases/?page=2"})


def answer(request, error):
    return SayWhatWentWrong(lambda _: HttpResponse()).process_exception(request, error)


def test_htmx_hears_the_sentence_and_swaps_nothing(ask):
    refused = answer(ask.post("/cases/1/", headers={"hx-request": "true"}), STALE)
    assert refused.status_code == 409
    assert refused["HX-Reswap"] == "none"
    assert json.loads(refused["HX-Trigger"])["say"]["text"] == "Somebody saved a newer version."


def test_a_plain_page_gives_back_what_was_typed(ask):
    words = {"text": "冰箱到今天还没有送到，电话打了四次没人接", "password": "a-secret-never-shown"}
    refused = answer(ask.post("/cases/1/", words), BadInput("The phone number lacks a digit."))
    page = refused.content.decode()
    assert refused.status_code == 422
    assert words["text"] in page
    assert "lacks a digit" in page
    assert words["password"] not in page


def test_other_mistakes_are_not_swallowed(ask):
    assert answer(ask.get("/"), ValueError("a defect")) is None


def test_the_way_back_leads_only_to_our_own_pages(ask):
    assert came_from(ask.get("/")) == "/cases/?page=2"
    assert came_from(RequestFactory(headers={"referer": "https://elsewhere.example/"}).get("/")) == ""


def test_every_answer_carries_the_policy_unless_a_view_set_its_own(ask):
    served = ContentSecurityPolicy(lambda _: HttpResponse())(ask.get("/"))
    assert "script-src 'self'" in served["Content-Security-Policy"]
    assert "unsafe" not in served["Content-Security-Policy"]


def test_say_keeps_other_events():
    spoken = say(HttpResponse(headers={"HX-Trigger": '{"close-sheet": ""}'}), "Saved.")
    assert json.loads(spoken["HX-Trigger"]) == {"close-sheet": "", "say": {"text": "Saved.", "tone": "success"}}
