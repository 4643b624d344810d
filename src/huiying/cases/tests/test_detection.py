"""Detection: people who speak alike and are unusually many stand out; one loud person and the usual do not (C12)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from huiying.cases.detection import Emergence, Joining, Matter, Told, Watch
from huiying.cases.detection.findings import chance_of
from huiying.cases.detection.reports import joined, marks_of, terms_of

DAY = timedelta(days=1)
START = datetime(2026, 3, 2, 2, tzinfo=UTC)
DOOR = ("云帆冰箱 BCD-520 箱门关不严", "买的云帆 BCD-520 冰箱，箱门关不严，冷藏室一直结霜")
USUAL = (
    ("物流迟到两天", "快递说好周三送，周五才到"),
    ("发票抬头开错", "抬头应该是公司全称，请重开"),
    ("遥控器失灵", "空调遥控器按了没有反应"),
    ("会员积分没有到账", "上月消费的积分至今没有到账"),
    ("客服电话打不通", "连续三天打客服热线都占线"),
    ("洗衣机脱水时晃动", "脱水的时候机器移位，声音很大"),
    ("安装师傅没有按约上门", "约好上午安装，等到晚上也没有人来"),
    ("退款还没有到", "退货已经签收一周，钱没有退"),
)


@pytest.fixture
def watch():
    """Nine weeks of a small house: one matter a day, each told a little differently."""
    watch = Watch()
    for day in range(63):
        subject, text = USUAL[day % len(USUAL)]
        watch.remember(told(-day - 1, START - DAY * (63 - day), subject, f"{text} 单号{day * 7919}", f"p{day}"))
    return watch


def told(key, at, subject, text, person=None, **parts):
    return Told(key=key, at=at, person=person or f"customer {key}", subject=subject, text=text, **parts)


def door(key, days, person=None, **parts):
    return told(key, START + DAY * days, *DOOR, person, **parts)


def test_three_people_with_the_same_new_matter_stand_out(watch):
    assert watch.examine(door(1, 0)) is None
    assert watch.examine(door(2, 1)) is None
    found = watch.examine(door(3, 2))
    assert isinstance(found, Emergence)
    assert (set(found.members), found.people) == ({1, 2, 3}, 3)
    assert found.chance < 0.001
    assert "箱门关不严" in "".join(found.words)


def test_one_person_who_writes_three_times_does_not(watch):
    assert [watch.examine(door(key, key, "张敏")) for key in (1, 2, 3)] == [None, None, None]


def test_people_who_spoke_more_than_a_week_apart_do_not(watch):
    assert [watch.examine(door(key, 8 * key)) for key in (1, 2, 3)] == [None, None, None]


def test_what_comes_every_week_stands_out_only_when_it_is_more_than_usual():
    watch = Watch()
    for week in range(8):
        for one in range(2):
            watch.remember(door(-2 * week - one - 1, -56 + 7 * week + one))
    found = [watch.examine(door(key, 1)) for key in range(1, 12)]
    first = next(place for place, one in enumerate(found) if one is not None)
    assert 6 <= first <= 9  # two a week are usual; three would stand out where nobody had spoken of it


def test_a_new_house_needs_more_people_than_one_that_knows_what_is_usual():
    watch = Watch()
    found = [watch.examine(door(key, 0)) for key in range(1, 6)]
    assert [one is None for one in found] == [True, True, True, True, False]


def test_a_later_report_of_a_known_matter_joins_it(watch):
    for key in (1, 2, 3):
        watch.remember(door(key, key))
    watch.know([Matter("incident:7", {1, 2, 3})])
    later = told(9, START + 9 * DAY, "箱门有缝隙", "云帆 BCD-520 冰箱箱门关不严，冷藏室结霜很厚")
    found = watch.examine(later)
    assert isinstance(found, Joining)
    assert (found.key, found.matter) == (9, "incident:7")
    assert watch.examine(told(10, START + 9 * DAY, "快递箱子破了", "冰箱外包装破损，请尽快换货")) is None


def test_what_was_called_usual_stands_out_again_only_when_doubled(watch):
    normal = {1, 2, 3}
    for key in normal:
        watch.remember(door(key, 0))
    found = []
    for key in range(4, 8):
        watch.know([Matter("suspicion:1", normal, people_normal=3)])
        found.append(watch.examine(door(key, 1)))
        normal = normal | {key}
    assert [type(one) for one in found] == [Joining, Joining, Emergence, Emergence]
    assert found[2].people == 6


def test_one_batch_stands_out_whatever_the_words(watch):
    words = ("结霜", "异响", "漏水", "不制冷", "灯不亮", "门歪")
    reports = [
        told(key, START + key * DAY / 2, f"{word}，请处理", f"机身批号：L2503-11，{word}", category="quality/")
        for key, word in enumerate(words, 1)
    ]
    found = [watch.examine(report) for report in reports]
    assert isinstance(found[-1] or found[-2], Emergence)
    assert (found[-1] or found[-2]).marks == ("batch:l2503-11",)


def test_terms_are_runs_of_two_characters_and_whole_latin_words():
    assert terms_of("ＢＣＤ-520 箱门漏") == {"bcd-520", "箱门", "门漏"}
    assert joined(["景园", "伊景", "车位", "园滨"]) == ["伊景园滨", "车位"]


def test_marks_name_batch_product_and_place():
    one = told(1, START, "x", "批次 A1234 有问题", product="BCD-520", place="浦东店", category="quality/leak/")
    assert marks_of(one) == ("batch:a1234", "product:bcd-520|quality/leak/", "place:浦东店|quality/leak/")


@pytest.mark.parametrize(("people", "expected", "chance"), [(3, 1.0, 0.0803), (1, 0.5, 0.3935), (0, 2.0, 1.0)])
def test_chance_is_the_upper_tail_of_poisson(people, expected, chance):
    assert chance_of(people, expected) == pytest.approx(chance, abs=0.0001)
