"""What the page of a case shows of its past, its customer, and words not sent yet."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.utils import timezone

from huiying.cases.actions import Caller, ListeningSteps
from huiying.cases.tests.lodging import lodge
from huiying.customers.models import Reach
from huiying.deadlines.verbs import ESCALATED, MISSED, WARNED
from huiying.journal.actors import CLOCKWORK
from huiying.journal.entries import record


@pytest.fixture
def case(town):
    return lodge(town.wang, owner=town.wang)


@pytest.fixture
def as_wang(client, town):
    client.force_login(town.wang)
    return client


def lines_of(as_wang, case):
    return as_wang.get(f"/cases/{case.number}/").context["page"].items


def rung(case, *verbs):
    for verb in verbs:
        record(verb, case, by=CLOCKWORK, at=timezone.now() + timedelta(minutes=1), name="受理", percent=150)


def test_neighbouring_lines_of_clocks_are_folded_into_one(case, as_wang):
    before = len(lines_of(as_wang, case))
    rung(case, WARNED, MISSED)
    assert len(lines_of(as_wang, case)) == before + 2
    rung(case, ESCALATED)
    last = lines_of(as_wang, case)[-1]
    assert (len(lines_of(as_wang, case)), last.kind, len(last.folded), last.loud) == (before + 1, "clocks", 3, True)


def test_the_customers_card_leaves_out_the_case_that_is_read(town, as_wang):
    case, other = (lodge(town.wang, caller=Caller(customer=town.zhang)) for _ in range(2))
    card = f"/customers/{town.zhang.number}/cases/?few&besides={case.number}"
    assert [known.number for known in as_wang.get(card).context["known"].cases] == [other.number]


def test_the_facts_tell_what_was_done_of_listening_and_nothing_where_nobody_listened(town, case, client):
    heard = lodge(town.wang, owner=town.wang, listening=ListeningSteps(read_back=True, words="让您久等了"))
    page = as_read_in_english(client, town.wang, heard)
    for words in ("read back and confirmed", "understanding not expressed", "让您久等了"):
        assert words in page
    assert "understanding" not in as_read_in_english(client, town.wang, case)


def as_read_in_english(client, user, case):
    client.force_login(user)
    return client.get(f"/cases/{case.number}/", headers={"Accept-Language": "en"}).content.decode()


@pytest.mark.parametrize(
    ("channel", "said"),
    [("email", "Sent to the customer."), ("phone", "Recorded."), ("", "Noted, for colleagues only.")],
)
def test_the_toast_says_what_became_of_the_words(town, as_wang, channel, said):
    Reach.objects.update(kind="email", value="zhang@example.com", key="zhang@example.com")
    case = lodge(town.wang, owner=town.wang, caller=Caller(customer=town.zhang))
    door = "messages" if channel else "notes"
    headers = {"HX-Request": "true", "Accept-Language": "en"}
    answer = as_wang.post(f"/cases/{case.number}/{door}/", {"text": "已发货", "channel": channel}, headers=headers)
    assert json.loads(answer["HX-Trigger"])["say"]["text"] == said


@pytest.mark.parametrize("internal", ["yes", ""])
def test_words_not_sent_come_back_to_whom_they_were_meant(case, as_wang, internal):
    as_wang.post(f"/cases/{case.number}/composer-draft/", {"text": "先别告诉他", "internal": internal})
    page = as_wang.get(f"/cases/{case.number}/")
    assert (page.context["form"]["text"].value(), page.context["internal"]) == ("先别告诉他", bool(internal))


def test_who_sees_the_case_but_no_customers_is_shown_no_door_to_one(client, town):
    case = lodge(town.wang, team=town.first_team, owner=town.sun, caller=Caller(customer=town.zhang))
    door, seen = f"/customers/{town.zhang.number}/", []
    for reader in (town.sun, town.wang):
        client.force_login(reader)
        page = client.get(f"/cases/{case.number}/").content.decode()
        assert town.zhang.name in page
        seen.append(door in page)
    assert seen == [False, True]
