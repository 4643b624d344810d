"""The timeline tells what was promised, offered, decided and done, and the customer keeps what was agreed in sight."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.utils.timezone import now

from huiying.cases import actions as act
from huiying.cases.customer_link import token_for
from huiying.cases.models import Case
from huiying.journal.actors import customer_actor

from .lodging import findings, lodge

pytestmark = pytest.mark.django_db


@pytest.fixture
def zhang(town):
    return customer_actor(pk=town.zhang.pk, name=town.zhang.name)


@pytest.fixture
def carried_out(town, actor, zhang):
    """A case with a promise, a declined and an agreed offer, and a finished action item."""
    wang = actor(town.wang)
    case = lodge(town.wang, team=town.first_team, caller=act.Caller(customer=town.zhang))
    promised = act.PromiseDraft(text="今天 18 点前回电", due_at=now() + timedelta(hours=2))
    case = act.accept(case, by=wang, at=now(), promised=promised)
    act.record_findings(case, findings(town), by=wang, at=now())
    first = act.offer(case, offer_draft("补发配件", 50), by=wang, at=now())
    act.decline_offer(first, by=zhang, at=now(), comment="要换整机")
    act.accept_offer(act.offer(case, offer_draft("换一台新的", 80), by=wang, at=now()), by=zhang, at=now())
    draft = act.ActionDraft(title="送新机", department=town.logistics, due_at=now() + timedelta(hours=4))
    act.complete(act.plan_action(case, draft, by=wang, at=now()), "运单 SF10", by=wang, at=now())
    return Case.objects.get(pk=case.pk)


def offer_draft(text: str, amount: int) -> act.OfferDraft:
    return act.OfferDraft(text=text, remedies=[act.RemedyDraft(kind="coupon", amount=Decimal(amount))])


def own_page(case: Case) -> str:
    return Client().get(f"/c/{token_for(case)}/").content.decode()


def test_the_timeline_says_what_each_deed_was_about(carried_out, zhang, as_wang):
    act.confirm(carried_out, act.Word(result="partly", rating="fair", comment="旧机还没取走"), by=zhang, at=now())
    told = [item.detail for item in as_wang.get(carried_out.get_absolute_url()).context["page"].items if item.detail]
    for words in ("今天 18 点前回电", "补发配件", "要换整机", "换一台新的", "送新机", "运单 SF10", "旧机还没取走"):
        assert any(words in detail for detail in told), words


def test_the_customer_keeps_what_was_agreed_in_sight(carried_out, zhang):
    page = own_page(carried_out)
    assert "换一台新的" in page
    assert "补发配件" not in page
    act.confirm(carried_out, act.Word(result="solved", rating="satisfied"), by=zhang, at=now())
    assert "换一台新的" in own_page(carried_out)


def test_nothing_is_owed_any_more_once_the_customer_is_content(carried_out, zhang, actor, town, as_wang):
    assert "今天 18 点前回电" in own_page(carried_out)
    act.confirm(carried_out, act.Word(result="solved", rating="satisfied"), by=zhang, at=now())
    assert "今天 18 点前回电" not in own_page(carried_out)
    act.close(carried_out, by=actor(town.wang), at=now())
    assert "今天 18 点前回电" not in own_page(carried_out)
    beside = as_wang.get(f"/customers/{town.zhang.number}/cases/").content.decode()
    assert "今天 18 点前回电" not in beside
