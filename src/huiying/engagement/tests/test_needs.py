from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils.timezone import localdate, now

from huiying.cases import actions as cases
from huiying.cases.tests.lodging import lodge
from huiying.customers.actions.customer import create
from huiying.customers.actions.merging import merge
from huiying.customers.drafts import CustomerDraft
from huiying.customers.models import Order, Usage
from huiying.engagement.actions.need import NeedDraft, NoSelling, add_need, confirm
from huiying.engagement.actions.need_watch import watch_for_needs
from huiying.engagement.lifecycle import Stage
from huiying.engagement.models import Interaction, Means, Need, Origin
from huiying.journal.entries import record
from huiying.journal.models import Entry
from huiying.journal.verbs import Verb
from huiying.notifications.models import Notice

SPOKEN = Verb("test_spoken", "spoke")
PROPOSED = {"content": "滤芯年度套餐", "period": "四月起一年", "effect": "不再断供"}


def look():
    """Examine what was written, two minutes later: no number is awaited any more."""
    watch_for_needs(now() + timedelta(minutes=2))


@pytest.fixture
def spoken(town, actor):
    """Write down a contact with 张敏, who has a 净水器, and let it be examined."""
    look()
    Order.objects.create(customer=town.zhang, number="SO-9", product="净水器 RO-800", ordered_on=localdate())

    def spoken_(content, **facts):
        made = Interaction.objects.create(customer=town.zhang, at=now(), content=content, **facts)
        record(SPOKEN, made, by=actor(town.lin))
        look()
        return made

    return spoken_


@pytest.fixture
def need(town, actor):
    return add_need(town.zhang, NeedDraft(title="滤芯年度套餐", value=3600), by=actor(town.lin), at=now())


def test_what_names_somebody_of_ours_is_not_counted(town, actor):
    """Three questions on one product are a need; of one that names somebody not even the count tells."""
    look()
    asked = [
        lodge(town.wang, kind="consultation", product="云平台", caller=cases.Caller(customer=town.zhang))
        for _n in range(3)
    ]
    cases.recuse(asked[0], town.lin, by=actor(town.admin), at=now())
    look()
    assert not Need.objects.filter(origin=Origin.ASKED).exists()


def complain(town):
    return lodge(town.wang, team=town.first_team, caller=cases.Caller(customer=town.zhang))


def do(client, need, deed, **said):
    return client.post(f"/care/needs/{need.pk}/{deed}/", said, HTTP_HX_REQUEST="true")


def test_a_wish_in_a_contact_is_suggested_with_the_sentence_and_only_once(town, spoken, as_lin):
    spoken("聊了装修。想要再订一台净水器，请报价。")
    (need,) = Need.objects.all()
    assert (need.stage, need.origin, need.owner) == (Stage.SUGGESTED, Origin.SAID, town.lin)
    page = as_lin.get(need.get_absolute_url()).content.decode()
    assert "想要再订一台净水器，请报价。" in page
    spoken("还是希望净水器再来一台。")
    assert Need.objects.get().evidence.count() == 2


def test_what_was_dismissed_does_not_come_back(spoken, as_lin):
    spoken("想要再订一台净水器。")
    assert do(as_lin, Need.objects.get(), "dismissal", reason="mistaken").status_code == 204
    spoken("想要再订一台净水器。")
    assert Need.objects.get().stage == Stage.DISMISSED


def test_what_we_sent_to_many_is_nobodys_wish(spoken):
    spoken("想要净水器吗", means=Means.EMAIL, external_ref="mailing:1:1")
    assert not Need.objects.exists()


def test_usage_orders_and_questions_are_suggested_too(town):
    today = localdate()
    for days, times in ((40, 100), (10, 30)):
        Usage.objects.create(customer=town.zhang, day=today - timedelta(days=days), product="云平台", times=times)
    for place, days in enumerate((270, 180, 90)):
        day = today - timedelta(days=days)
        Order.objects.create(customer=town.zhang, number=f"SO-{place}", product="滤芯", ordered_on=day)
    look()
    for _time in range(3):
        lodge(town.wang, kind="consultation", product="云平台", caller=cases.Caller(customer=town.zhang))
    look()
    look()
    found = {(need.origin, need.product) for need in Need.objects.all()}
    assert found == {(Origin.FALLING, "云平台"), (Origin.DUE, "滤芯"), (Origin.ASKED, "云平台")}


def test_usage_told_of_a_merged_entry_counts_for_the_one_that_stays(town, actor):
    double = create(CustomerDraft(name="张敏敏"), contacts=[], by=actor(town.li), at=now())
    for days, times in ((40, 50), (10, 15)):
        for someone in (town.zhang, double):
            day = localdate() - timedelta(days=days)
            Usage.objects.create(customer=someone, day=day, product="云平台", times=times)
    merge(double, into=town.zhang, take=(), reason="", by=actor(town.li), at=now())
    look()
    (need,) = Need.objects.all()
    assert (need.customer, need.origin) == (town.zhang, Origin.FALLING)
    assert need.evidence.get().figures["before"] == 100


