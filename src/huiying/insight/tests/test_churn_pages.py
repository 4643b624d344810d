"""Warnings and the work to win customers back, through the pages and the interface."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils.timezone import localdate, now

from huiying.cases.actions import Caller, recuse
from huiying.cases.tests.lodging import lodge
from huiying.customers.models import Figures, Order
from huiying.deadlines.models import Clock
from huiying.insight.actions.play import begin_play, do_step, end_play, follow_up
from huiying.insight.actions.terms import revise_terms, with_values
from huiying.insight.actions.trial import try_terms
from huiying.insight.models import ChurnWarning, Play, Recipe, Reckoning, Terms
from huiying.insight.tests.test_night import buys, customers, figures_of, many_buyers, reckon_today
from huiying.journal.models import Entry
from huiying.kit.guards import BadInput, DomainError, Refused, Stale
from huiying.notifications.models import Notice

pytestmark = pytest.mark.django_db


@pytest.fixture
def warning(town) -> ChurnWarning:
    buys(town.zhang, *range(90, 900, 30), amount=3200)
    reckon_today()
    return ChurnWarning.objects.get()


@pytest.fixture
def play(warning, town, actor) -> Play:
    recipe = Recipe.objects.get(name="常规挽回")
    return begin_play(warning, recipe, owner=town.wang, by=actor(town.wang), at=now())


def test_the_account_manager_is_told_of_a_new_warning(warning, town, perform_duties):
    perform_duties()
    assert Notice.objects.get(user=town.lin).event == "at_risk"


def test_the_list_says_why_in_words(warning, as_wang):
    page = as_wang.get("/insight/churn/", headers={"accept-language": "zh-hans"}).content.decode()
    assert "张敏" in page
    assert "90" in page
    assert "CNY" in page or "元" in page


def test_a_count_beyond_the_cap_says_so(warning, as_wang, monkeypatch):
    assert as_wang.get("/insight/churn/").context["count_words"] == "1 条预警"
    monkeypatch.setattr("huiying.insight.views.churn.COUNTED_AT_MOST", 0)
    assert as_wang.get("/insight/churn/").context["count_words"] == "0+ 条预警"


def test_amounts_are_left_out_for_who_may_not_see_them(warning, town, sign_in):
    role = town.wang.role
    role.powers = [power for power in role.powers if power != "customers.amounts"]
    role.save()
    client = sign_in(town.wang)
    for path in ("/insight/churn/", "/insight/", "/insight/segments/core/", "/customers/C000001/value/"):
        page = client.get(path).content.decode()
        assert "CNY" not in page, path
        assert "万元" not in page, path


def test_who_works_not_in_care_sees_no_warnings(warning, as_sun):
    assert as_sun.get("/insight/churn/").status_code == 403


def test_filters_narrow_the_list(warning, as_wang, town):
    assert "张敏" in as_wang.get(f"/insight/churn/?owner={town.lin.pk}").content.decode()
    assert "张敏" not in as_wang.get("/insight/churn/?tier=vip").content.decode()
    assert "张敏" not in as_wang.get("/insight/churn/?state=play").content.decode()


def test_a_play_gives_its_owner_steps_with_clocks(play, town, perform_duties):
    perform_duties()
    assert [step.position for step in play.steps.all()] == [1, 2, 3, 4]
    clocks = Clock.objects.about(play).running().order_by("due_at")
    assert clocks.count() == 4
    assert clocks[0].due_at == play.begun_at + timedelta(hours=24)
    assert Notice.objects.filter(user=town.lin).exists()


def test_a_missed_step_calls_in_the_lead(play, town, pass_time):
    pass_time(by=timedelta(hours=25))
    assert Notice.objects.filter(user=town.li, event="escalation").exists()


def test_one_play_at_a_time(play, warning, town, actor):
    with pytest.raises(DomainError):
        begin_play(warning, Recipe.objects.first(), owner=town.li, by=actor(town.li), at=now())


def test_a_step_is_ticked_off_with_what_came_of_it(play, as_wang):
    path = f"/insight/plays/{play.pk}/steps/1/"
    assert as_wang.post(path, {"outcome": ""}).status_code == 422
    assert as_wang.post(path, {"outcome": "客户说换了供应商，愿意再谈"}).status_code == 302
    assert play.steps.get(position=1).done_at
    assert Clock.objects.about(play).running().count() == 3
    assert as_wang.post(path, {"outcome": "再一次"}).status_code == 422


def test_who_does_not_own_the_play_does_not_tick_it_off(play, town, actor):
    role = town.chen.role
    role.powers = [power for power in role.powers if power != "care.lead"]
    role.save()
    with pytest.raises(Refused):
        do_step(play.steps.first(), outcome="打过电话", by=actor(town.chen), at=now())


def test_losing_a_customer_needs_a_reason_and_settles_the_warning(play, warning, as_wang):
    path = f"/insight/plays/{play.pk}/result/"
    assert as_wang.post(path, {"result": "lost", "reason": ""}).status_code == 422
    assert as_wang.post(path, {"result": "lost", "reason": "已停业"}).status_code == 302
    warning.refresh_from_db()
    assert warning.end == ChurnWarning.End.LOST
    assert not Clock.objects.about(play).live().exists()
    assert reckon_today().raised == 0  # left in peace


def test_a_warning_stays_while_somebody_is_at_work(play, warning, town):
    buys(town.zhang, 0)
    assert reckon_today().cleared == 0


def test_after_sixty_days_it_shows_what_came_of_it(play, town, actor, monday_morning):
    end_play(play, result="won", reason="", by=actor(town.wang), at=now())
    Order.objects.create(
        customer=town.zhang, number="N1", product="净水器", amount=500, ordered_on=localdate() + timedelta(days=10)
    )
    back = {"product": "净水器", "amount": -200, "ordered_on": localdate() + timedelta(days=20)}
    Order.objects.create(customer=town.zhang, number="N2", **back)  # a return is no order, but takes money back
    assert follow_up(localdate(), at=now()) == 0
    monday_morning.shift(timedelta(days=61))
    assert follow_up(localdate(), at=now()) == 1
    assert follow_up(localdate(), at=now()) == 0
    play.refresh_from_db()
    assert (play.orders_after, play.amount_after) == (1, 300)


def test_a_false_alarm_is_settled_with_one_button(warning, as_wang):
    assert as_wang.post(f"/insight/churn/{warning.pk}/false-alarm/").status_code == 302
    assert reckon_today().raised == 0


def test_terms_are_versioned_tried_and_refused_when_stale(warning, town, actor):
    admin = actor(town.admin)
    assert try_terms(with_values({"warn_from": 100, "silence": 10}), today=localdate()).warned == 0
    assert try_terms(with_values({}), today=localdate()).warned == 1
    revise_terms({"silence": 40}, version=0, by=admin, at=now())
    with pytest.raises(Stale):
        revise_terms({"silence": 30}, version=0, by=admin, at=now())
    with pytest.raises(BadInput):
        revise_terms({"clear_below": 90}, version=1, by=admin, at=now())
    with pytest.raises(Refused):
        revise_terms({"silence": 30}, version=1, by=actor(town.wang), at=now())
    assert Terms.objects.get().silence == 40
    assert Entry.objects.filter(verb="insight_terms_changed").count() == 1


def test_a_recipe_is_written_on_its_page(as_admin):
    filled = {"name": "大客户挽回", "active": "on", "title_0": "总经理拜访", "hours_0": "48", "title_1": "签新方案"}
    assert as_admin.post("/settings/recipes/new/", filled).status_code == 422
    assert as_admin.post("/settings/recipes/new/", {**filled, "hours_1": "240"}).status_code == 302
    assert Recipe.objects.get(name="大客户挽回").steps.count() == 2


def test_the_card_says_value_in_sentences(warning, as_wang, town):
    page = as_wang.get("/customers/C000001/value/").content.decode()
    assert str(figures_of(town.zhang).orders) in page
    assert "3,200" in page


def test_exports_need_the_power_and_are_written_down(warning, as_li, as_wang):
    assert as_wang.get("/insight/export.csv").status_code == 403
    for path in ("/insight/export.csv", "/insight/churn/export.xlsx"):
        answer = as_li.get(path)
        assert answer.status_code == 200
        assert b"".join(answer)
    assert Entry.objects.filter(verb="insight_exported").count() == 2


@pytest.mark.parametrize("path", ["/insight/export.csv", "/insight/churn/export.csv"])
def test_a_file_of_figures_says_who_took_it(warning, town, as_li, path):
    *_rows, last = b"".join(as_li.get(path)).decode().splitlines()
    assert town.li.name in last
    assert str(Entry.objects.get(verb="insight_exported").pk) in last


def test_programs_read_and_work(warning, program, town):
    api = program(town.wang)
    assert api.get("customers/C000001/figures").json()["amount"] == "86400.00"
    (shown,) = api.get("churn-warnings").json()["items"]
    begun = api.post(f"churn-warnings/{shown['id']}/plays", {"recipe": "常规挽回"})
    assert begun.status_code == 201
    play = begun.json()["id"]
    assert api.post(f"plays/{play}/steps/1", {"outcome": "打过电话"}).json()["steps"][0]["outcome"] == "打过电话"
    assert api.post(f"plays/{play}/result", {"result": "won"}).json()["result"] == "won"
    assert api.get("plays").json()["items"][0]["id"] == play


def test_the_pages_ask_a_constant_number_of_statements(warning, as_wang, django_assert_max_num_queries):
    with django_assert_max_num_queries(16):
        as_wang.get("/insight/churn/")
    with django_assert_max_num_queries(14):
        as_wang.get("/insight/")


def test_the_pages_say_how_good_both_would_have_been(town, as_wang):
    many_buyers()
    reckoning = reckon_today()
    assert reckoning.churn_test["looks"]
    value = as_wang.get("/insight/", headers={"accept-language": "en"}).content.decode()
    assert "A year ago the same way would have foreseen" in value
    assert value.count("<progress") == 20
    for look in reckoning.churn_test["looks"]:
        look["ours"] |= {"named": 4, "stayed_away": 3}
    reckoning.save(update_fields=["churn_test"])
    churn = as_wang.get("/insight/churn/", headers={"accept-language": "en"}).content.decode()
    assert "Of customers it would have warned of, 75% stayed away" in churn


def test_of_warnings_that_nobody_would_have_had_no_share_is_said(town, as_wang):
    many_buyers()
    reckoning = reckon_today()
    for look in reckoning.churn_test["looks"]:
        look["ours"] |= {"named": 0, "stayed_away": 0}
    reckoning.save(update_fields=["churn_test"])
    page = as_wang.get("/insight/churn/", headers={"accept-language": "en"}).content.decode()
    assert "too few customers would have been warned of" in page
    assert "Of customers it would have warned of" not in page
    assert page.count(">—</td>") >= len(reckoning.churn_test["looks"])


def test_whoever_is_named_in_a_complaint_does_not_read_of_it(warning, town, actor, sign_in, program, as_zhao):
    case = lodge(town.wang, team=town.first_team, caller=Caller(customer=town.zhang))
    reckon_anew()
    pages = ("/insight/churn/", f"/insight/churn/{warning.pk}/", "/customers/C000001/value/")
    assert all("complaint is open" in read(sign_in(town.lin), page) for page in pages)
    recuse(case, town.lin, by=actor(town.li), at=now())
    for page in pages:
        assert "complaint is open" not in read(sign_in(town.lin), page), page
    (told,) = program(town.lin).get("churn-warnings").json()["items"]
    assert [reason["signal"] for reason in told["signals"]] == ["silence"]
    assert not any("complaint" in reason for reason in told["reasons"])
    assert "complaint is open" in read(as_zhao, "/insight/churn/")


def test_a_complaint_that_names_somebody_goes_into_no_figure(warning, town, actor):
    case = lodge(town.wang, team=town.first_team, caller=Caller(customer=town.zhang))
    reckon_anew()
    assert {reason["signal"] for reason in ChurnWarning.objects.get().reasons} == {"silence", "complaints"}
    recuse(case, town.lin, by=actor(town.li), at=now())
    reckon_anew()
    assert {reason["signal"] for reason in ChurnWarning.objects.get().reasons} == {"silence"}
    assert figures_of(town.zhang).churn == ChurnWarning.objects.get().risk == 50


def reckon_anew():
    Reckoning.objects.all().delete()
    reckon_today()


def read(client, page) -> str:
    return client.get(page, headers={"accept-language": "en"}).content.decode()


def test_whoever_may_not_see_amounts_is_told_no_rank_either(town, sign_in, program):
    """Of two customers the one who brings more is neither first nor named as such."""
    rich, poor = customers(2)
    recent = {rich: (1_000_000, 5, 97.25, 40), poor: (100, 1, 12.5, 3)}
    for one, (money, score, share, days) in recent.items():
        of_all = {"amount": money, "monetary_score": score, "value_percentile": share, "lifetime_value": money}
        scores = {"recency_score": 5, "frequency_score": 1, "orders": 2, "expected_orders": 2.0}
        last = {"first_order_on": localdate() - timedelta(days=90), "last_order_on": localdate() - timedelta(days=days)}
        Figures.objects.create(customer=one, as_of=localdate(), **of_all, **scores, **last)
    role = town.wang.role
    role.powers = sorted({*role.powers, "customers.export"} - {"customers.amounts"})
    role.save()
    shown = program(town.wang).get("figures").json()["items"]
    assert [one["customer"] for one in shown] == [poor.number, rich.number]
    assert [(one["value_percentile"], one["monetary_score"]) for one in shown] == [(None, None)] * 2
    assert "most valuable" not in read(sign_in(town.wang), f"/customers/{rich.number}/value/")
    assert "97%" not in b"".join(sign_in(town.wang).get("/insight/export.csv")).decode()
    seen = program(town.li).get("figures").json()["items"]
    assert [(one["value_percentile"], one["monetary_score"]) for one in seen] == [(97.25, 5), (12.5, 1)]
    assert "most valuable 3% of" in read(sign_in(town.li), f"/customers/{rich.number}/value/")
    assert "97%" in b"".join(sign_in(town.li).get("/insight/export.csv")).decode()
