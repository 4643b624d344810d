"""A customer's timeline: what took place when, narrowed by kind, period and words, at the same cost however long."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import get_args

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import now

from huiying.cases.actions import Caller, Draft, register
from huiying.channels.models import Message
from huiying.customers.api.timeline import About
from huiying.customers.models import Order, Score
from huiying.customers.queries import timeline
from huiying.customers.story import Wanted, kinds
from huiying.engagement.models import Interaction
from huiying.journal.models import Entry

KINDS_TOLD = {"phone": "来电问安装", "visit": "上门看了展厅", "wechat": "发来户型图", "orders": "对开门冰箱"}


def interaction(customer, means, content, at, owner=None):
    return Interaction(customer=customer, means=means, content=content, at=at, owner=owner)


def word(customer, text, at, **more):
    about = {"subject_type": "customers.customer", "subject_id": customer.pk, "customer_id": customer.pk}
    return Message(direction="in", channel="phone", at=at, text=text, **{**about, **more})


def tagged(customer, at, tag):
    about = {"subject_type": "customers.customer", "subject_id": customer.pk, "customer_id": customer.pk}
    actor = {"actor_kind": "staff", "actor_name": "王芳"}
    return Entry(at=at, verb="customer_tagged", facts={"tag": tag}, **about, **actor)


def bought(customer, number, day):
    return Order(customer=customer, number=number, product="对开门冰箱", amount=Decimal(3999), ordered_on=day)


@pytest.fixture
def told(town):
    """张敏 called, was visited, wrote, ordered, answered a survey and was tagged."""
    zhang, moment = town.zhang, now()
    Message.objects.bulk_create([word(zhang, KINDS_TOLD["phone"], moment - timedelta(days=2))])
    Interaction.objects.bulk_create(
        [
            interaction(zhang, "visit", KINDS_TOLD["visit"], moment - timedelta(days=40), town.lin),
            interaction(zhang, "wecom", KINDS_TOLD["wechat"], moment - timedelta(days=400)),
        ]
    )
    Order.objects.bulk_create([bought(zhang, "D7", date(2026, 2, 1))])
    Score.objects.create(customer=zhang, at=moment - timedelta(days=5), points=60, survey="季度回访")
    Entry.objects.bulk_create([tagged(zhang, moment - timedelta(days=3), "老客户")])
    return zhang


def lines(client, customer, **asked):
    return client.get(reverse("customers:timeline", args=[customer.number]), asked).context["page"].items


def text(client, customer, **asked):
    return client.get(reverse("customers:timeline", args=[customer.number]), asked).content.decode()


@pytest.mark.parametrize("kind", KINDS_TOLD)
def test_a_kind_shows_its_own_and_no_other(told, as_wang, kind):
    page = text(as_wang, told, about=kind)
    assert KINDS_TOLD[kind] in page
    for other in KINDS_TOLD.keys() - {kind}:
        assert KINDS_TOLD[other] not in page


def test_several_kinds_show_together_and_an_unknown_one_is_as_good_as_none(told, as_wang):
    both = text(as_wang, told, about=["visit", "orders"])
    assert KINDS_TOLD["visit"] in both
    assert KINDS_TOLD["orders"] in both
    assert KINDS_TOLD["phone"] not in both
    assert KINDS_TOLD["phone"] in text(as_wang, told, about="unheard-of")


def test_everything_stands_where_it_took_place_whenever_it_was_written_down(told, as_wang):
    days = [item.at for item in lines(as_wang, told)]
    assert days == sorted(days, reverse=True)
    assert [item.key[0] for item in lines(as_wang, told, since="2026-01-01")] == ["m", "e", "s", "o", "i"]


def test_each_thing_is_told_once(told, town, actor, as_wang):
    from huiying.customers.actions.order import add_order
    from huiying.customers.drafts import OrderDraft

    draft = OrderDraft(number="D8", product="洗衣机", ordered_on=date(2026, 3, 1))
    add_order(told, draft, by=actor(town.li), at=now())
    assert text(as_wang, told).count("D8") == 1


def test_a_period_is_chosen_quickly_or_by_two_days(told, as_wang):
    assert KINDS_TOLD["visit"] not in text(as_wang, told, period="30")
    assert KINDS_TOLD["phone"] in text(as_wang, told, period="7")
    assert KINDS_TOLD["wechat"] not in text(as_wang, told, period="last-year", about="phone")
    day = text(as_wang, told, period="between", since="2026-02-01", until="2026-02-01")
    assert "D7" in day
    assert KINDS_TOLD["phone"] not in day


def test_days_the_wrong_way_round_are_explained_and_stay(told, as_wang):
    page = text(as_wang, told, period="between", since="2026-02-02", until="2026-02-01")
    assert "开始日期晚于结束日期" in page
    assert 'value="2026-02-02"' in page
    assert KINDS_TOLD["phone"] not in page


@pytest.mark.parametrize(
    ("words", "keys"),
    [
        ("展厅", "i"),
        ("安装", "m"),
        ("冰箱", "o"),
        ("季度", "s"),
        ("老客户", "e"),
        ("王芳 老客户", "e"),
        ("展厅 安装", ""),
    ],
)
def test_words_are_found_in_whatever_the_line_says(told, as_wang, words, keys):
    assert [item.key[0] for item in lines(as_wang, told, find=words)] == list(keys)


def test_words_are_found_in_names_of_codes_and_of_cases(told, town, actor, as_wang):
    draft = Draft(kind="complaint", channel="phone", description="门铰链断了", caller=Caller(customer=told))
    case = register(draft, by=actor(town.wang), at=now())
    found = lines(as_wang, told, find="铰链", about="cases")
    assert any(item.address == case.get_absolute_url() and item.kind == "event" for item in found)
    assert "<mark>铰链</mark>" in text(as_wang, told, find="铰链")


def test_amounts_are_not_found_by_whom_they_are_hidden_from(told, town, as_wang, sign_in):
    town.wang.role.powers.remove("customers.amounts")
    town.wang.role.save()
    assert lines(sign_in(town.wang), told, find="3,999") == []


def test_the_address_keeps_what_is_chosen(told, as_wang):
    address = reverse("customers:timeline", args=[told.number])
    head = {"HX-Request": "true", "HX-Trigger": "story-filter", "HX-Current-URL": f"http://t{told.get_absolute_url()}"}
    answer = as_wang.get(address, {"find": "展厅", "about": "visit", "period": "", "since": ""}, headers=head)
    kept = answer["HX-Replace-Url"]
    assert kept == f"{told.get_absolute_url()}?find=%E5%B1%95%E5%8E%85&about=visit#story"
    page = as_wang.get(kept).content.decode()
    assert 'value="展厅"' in page
    assert f"{address}?find=%E5%B1%95%E5%8E%85" in page


def test_without_scripts_the_timeline_is_a_page_with_earlier_ones(told, as_wang):
    Entry.objects.bulk_create(tagged(told, now() - timedelta(days=9, hours=n), f"贴纸{n}") for n in range(40))
    address = reverse("customers:timeline", args=[told.number])
    first = as_wang.get(address, {"find": "贴纸"})
    assert "<html" in first.content.decode()
    older = as_wang.get(f"{address}?{first.context['older']}")
    keys = [item.key for answer in (first, older) for item in answer.context["page"].items]
    assert len(keys) == len(set(keys)) == 40


def fill(customer, number):
    """Write so many lines of all strands, with many a one at the same moment."""
    moments = [now() - timedelta(hours=n // 3) for n in range(number)]
    Entry.objects.bulk_create(tagged(customer, at, f"标签{n}") for n, at in enumerate(moments[: number // 5 * 2]))
    Message.objects.bulk_create(word(customer, f"第{n}句冰箱", at) for n, at in enumerate(moments[: number // 5]))
    Interaction.objects.bulk_create(
        interaction(customer, "phone", f"第{n}次说冰箱", at) for n, at in enumerate(moments[: number // 5])
    )
    days = (date(2026, 3, 1) - timedelta(days=n // 2) for n in range(number // 5))
    Order.objects.bulk_create(bought(customer, f"F{number}-{n}", day) for n, day in enumerate(days))


ASKED = ({}, {"about": ["phone", "orders", "archive"]}, {"find": "冰箱"}, {"find": "标签1", "period": "this-year"})


def test_five_thousand_lines_cost_what_sixty_do(town, as_wang):
    address = reverse("customers:timeline", args=[town.zhang.number])

    def costs():
        for asked in ASKED:
            with CaptureQueriesContext(connection) as context:
                assert len(as_wang.get(address, asked).context["page"].items) > 10
            yield len(context)

    fill(town.zhang, 60)
    few = list(costs())
    fill(town.zhang, 5_000)
    assert list(costs()) == few


def test_the_pages_tell_every_line_once_and_in_order(town, actor):
    fill(town.zhang, 400)
    found, cursor = [], ""
    while cursor is not None:
        page = timeline(town.zhang, by=actor(town.wang), wanted=Wanted(), cursor=cursor)
        found, cursor = [*found, *page.items], page.next_cursor
    assert len(found) == len({item.key for item in found}) >= 400
    assert [item.at for item in found] == sorted((item.at for item in found), reverse=True)


def test_no_page_tells_that_something_is_hidden_nor_which_words_stand_in_it(told, town, actor, program):
    draft = Draft(kind="complaint", channel="phone", description="门铰链断了", caller=Caller(customer=told))
    case = register(draft, by=actor(town.wang), at=now())
    about = {"subject_type": "cases.case", "subject_id": case.pk}
    Message.objects.bulk_create(word(told, f"铰链{n}", now() - timedelta(days=n), **about) for n in range(1, 300))
    chen, address = program(town.chen), f"customers/{told.number}/timeline"
    assert chen.get(address, q="铰链", limit=1).json() == {"items": [], "next_cursor": None}
    seen, cursor = [], ""
    while cursor is not None:
        page = chen.get(address, limit=1, cursor=cursor).json()
        seen, cursor = [*seen, *page["items"]], page["next_cursor"]
        assert len(page["items"]) == 1
    assert len(seen) == 6
    assert program(town.wang).get(address, q="铰链", limit=1).json()["next_cursor"]


@pytest.mark.parametrize("asked", [{"since": "0001-01-01"}, {"until": "9999-12-31"}])
def test_a_day_that_no_calendar_reckons_with_is_refused(told, town, as_wang, program, asked):
    assert program(town.wang).get(f"customers/{told.number}/timeline", **asked).status_code == 422
    assert as_wang.get(reverse("customers:timeline", args=[told.number]), asked).status_code == 200


def test_whatever_concerns_a_customer_belongs_to_a_kind():
    labels = tuple(label for kind in kinds() for label in kind.subjects)
    told = [model._meta.label_lower for model in apps.get_models() if hasattr(model, "concerns_customer_id")]
    assert [label for label in told if not label.startswith((*labels, "huiying_channels."))] == []


def test_the_interface_knows_the_kinds_of_the_page():
    assert [kind.code for kind in kinds() if kind.code not in get_args(About)] == []