def test_a_need_goes_all_the_way(need, town, as_lin, as_sun):
    today = localdate().isoformat()
    assert do(as_lin, need, "proposal", **PROPOSED).status_code == 204
    asked = {"person": town.sun.pk, "question": "四月能供货吗？", "due_on": today}
    assert do(as_lin, need, "consultations", **asked).status_code == 204
    shown = {"on": today, "means": "visit", "heard": "价格合适"}
    refused = do(as_lin, need, "presentation", **shown)
    assert refused.status_code == 422
    assert not need.presentations.exists()
    question = need.consultations.get()
    assert do(as_sun, need, f"consultations/{question.pk}/answer", answer="可以").status_code == 204
    assert do(as_lin, need, "presentation", **shown).status_code == 204
    assert do(as_lin, need, "agreement").status_code == 204
    later = (localdate() + timedelta(days=14)).isoformat()
    assert do(as_lin, need, "delivery", on=today, what="滤芯 12 支", ask_on=later).status_code == 204
    assert do(as_lin, need, "follow-up", usage="每月换", feedback="满意").status_code == 204
    assert Need.objects.get().stage == Stage.FOLLOWED_UP


def test_there_is_no_selling_while_a_complaint_is_open(need, town, actor, as_lin):
    do(as_lin, need, "proposal", **PROPOSED)
    complain(town)
    shown = {"on": localdate().isoformat(), "means": "visit", "heard": "价格合适"}
    refused = do(as_lin, need, "presentation", **shown)
    assert refused.status_code == 422
    assert "张敏" in refused.content.decode()
    Need.objects.update(stage=Stage.SUGGESTED)
    with pytest.raises(NoSelling):
        confirm(Need.objects.get(), by=actor(town.lin), at=now())


def test_a_card_that_lacks_something_opens_the_form_for_it(need, as_lin):
    moved = do(as_lin, need, "move", to="proposed")
    assert moved.status_code == 302
    assert moved.url.endswith("/proposal/")
    assert do(as_lin, need, "move", to="agreed").status_code == 409
    Need.objects.update(stage=Stage.SUGGESTED)
    assert do(as_lin, need, "move", to="confirmed").status_code == 204
    assert Need.objects.get().stage == Stage.CONFIRMED


def test_a_late_next_step_is_told_once(need, town, pass_time):
    Need.objects.update(next_on=localdate() + timedelta(days=1), next_step="打电话")
    pass_time(by=timedelta(days=1))
    assert not Notice.objects.filter(user=town.lin, event="deadline").exists()
    pass_time(by=timedelta(days=1))
    pass_time(by=timedelta(days=1))
    assert Notice.objects.filter(user=town.lin, event="deadline").count() == 1


def test_values_are_for_those_who_may_see_amounts(need, town, as_lin, as_wang, actor):
    assert "3,600" in as_lin.get("/care/needs/").content.decode()
    role = town.lin.role
    role.powers = [power for power in role.powers if power != "customers.amounts"]
    role.save()
    assert "3,600" not in as_lin.get("/care/needs/").content.decode()
    assert "3,600" not in as_lin.get(need.get_absolute_url()).content.decode()


def test_strangers_know_nothing_of_it_and_the_consulted_cannot_move_it(need, town, as_sun, as_lin):
    assert as_sun.get(need.get_absolute_url()).status_code == 404
    do(as_lin, need, "consultations", person=town.sun.pk, question="?", due_on=localdate().isoformat())
    assert as_sun.get(need.get_absolute_url()).status_code == 200
    assert do(as_sun, need, "proposal", **PROPOSED).status_code in (403, 422)
    assert not need.proposals.exists()


def test_the_board_costs_the_same_for_many(need, town, actor, as_lin, django_assert_max_num_queries):
    for number in range(30):
        add_need(town.zhang, NeedDraft(title=f"需求 {number}"), by=actor(town.lin), at=now())
    with django_assert_max_num_queries(20):
        page = as_lin.get("/care/needs/?due=none").content.decode()
    assert page.count("data-card") == 15


def test_a_customers_page_shows_their_needs_and_adds_one(town, as_lin):
    path = f"/customers/{town.zhang.number}/needs/"
    assert as_lin.post(f"{path}new/", {"title": "热水器以旧换新"}, HTTP_HX_REQUEST="true").status_code == 204
    assert "热水器以旧换新" in as_lin.get(path).content.decode()
    assert Entry.objects.filter(verb="need_entered", customer_id=town.zhang.pk).exists()


def test_who_leads_changes_the_rules_and_nobody_else(as_li, as_wang, need, town):
    values = {
        "growth": 30,
        "fall": 50,
        "fewest": 5,
        "near": 90,
        "asked": 2,
        "asked_within": 30,
        "orders": 3,
        "ahead": 5,
        "words": "系统",
    }
    assert as_wang.post("/care/needs/rules/", values).status_code == 403
    assert as_li.post("/care/needs/rules/", values).status_code == 302
    assert as_li.post("/care/needs/rules/limits/", {"limit-product": "云平台", "limit-times": 100}).status_code == 302
    assert "云平台" in as_li.get("/care/needs/rules/").content.decode()


def test_a_program_enters_and_moves_a_need(town, program):
    lin = program(town.lin)
    made = lin.post(f"customers/{town.zhang.number}/needs", {"title": "扩容", "value": "5000.00"}).json()
    assert (made["stage"], made["value"]) == ("confirmed", "5000.00")
    path = f"needs/{made['id']}"
    assert lin.post(f"{path}/decision", {"agreed": True}).status_code == 409
    assert lin.post(f"{path}/proposals", PROPOSED).json()["stage"] == "proposed"
    assert lin.patch(path, {"next_step": "回电", "next_on": "2026-03-09"}).json()["next_on"] == "2026-03-09"
    assert [one["id"] for one in lin.get("needs", stage="proposed").json()["items"]] == [made["id"]]
