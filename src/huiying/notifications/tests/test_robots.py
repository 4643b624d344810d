"""Robots speak over a real socket in the documented words of each kind, call whom it concerns, and keep their keys."""

from __future__ import annotations

import base64
import hashlib
import hmac
from datetime import timedelta

import pytest
from django.utils import timezone

from huiying.journal.models import Entry
from huiying.kit.guards import BadInput, Refused
from huiying.notifications.actions.robot import RobotDraft, add_robot, name_handles, remove_robot
from huiying.notifications.dispatching import dispatch_by_robots
from huiying.notifications.models import Dispatch, Handle, Notice, Robot
from huiying.staff.models import User

pytestmark = pytest.mark.django_db
State = Dispatch.State
PAGE = "/settings/notices/robots/"


@pytest.fixture
def over(wish, told, town):
    """Return a function: 王芳 and others wish to be told over a road, and are."""

    def over_(road, *people, headline="C1 冰箱送货延误三天"):
        for person in people or (town.wang,):
            wish(person, {"given.mine": frozenset({"app", road})})
        told(*(people or (town.wang,)), headline=headline)

    return over_


def test_a_wecom_robot_calls_by_mobile_number_or_name(town, robot, over, exchange, settings):
    settings.PUBLIC_URL = "https://desk.example.com"
    User.objects.filter(pk=town.wang.pk).update(phone="138 0013 8000")
    robot("wecom")
    over("wecom")
    assert dispatch_by_robots(timezone.now()) == 1
    said = exchange.body()
    assert said["msgtype"] == "text"
    assert said["text"]["mentioned_mobile_list"] == ["13800138000"]
    assert said["text"]["content"].startswith(
        "C1 冰箱送货延误三天\n03-02 10:00 李强 上岗\nhttps://desk.example.com/cases/C1/"
    )
    assert exchange.query() == {"key": ["geheim-4711"]}


def test_a_dingtalk_robot_signs_in_the_query(town, robot, over, exchange, actor):
    name_handles(town.wang, {"dingtalk": "manager4711"}, by=actor(town.wang), at=timezone.now())
    robot("dingtalk", secret="SECabc")
    over("dingtalk")
    dispatch_by_robots(timezone.now())
    stamp = exchange.query()["timestamp"][0]
    mac = hmac.new(b"SECabc", f"{stamp}\nSECabc".encode(), hashlib.sha256).digest()
    assert exchange.query()["sign"] == [base64.b64encode(mac).decode()]
    assert abs(int(stamp) / 1000 - timezone.now().timestamp()) < 60
    assert exchange.body()["at"] == {"atMobiles": [], "atUserIds": ["manager4711"], "isAtAll": False}
    assert exchange.body()["text"]["content"].endswith("@manager4711")


def test_a_feishu_robot_signs_in_the_body_and_nobody_can_call_everybody(town, robot, over, exchange, actor):
    name_handles(town.wang, {"feishu": "ou_84aad35d"}, by=actor(town.wang), at=timezone.now())
    robot("feishu", secret="demo")
    over("feishu", headline='C1 <at user_id="all">所有人</at>')
    dispatch_by_robots(timezone.now())
    said = exchange.body()
    mac = hmac.new(f"{said['timestamp']}\ndemo".encode(), b"", hashlib.sha256).digest()
    assert said["sign"] == base64.b64encode(mac).decode()
    assert said["content"]["text"].count("<at ") == 1
    assert said["content"]["text"].endswith('<at user_id="ou_84aad35d">王芳</at>')


def test_what_is_discreet_is_said_in_no_group(town, robot, wish, told, exchange):
    wish(town.wang, {"given.mine": frozenset({"wecom"})})
    robot("wecom")
    told(town.wang, discreet=True)
    notice = Notice.objects.get(user=town.wang)
    assert (notice.read_at, notice.dispatches.count()) == (None, 0)
    mine = robot("wecom", owner=town.wang)
    told(town.wang, discreet=True)
    assert Dispatch.objects.get().robot == mine


def test_nobody_is_called_everybody(town, as_wang):
    for kind, name in (("feishu", "all"), ("wecom", "@all"), ("dingtalk", " @ALL ")):
        assert as_wang.post("/settings/notices/own/", {kind: name}).status_code == 422, kind
    assert not Handle.objects.exists()
    assert as_wang.post("/settings/notices/own/", {"wecom": "allan"}).status_code == 302
    assert Handle.objects.get().name == "allan"


def test_a_group_is_told_once_and_calls_all_whom_it_concerns(town, robot, over, exchange):
    robot("wecom", team=None)
    over("wecom", town.wang, town.chen)
    assert dispatch_by_robots(timezone.now()) == 1
    content = exchange.body()["text"]["content"]
    assert content.count("C1 冰箱") == 1
    assert "@王芳" in content
    assert "@陈静" in content


def test_a_robot_takes_a_breath_and_what_comes_meanwhile_goes_together(town, robot, over, exchange, pass_time):
    robot("wecom")
    for number in range(4):
        over("wecom", headline=f"C{number} 案件")
        dispatch_by_robots(timezone.now())
    assert len(exchange.calls) == 1
    pass_time(by=timedelta(seconds=5))
    dispatch_by_robots(timezone.now())
    assert len(exchange.calls) == 2
    assert not Dispatch.objects.exclude(state=State.SENT).exists()


