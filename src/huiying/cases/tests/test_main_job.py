"""The main job: from the first word to the verified cure (SPEC C1–C10)."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils.timezone import now

from huiying.cases import actions as act
from huiying.cases.lifecycle import IllegalMove, Stage
from huiying.cases.models import Case, Category, Kind, Offer
from huiying.cases.queries.owed import approvals_waiting, second_looks_waiting
from huiying.cases.queries.standing import standing
from huiying.cases.verbs import CLOSED, NOT_CURED, REGISTERED
from huiying.cases.views.handling import earlier_findings
from huiying.deadlines.actions import PauseDraft
from huiying.deadlines.models import Clock
from huiying.journal.actors import customer_actor
from huiying.journal.models import Entry
from huiying.kit.guards import BadInput, DomainError, Refused, Stale
from huiying.staff.actors import actor_of

WORDS = "11 月 18 日订的冰箱到今天还没有送到，客服电话打了四次没人接。要求今天送到，并且给个说法。"


@pytest.fixture
def wang(town):
    return actor_of(town.wang)


@pytest.fixture
def li(town):
    return actor_of(town.li)


@pytest.fixture
def zhang(town):
    return customer_actor(pk=town.zhang.pk, name="张敏")


@pytest.fixture
def case(town, wang):
    caller = act.Caller(customer=town.zhang)
    return act.register(
        act.Draft(kind="complaint", channel="phone", description=WORDS, caller=caller), by=wang, at=now()
    )


@pytest.fixture
def drafting(case, wang, town):
    case = act.accept(case, by=wang, at=now())
    act.record_findings(case, findings(town), by=wang, at=now())
    return Case.objects.get(pk=case.pk)


def findings(town):
    return act.Findings(
        facts="华东中转站 11-19 错分拨",
        cause=Category.objects.filter(parent__isnull=False).first(),
        root_cause="中转站错分",
        department=town.logistics,
        shares={town.logistics: 80, town.service: 20},
    )


def offer_of(amount, case, by):
    remedy = act.RemedyDraft(kind="coupon", amount=Decimal(amount))
    return act.offer(case, act.OfferDraft(text="今天专车送达，赠优惠券", remedies=[remedy]), by=by, at=now())


def in_execution(case, by, zhang):
    return act.accept_offer(offer_of(100, case, by), by=zhang, at=now())


def do_everything(case, by, *departments):
    due = now() + timedelta(hours=4)
    items = [
        act.plan_action(case, act.ActionDraft(title="送货", department=one, due_at=due), by=by, at=now())
        for one in departments
    ]
    for item in items:
        act.complete(item, "客户签收", by=by, at=now())
    return Case.objects.get(pk=case.pk)


def test_a_complaint_goes_from_the_first_word_to_the_verified_cure(drafting, town, wang, li, zhang):
    made = offer_of(350, drafting, wang)
    assert made.state == Offer.State.WAITING
    made = act.approve(made, by=li, at=now())
    case = act.accept_offer(made, by=zhang, at=now())
    case = do_everything(case, wang, town.logistics, town.service)
    assert case.stage == Stage.CONFIRMING
    act.confirm(case, act.Word(result="partly", rating="fair", comment="还差说明"), by=zhang, at=now())
    case.refresh_from_db()
    assert case.stage == Stage.DRAFTING
    case = do_everything(in_execution(case, wang, zhang), wang, town.service)
    act.confirm(case, act.Word(result="solved", rating="satisfied"), by=zhang, at=now())
    case = act.close(case, by=li, at=now(), lesson="中转站核对标签")
    assert case.stage == Stage.CLOSED
    told = list(Entry.objects.about(case).in_order().values_list("verb", flat=True))
    assert told[0] == REGISTERED.code
    assert told[-1] == CLOSED.code
    assert NOT_CURED.code in told


def test_a_case_has_a_number_a_first_message_and_clocks(case):
    assert case.number.startswith("C2026-")
    assert case.due_at is not None
    assert case.subject.startswith("11 月 18 日订的冰箱")


def test_only_one_of_two_accepts_a_case(case, wang, li):
    accepted = act.accept(case, by=wang, at=now())
    assert accepted.owner_id == wang.pk
    with pytest.raises(IllegalMove):
        act.accept(case, by=li, at=now())


def test_an_offer_within_the_limit_needs_nobody(drafting, wang):
    assert offer_of(200, drafting, wang).state == Offer.State.OFFERED


def test_nobody_approves_their_own_offer_or_beyond_their_limit(drafting, town, wang, li):
    made = offer_of(5_000, drafting, li)
    with pytest.raises(Refused):
        act.approve(made, by=li, at=now())
    with pytest.raises(Refused):
        act.approve(made, by=wang, at=now())
    assert act.approve(made, by=actor_of(town.zhao), at=now()).state == Offer.State.OFFERED


def test_a_refused_offer_is_drafted_again(drafting, wang, li):
    made = offer_of(500, drafting, wang)
    act.refuse(made, by=li, at=now(), comment="先查清转运责任")
    second = offer_of(150, drafting, wang)
    assert (second.version, second.state) == (2, Offer.State.OFFERED)


def test_a_declined_offer_says_why_and_goes_back(drafting, wang, zhang):
    made = offer_of(50, drafting, wang)
    with pytest.raises(BadInput):
        act.decline_offer(made, by=zhang, at=now(), comment=" ")
    case = act.decline_offer(made, by=zhang, at=now(), comment="太少")
    assert case.stage == Stage.DRAFTING


def test_an_expired_offer_cannot_be_accepted_by_the_customer(drafting, wang, zhang):
    until = now() + timedelta(hours=1)
    made = act.offer(drafting, act.OfferDraft(text="优惠券", valid_until=until), by=wang, at=now())
    with pytest.raises(DomainError, match=r"过期|expired"):
        act.accept_offer(made, by=zhang, at=until + timedelta(minutes=1))


def test_a_case_is_not_closed_without_the_customers_word(drafting, town, wang, li, zhang):
    case = do_everything(in_execution(drafting, wang, zhang), wang, town.logistics)
    with pytest.raises(act.NotReady):
        act.close(case, by=li, at=now())
    for _round in range(3):
        act.note_attempt(case, channel="phone", what="无人接听", by=wang, at=now())
    assert act.close(case, by=li, at=now()).stage == Stage.CLOSED


def test_reopening_begins_a_new_episode(drafting, town, wang, li, zhang):
    case = do_everything(in_execution(drafting, wang, zhang), wang, town.logistics)
    act.confirm(case, act.Word(result="solved", rating="fair"), by=zhang, at=now())
    case = act.close(case, by=li, at=now())
    case = act.reopen(case, reason="第二天又坏了", by=zhang, at=now())
    assert (case.stage, case.episode) == (Stage.INVESTIGATING, 2)
    assert not standing(case).has_facts


def test_an_item_waits_for_the_one_before_it(drafting, town, wang, zhang):
    case = in_execution(drafting, wang, zhang)
    due = now() + timedelta(hours=2)
    first = act.plan_action(
        case, act.ActionDraft(title="取件", department=town.logistics, due_at=due), by=wang, at=now()
    )
    draft = act.ActionDraft(title="退款", department=town.service, due_at=due, after=first)
    second = act.plan_action(case, draft, by=wang, at=now())
    with pytest.raises(DomainError):
        act.complete(second, "已退", by=wang, at=now())
    act.complete(first, "已取", by=actor_of(town.sun), at=now())
    act.complete(second, "已退", by=wang, at=now())


def test_invalid_needs_a_second_pair_of_eyes(case, wang, li):
    supervisor_asks = act.ask_to_discard(case, reason="重复登记", by=li, at=now())
    with pytest.raises(Refused):
        act.second_discard(supervisor_asks, agreed=True, by=li, at=now())
    with pytest.raises(Refused):
        act.second_discard(supervisor_asks, agreed=True, by=wang, at=now())


def test_what_a_withdrawal_leaves_undecided_does_not_wait_in_the_second_handling(drafting, town, wang, li, zhang):
    offer_of(5_000, drafting, wang)
    act.ask_to_discard(drafting, reason="重复登记", by=li, at=now())
    act.withdraw(drafting, reason="自行解决", by=li, at=now())
    assert not list(approvals_waiting(actor_of(town.zhao)))
    again = act.reopen(drafting, reason="又坏了", by=li, at=now())
    assert not list(approvals_waiting(actor_of(town.zhao)))
    assert not list(second_looks_waiting(actor_of(town.zhao)))
    assert act.ask_to_discard(again, reason="恶意投诉", by=li, at=now()).episode == 2


def test_shares_of_responsibility_add_up(case, town, wang):
    case = act.accept(case, by=wang, at=now())
    wrong = act.Findings(**{**findings(town).__dict__, "shares": {town.logistics: 80, town.service: 30}})
    with pytest.raises(BadInput):
        act.record_findings(case, wrong, by=wang, at=now())


def test_a_stale_page_is_not_saved_over_a_newer_one(case, wang, li):
    seen = case.version
    act.revise(case, {"level": "complex"}, version=seen, by=wang, at=now())
    with pytest.raises(Stale):
        act.revise(case, {"level": "major"}, version=seen, by=li, at=now())


def test_the_other_team_sees_nothing(case, town):
    assert not Case.objects.visible_to(actor_of(town.chen)).exists()
    assert Case.objects.visible_to(actor_of(town.li)).exists()


@pytest.mark.parametrize("kind", Kind.values)
def test_every_kind_is_registered(kind, town, wang):
    case = act.register(act.Draft(kind=kind, channel="web", description="想问一下安装时间"), by=wang, at=now())
    assert case.stage == Stage.RECEIVED


def test_an_unknown_kind_is_refused_with_the_field(town, wang):
    with pytest.raises(BadInput) as refusal:
        act.register(act.Draft(kind="rant", channel="web", description="…"), by=wang, at=now())
    assert refusal.value.field == "kind"


def test_clocks_stand_still_for_a_reason_and_run_again(case, wang, pass_time):
    case = act.accept(case, by=wang, at=now())
    draft = PauseDraft(reason="customer", follow_up_at=now() + timedelta(days=1))
    act.pause(case, draft, by=wang, at=now())
    assert Clock.objects.about(case).filter(state=Clock.State.PAUSED).exists()
    pass_time(by=timedelta(hours=2))
    act.resume(case, by=wang, at=now())
    assert not Clock.objects.about(case).filter(state=Clock.State.PAUSED).exists()


def test_a_pause_needs_a_known_reason(case, wang):
    with pytest.raises(BadInput):
        act.pause(case, PauseDraft(reason="", follow_up_at=now() + timedelta(days=1)), by=wang, at=now())


def test_changing_the_findings_keeps_the_shared_responsibility(drafting, town):
    shown = earlier_findings(drafting.pk, drafting.episode)
    assert (shown["other_department"], shown["other_percent"]) == (town.service.pk, 20)
