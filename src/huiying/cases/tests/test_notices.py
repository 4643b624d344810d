"""Who is told of what: whom it concerns, never the one who acted, never who may not see the case."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils.timezone import now

from huiying.cases import verbs
from huiying.cases.actions import (
    ActionDraft,
    OfferDraft,
    RemedyDraft,
    accept,
    approve,
    ask_to_discard,
    assign,
    hear,
    note,
    offer,
    plan_action,
    record_findings,
)
from huiying.cases.models import Route
from huiying.channels.words import Words
from huiying.journal.actors import customer_actor
from huiying.notifications.models import Notice

from .lodging import findings, lodge

pytestmark = pytest.mark.django_db


@pytest.fixture
def told(perform_duties, town):
    """Return a function: perform what is due and say who was told of a verb."""

    def told_(verb):
        perform_duties()
        return set(Notice.objects.filter(entry__verb=verb.code).values_list("user__username", flat=True))

    return told_


@pytest.fixture
def case(town):
    return lodge(town.wang, owner=town.wang)


@pytest.fixture
def drafting(case, town, actor):
    accept(case, by=actor(town.wang), at=now())
    record_findings(case, findings(town), by=actor(town.wang), at=now())
    case.refresh_from_db()
    return case


def offer_of(amount, case, by):
    draft = OfferDraft(text="补偿", remedies=[RemedyDraft(kind="coupon", amount=Decimal(amount))])
    return offer(case, draft, by=by, at=now())


def test_the_team_on_shift_is_told_of_a_new_case(town, told):
    lodge(town.wang)
    assert told(verbs.REGISTERED) == {"liqiang"}


def test_a_case_without_a_team_is_told_to_who_may_give_it_one(town, told, actor):
    Route.objects.update(active=False)
    lodge(town.wang)
    assert told(verbs.REGISTERED) == {"admin"}


def test_thousands_from_a_file_ring_no_bell(town, told):
    lodge(town.wang, channel="import")
    assert told(verbs.REGISTERED) == set()


def test_the_new_owner_is_told(case, town, actor, told):
    assign(case, to=town.li, by=actor(town.zhao), at=now())
    assert told(verbs.ASSIGNED) == {"liqiang"}
    assign(case, to=town.zhao, by=actor(town.zhao), at=now())
    assert told(verbs.ASSIGNED) == {"liqiang"}


def test_the_owner_hears_that_the_customer_wrote(case, town, told):
    customer = customer_actor(pk=town.zhang.pk, name="张敏")
    hear(case, Words(text="还没有人联系我", channel="email"), by=customer, author_name="张敏", at=now())
    assert told(verbs.RECEIVED_WORD) == {"wangfang"}


def test_whoever_is_mentioned_and_may_see_the_case_is_told(case, town, actor, told):
    note(case, "请看一下", by=actor(town.wang), at=now(), mentions=[town.li, town.chen])
    assert told(verbs.NOTED) == {"liqiang"}


@pytest.mark.parametrize(("amount", "approvers"), [(350, {"liqiang", "zhaomin"}), (5_000, {"zhaomin"})])
def test_an_offer_waits_for_whose_limit_reaches(drafting, town, actor, told, amount, approvers):
    offer_of(amount, drafting, actor(town.wang))
    assert told(verbs.OFFER_WAITS) == approvers


def test_the_maker_hears_that_the_offer_was_approved(drafting, town, actor, told):
    made = offer_of(350, drafting, actor(town.wang))
    approve(made, by=actor(town.li), at=now())
    assert told(verbs.OFFER_APPROVED) == {"wangfang"}
    assert told(verbs.OFFER_WAITS) == set()


def test_a_department_hears_of_its_action_item(drafting, town, actor, told):
    draft = ActionDraft(title="专车送达", department=town.logistics, due_at=now() + timedelta(hours=5))
    plan_action(drafting, draft, by=actor(town.wang), at=now())
    assert told(verbs.ACTION_AGREED) == {"sungong"}


def test_a_second_pair_of_eyes_is_asked(case, town, actor, told):
    ask_to_discard(case, reason="重复", by=actor(town.li), at=now())
    assert told(verbs.DISCARD_ASKED) == {"zhaomin"}


def test_the_bell_says_what_happened_in_the_readers_language(case, town, told, as_li):
    told(verbs.REGISTERED)
    page = as_li.get("/notices/", headers={"Accept-Language": "en"}).content.decode()
    assert f"{case.number} 11 月 18 日" in page
    assert "王芳 registered" in page
