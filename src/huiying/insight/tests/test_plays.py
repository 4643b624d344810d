"""Plays in other hands, on the desk, in the reader's language, and what a customer becomes when one ends."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from django.utils.timezone import localdate, now

from huiying.customers.actions.customer import obtain
from huiying.deadlines.models import Clock
from huiying.insight.actions.play import begin_play
from huiying.insight.forms.play import BeginForm, GiveForm
from huiying.insight.models import ChurnWarning, Play, Recipe
from huiying.insight.owed import owed_steps
from huiying.insight.queries.sentences import value_sentences
from huiying.insight.tests.test_night import buys, reckon_today
from huiying.journal.actors import STARTER
from huiying.journal.models import Entry
from huiying.notifications.models import Notice

HTMX = {"HX-Request": "true"}


@pytest.fixture
def play(town, actor) -> Play:
    """王芳 wins 张敏 back."""
    buys(town.zhang, *range(90, 900, 30), amount=3200)
    reckon_today()
    recipe = Recipe.objects.get(name="常规挽回")
    return begin_play(ChurnWarning.objects.get(), recipe, owner=town.wang, by=actor(town.wang), at=now())


def test_a_play_is_given_to_a_colleague_with_its_clocks(play, town, as_wang, perform_duties):
    path = f"/insight/plays/{play.pk}/owner/"
    assert as_wang.post(path, {"to": town.wang.pk}).status_code == 422
    assert as_wang.post(path, {"to": town.li.pk}).status_code == 302
    perform_duties()
    play.refresh_from_db()
    assert play.owner == town.li
    assert set(Clock.objects.about(play).live().values_list("owner", flat=True)) == {town.li.pk}
    assert Entry.objects.get(verb="play_given").facts == {"name": "李强"}
    assert Notice.objects.filter(user=town.li, event="at_risk").exists()


def test_nobody_gets_a_play_who_does_not_work_in_care(play, town, as_wang):
    assert as_wang.post(f"/insight/plays/{play.pk}/owner/", {"to": town.sun.pk}).status_code == 422
    play.refresh_from_db()
    assert play.owner == town.wang


def test_who_may_not_work_on_a_play_does_not_give_it_away(play, town, sign_in):
    town.chen.role.powers = [power for power in town.chen.role.powers if power != "care.lead"]
    town.chen.role.save()
    assert sign_in(town.chen).post(f"/insight/plays/{play.pk}/owner/", {"to": town.chen.pk}).status_code == 403


def test_programs_give_plays_and_set_the_status(play, town, program):
    api = program(town.wang)
    given = api.post(f"plays/{play.pk}/owner", {"owner": town.li.username})
    assert given.json()["owner"]["name"] == "李强"
    api = program(town.li)
    wrong = api.post(f"plays/{play.pk}/result", {"result": "won", "status": "lost"})
    assert wrong.status_code == 422
    ended = api.post(f"plays/{play.pk}/result", {"result": "lost", "reason": "已停业", "status": "lost"})
    assert ended.json()["result"] == "lost"
    town.zhang.refresh_from_db()
    assert town.zhang.status == "lost"


def test_the_next_step_lies_on_the_owners_desk_until_it_is_done(play, town, actor, as_wang):
    wang, li = actor(town.wang), actor(town.li)
    (line,) = owed_steps(wang, now())
    assert (line.about, line.due_at) == (play.steps.get(position=1).title, play.begun_at + timedelta(hours=24))
    assert list(owed_steps(li, now())) == []
    assert line.form in as_wang.get("/").content.decode()
    assert as_wang.post(line.form, {"outcome": ""}, headers=HTMX).status_code == 422
    assert as_wang.post(line.form, {"outcome": "客户愿意再谈"}, headers=HTMX).status_code == 204
    assert next(owed_steps(wang, now())).about == play.steps.get(position=2).title


def test_the_desk_asks_once_however_many_plays_run(play, town, actor):
    wang, today = actor(town.wang), localdate()
    for n in range(25):
        customer = obtain(f"周{n}号", f"1381234{n:04d}", "", by=STARTER, at=now())
        days = {"raised_on": today, "renewed_on": today, "raised_at": now(), "terms_version": 1}
        warning = ChurnWarning.objects.create(customer=customer, risk=60, **days)
        begin_play(warning, Recipe.objects.get(name="常规挽回"), owner=town.wang, by=wang, at=now())
    with CaptureQueriesContext(connection) as context:
        assert len(list(owed_steps(wang, now()))) == 26
    assert len(context) == 1


@pytest.mark.parametrize(("ticked", "status"), [({"sets_status": "on"}, "lost"), ({}, "active")])
def test_ending_a_play_changes_the_customer_only_where_one_says_so(play, town, as_wang, ticked, status):
    town.zhang.status = "active"
    town.zhang.save()
    path = f"/insight/plays/{play.pk}/result/"
    assert as_wang.post(path, {"result": "lost", "reason": "已停业", **ticked}).status_code == 302
    town.zhang.refresh_from_db()
    assert town.zhang.status == status
    assert Entry.objects.filter(verb="customer_revised", customer_id=town.zhang.pk).exists() == bool(ticked)


def test_who_may_not_change_the_archive_is_not_offered_it(play, town, sign_in):
    town.wang.role.powers.remove("customers.edit")
    town.wang.role.save()
    wang = sign_in(town.wang)
    assert "sets_status" not in wang.get(play.get_absolute_url()).content.decode()
    wang.post(f"/insight/plays/{play.pk}/result/", {"result": "lost", "reason": "已停业", "sets_status": "on"})
    town.zhang.refresh_from_db()
    assert town.zhang.status != "lost"


def test_steps_and_ways_stand_in_the_readers_language(play):
    first = play.steps.get(position=1)
    with translation.override("en"):
        assert (str(first), play.way) == ("Call and ask why they have not ordered", "Usual")
    with translation.override("zh-hans"):
        assert (str(first), play.way) == ("电话联系，问清最近为什么没有下单", "常规挽回")


def test_only_who_looks_after_customers_can_be_chosen(town):
    for choice in (BeginForm().fields["owner"], GiveForm().fields["to"]):
        assert town.lin in choice.queryset
        assert town.sun not in choice.queryset


def test_the_page_speaks_of_the_step_that_is_completed(play, as_wang):
    assert "完成这一步" in as_wang.get(play.get_absolute_url()).content.decode()


@pytest.mark.parametrize(
    ("days", "says"),
    [
        (range(5, 400, 30), "和平时一样"),
        (range(60, 400, 30), "比平时晚了"),
        (range(150, 700, 30), "该问问有什么变化"),
        ((200,), "买过一次"),
    ],
)
def test_value_is_told_in_words_without_figures_of_statistics(town, days, says):
    buys(town.zhang, *days, amount=3200)
    reckon_today()
    figures = town.zhang.figures
    figures.refresh_from_db()
    told = "".join(value_sentences(figures, months=12, today=localdate(), amounts=True))
    assert says in told
    assert "3,200" in told
    assert "%" not in told.replace("前 1%", "")


@pytest.mark.parametrize(("days", "says"), [((200,), "有第二单之后才能预测"), ((100, 200), "复购客户还不够多")])
def test_where_nothing_can_be_foreseen_the_third_sentence_says_why(town, days, says):
    buys(town.zhang, *days, amount=3200)
    reckon_today()
    figures = town.zhang.figures
    figures.refresh_from_db()
    *told, last = value_sentences(figures, months=12, today=localdate(), amounts=True)
    assert len(told) == 2
    assert says in last


@pytest.mark.parametrize(
    ("percentile", "orders", "says"),
    [(100.0, 15.3, "前 1%"), (87.4, 3.0, "前 13%"), (50.0, 1.2, "与多数回头客相当"), (0.0, 0.3, "不太会再下单")],
)
def test_a_forecast_is_in_whole_orders_and_never_beyond_everybody(town, percentile, orders, says):
    buys(town.zhang, *range(5, 400, 30), amount=3200)
    reckon_today()
    figures = town.zhang.figures
    figures.expected_orders, figures.value_percentile, figures.lifetime_value = orders, percentile, 9000
    *_past, future = value_sentences(figures, months=12, today=localdate(), amounts=True)
    assert says in future
    assert "." not in future


def test_a_forecast_says_how_far_it_reaches(town):
    buys(town.zhang, *range(5, 400, 30), amount=3200)
    reckon_today()
    figures = town.zhang.figures
    figures.expected_orders, figures.value_percentile, figures.lifetime_value = 24.0, 70.0, 70_000
    one, three = (value_sentences(figures, months=n, today=localdate(), amounts=False)[-1] for n in (12, 36))
    assert "未来一年预计再下单约 24 次" in one
    assert "未来 36 个月预计再下单约 24 次" in three
