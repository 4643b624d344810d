import errno
import json

import pytest
from django.db import DataError, IntegrityError, OperationalError
from django.http import HttpResponse
from django.test import RequestFactory

from huiying.kit.guards import BadInput, Stale
from huiying.kit.http import ContentSecurityPolicy, SayWhatWentWrong, came_from, say
from huiying.kit.troubles import trouble_of
from huiying.staff.models import Department, Team

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


@pytest.mark.parametrize(
    ("failure", "status", "code"),
    [
        (IntegrityError("duplicate key"), 409, "conflict"),
        (OperationalError("database is locked"), 503, "busy"),
        (OperationalError("database or disk is full"), 503, "no-room"),
        (OSError(errno.ENOSPC, "No space left on device"), 503, "no-room"),
        (DataError("out of range"), 422, "bad-input"),
    ],
)
def test_what_the_database_could_not_do_is_a_sentence_with_what_was_typed(ask, failure, status, code):
    text = "冰箱到今天还没有送到，电话打了四次没人接"
    refused = answer(ask.post("/cases/1/", {"text": text}), failure)
    assert refused.status_code == status
    assert trouble_of(failure).code == code
    assert text in refused.content.decode()


def test_a_page_that_cannot_be_saved_to_is_not_sent_round_in_a_circle(ask):
    assert answer(ask.post("/cases/1/"), OperationalError("database is locked")).status_code == 503


def test_other_mistakes_are_not_swallowed(ask):
    assert answer(ask.get("/"), ValueError("a defect")) is None
    assert answer(ask.get("/"), FileNotFoundError("a defect")) is None


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


def test_a_refusal_keeps_the_way_on_and_names_who_may_help(town, as_lin):
    Team.objects.filter(pk=town.lin.team_id).update(lead=town.lin)
    Department.objects.filter(pk=town.lin.department_id).update(head=town.zhao)
    answer = as_lin.get("/care/mailings/")
    page = answer.content.decode()
    assert answer.status_code == 403
    assert 'class="rail"' in page
    assert "请您的主管赵敏" in page
    assert "请管理员（管理员）" in page
    nothing = as_lin.get("/customers/K999999/")
    assert (nothing.status_code, 'class="rail"' in nothing.content.decode()) == (404, True)
