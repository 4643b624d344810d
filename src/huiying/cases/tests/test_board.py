"""The board: columns by stage, and moves that keep to the same contract as the case's page."""

from __future__ import annotations

import json
from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils.timezone import now

from huiying.cases.actions import (
    ActionDraft,
    Caller,
    OfferDraft,
    RemedyDraft,
    Word,
    accept,
    accept_offer,
    close,
    complete,
    confirm,
    offer,
    plan_action,
    record_findings,
)
from huiying.cases.lifecycle import Stage
from huiying.cases.models import Case

from .lodging import findings, lodge

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true", "Accept-Language": "en"}


@pytest.fixture
def case(town):
    return lodge(town.wang, team=town.first_team, caller=Caller(customer=town.zhang))


def columns(browser, query="view=all"):
    """Return the numbers on the board, by stage."""
    board = browser.get(f"/board/?{query}").context["board"]
    return {column.stage.value: [case.number for case in column.cases] for column in board.columns if column.cases}


def move(browser, case, to):
    return browser.post(f"/cases/{case.number}/move/", {"to": to}, headers=HTMX)


def said(answer):
    return json.loads(answer["HX-Trigger"])["say"]["text"]


def stage(case):
    return Case.objects.values_list("stage", flat=True).get(pk=case.pk)


@pytest.fixture
def drafting(case, town, actor):
    accept(case, by=actor(town.wang), at=now())
    record_findings(case, findings(town), by=actor(town.wang), at=now())
    return case


@pytest.fixture
def executing(drafting, town, actor):
    made = offer(drafting, OfferDraft(text="今天送达"), by=actor(town.wang), at=now())
    accept_offer(made, by=actor(town.wang), at=now())
    return drafting


def item_for(case, department, by):
    draft = ActionDraft(title="专车送达", department=department, due_at=now() + timedelta(hours=5))
    return plan_action(case, draft, by=by, at=now())


def test_cards_stand_in_the_column_of_their_stage(case, drafting, as_wang, as_chen):
    other = case.number
    assert columns(as_wang) == {"drafting": [other]}
    assert columns(as_chen) == {}


def test_a_new_case_is_accepted_by_moving_it(case, as_wang):
    answer = move(as_wang, case, "accepted")
    assert answer.status_code == 204
    assert "accepted" in said(answer)
    assert stage(case) == Stage.ACCEPTED
    assert move(as_wang, case, "investigating").status_code == 204
    assert stage(case) == Stage.INVESTIGATING


def test_a_stranger_moves_nothing(case, as_chen, as_sun):
    assert move(as_chen, case, "accepted").status_code == 404
    assert move(as_sun, case, "accepted").status_code == 404
    assert stage(case) == Stage.RECEIVED


def test_a_leap_is_refused_in_words_that_say_what_is_missing(case, as_wang):
    answer = move(as_wang, case, "confirming")
    assert answer.status_code == 409
    assert said(answer) == (
        "A case that is “received” cannot become “waiting for confirmation”. Missing first: somebody takes the case on."
    )
    assert stage(case) == Stage.RECEIVED


def test_a_stage_nobody_knows_is_refused(case, as_wang):
    assert move(as_wang, case, "done").status_code == 422


@pytest.mark.parametrize(("to", "form"), [("agreeing", "offers"), ("closed", None), ("investigating", None)])
def test_a_move_that_lacks_something_asks_for_exactly_that(drafting, as_wang, to, form):
    answer = move(as_wang, drafting, to)
    if form is None:
        assert answer.status_code == 409
    else:
        assert answer.status_code == 302
        assert answer.url == f"/cases/{drafting.number}/{form}/"
        assert "<form" in as_wang.get(answer.url, headers=HTMX).content.decode()
    assert stage(drafting) == Stage.DRAFTING


def test_an_offer_that_waits_is_approved_by_who_may(drafting, town, actor, as_wang, as_li):
    draft = OfferDraft(text="补偿", remedies=[RemedyDraft(kind="coupon", amount=Decimal(350))])
    offer(drafting, draft, by=actor(town.wang), at=now())
    assert move(as_wang, drafting, "agreeing").status_code == 403
    assert move(as_li, drafting, "agreeing").url == f"/cases/{drafting.number}/offers/1/approval/"


def test_the_customers_decision_moves_a_card_both_ways(drafting, town, actor, as_wang):
    offer(drafting, OfferDraft(text="今天送达"), by=actor(town.wang), at=now())
    for to in ("executing", "drafting"):
        assert move(as_wang, drafting, to).url == f"/cases/{drafting.number}/offers/1/decision/"


def test_carrying_out_asks_for_an_item_then_for_its_proof(executing, town, actor, as_wang):
    assert move(as_wang, executing, "confirming").url == f"/cases/{executing.number}/actions/"
    item = item_for(executing, town.logistics, actor(town.wang))
    assert move(as_wang, executing, "confirming").url == f"/cases/{executing.number}/actions/{item.pk}/completion/"


def test_closing_asks_for_the_customers_word_first(executing, town, actor, as_wang):
    by = actor(town.wang)
    complete(item_for(executing, town.logistics, by), "已签收", by=by, at=now())
    assert move(as_wang, executing, "closed").url == f"/cases/{executing.number}/confirmation/"
    confirm(executing, Word(result="solved", rating="satisfied"), by=by, at=now())
    assert move(as_wang, executing, "closed").url == f"/cases/{executing.number}/closure/"
    close(executing, by=by, at=now())
    assert columns(as_wang) == {}
    assert columns(as_wang, "view=all&more=closed") == {"closed": [executing.number]}


def test_a_clerk_reopens_nothing_but_a_supervisor_does(executing, town, actor, as_wang, as_li):
    by = actor(town.wang)
    complete(item_for(executing, town.logistics, by), "已签收", by=by, at=now())
    confirm(executing, Word(result="solved", rating="satisfied"), by=by, at=now())
    close(executing, by=by, at=now())
    assert move(as_wang, executing, "investigating").status_code == 403
    assert move(as_li, executing, "investigating").url == f"/cases/{executing.number}/reopening/"


def test_a_long_column_shows_who_is_due_first_and_more_when_asked(town, as_wang):
    numbers = [lodge(town.wang, team=town.first_team).number for _ in range(15)]
    board = as_wang.get("/board/").context["board"]
    assert [case.number for case in board.columns[0].cases] == numbers[:12]
    assert (board.columns[0].count, board.columns[0].left_out, board.count) == (15, 3, 15)
    assert len(columns(as_wang, "more=received")["received"]) == 15


def test_the_board_costs_the_same_however_full(town, case, as_wang, django_assert_max_num_queries):
    for _ in range(25):
        lodge(town.wang, team=town.first_team, caller=Caller(customer=town.zhang))
    with django_assert_max_num_queries(8):
        as_wang.get("/board/?more=closed")


def test_the_wall_turns_its_pages_by_itself(town, as_wang):
    for _ in range(9):
        lodge(town.wang, team=town.first_team)
    first = as_wang.get("/board/wall/")
    second = as_wang.get(f"/board/wall/?{first.context['following']}", headers=HTMX)
    assert (len(first.context["board"].columns[0].cases), len(second.context["board"].columns[0].cases)) == (5, 4)
    assert "page=1" in second.context["following"]
    assert "<html" not in second.content.decode()