def test_ones_own_robot_comes_before_the_teams_and_calls_nobody(town, robot, over, exchange):
    robot("wecom")
    mine = robot("wecom", owner=town.wang)
    over("wecom")
    assert Dispatch.objects.get().robot == mine
    dispatch_by_robots(timezone.now())
    assert "@" not in exchange.body()["text"]["content"]


@pytest.mark.parametrize(
    ("status", "answer", "state", "reason"),
    [
        (200, {"errcode": 93000, "errmsg": "invalid webhook url"}, State.FAILED, "93000 invalid webhook url"),
        (200, {"errcode": 45009, "errmsg": "api freq out of limit"}, State.WAITING, "45009 api freq out of limit"),
        (200, b"<html>proxy</html>", State.WAITING, "HTTP 200 <html>proxy</html>"),
        (502, b"bad gateway", State.WAITING, "HTTP 502 bad gateway"),
        (302, b"", State.FAILED, "HTTP 302"),
        (404, b"gone", State.FAILED, "HTTP 404 gone"),
    ],
)
def test_what_a_robot_answers_is_understood(town, robot, over, exchange, status, answer, state, reason):
    exchange.status, exchange.answer = status, answer
    exchange.headers = {"Location": exchange.url} if status == 302 else {}
    robot("wecom")
    over("wecom")
    dispatch_by_robots(timezone.now())
    row = Dispatch.objects.get()
    assert (row.state, row.last_error.strip()) == (state, reason)
    assert len(exchange.calls) == 1


def test_an_answer_without_end_is_cut(town, robot, over, exchange):
    exchange.answer = b"x" * 5_000_000
    robot("wecom")
    over("wecom")
    dispatch_by_robots(timezone.now())
    assert len(Dispatch.objects.get().last_error) < 400


def test_what_a_removed_robot_should_have_said_is_given_up(town, robot, over, exchange, actor):
    gone = robot("wecom")
    over("wecom")
    remove_robot(gone, by=actor(town.admin), at=timezone.now())
    dispatch_by_robots(timezone.now())
    assert (Dispatch.objects.get().state, Dispatch.objects.get().last_error) == (State.FAILED, "机器人已删除。")


def test_keys_are_never_shown_again_nor_written_down(town, robot, as_admin):
    kept = robot("dingtalk", secret="SECabcdef")
    as_admin.post(f"{PAGE}{kept.pk}/", {"name": "新名字", "secret": "SECnew"})
    pages = as_admin.get(PAGE).content.decode() + as_admin.get(f"{PAGE}{kept.pk}/").content.decode()
    journal = str(list(Entry.objects.about(kept).values_list("facts", flat=True)))
    for secret in ("geheim", "SECabc", "SECnew"):
        assert secret not in pages + journal
    kept.refresh_from_db()
    assert (kept.name, kept.secret, kept.url.endswith("geheim-4711")) == ("新名字", "SECnew", True)


def test_a_test_speaks_at_once_or_says_why_not(town, robot, as_admin, exchange):
    kept = robot("wecom")
    as_admin.post(f"{PAGE}{kept.pk}/test/")
    assert "测试" in exchange.body()["text"]["content"]
    exchange.answer = {"errcode": 93000, "errmsg": "invalid webhook url"}
    assert "93000 invalid webhook url" in as_admin.post(f"{PAGE}{kept.pk}/test/", follow=True).content.decode()


def test_everybody_keeps_their_own_robot_and_nobody_elses(town, robot, as_wang, as_admin, as_li, actor):
    mine = robot("wecom", owner=town.wang)
    assert mine.name in as_wang.get("/settings/notices/own/").content.decode()
    assert as_li.get(f"{PAGE}{mine.pk}/").status_code == as_admin.get(f"{PAGE}{mine.pk}/").status_code == 404
    with pytest.raises(Refused):
        remove_robot(mine, by=actor(town.admin), at=timezone.now())
    as_wang.post(f"{PAGE}{mine.pk}/removal/")
    assert not Robot.objects.exists()


@pytest.mark.parametrize(
    "url",
    [
        "http://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=1",
        "https://127.0.0.1/hook",
        "https://[::1]/hook",
        "https://[::ffff:10.0.0.8]/hook",
        "https://169.254.169.254/latest/meta-data",
        "https://localhost/hook",
        "https://evil.example.com/hook",
        "https://qyapi.weixin.qq.com@evil.example.com/",
        "https://qyapi.weixin.qq.com.evil.example.com/",
        "https://[qyapi.weixin.qq.com/",
        "https://xn--a/",
        "file:///etc/passwd",
        "nonsense",
    ],
)
def test_a_robot_lives_where_such_robots_live(town, actor, url):
    with pytest.raises(BadInput) as refused:
        add_robot(RobotDraft(kind="wecom", name="群", url=url), by=actor(town.admin), at=timezone.now())
    assert refused.value.field == "url"


def test_there_is_one_robot_of_a_kind_for_the_same_people(town, robot):
    robot("wecom")
    robot("wecom", team=town.second_team)
    with pytest.raises(BadInput):
        robot("wecom")
