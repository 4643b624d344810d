"""Short messages go over whatever gateway takes them by HTTP, in its own words."""

from __future__ import annotations

from urllib.parse import parse_qs

import pytest
from django.utils import timezone

from huiying.journal.models import Entry
from huiying.kit.guards import BadInput
from huiying.notifications.actions.sms import GatewayDraft, set_gateway
from huiying.notifications.dispatching import dispatch_by_sms
from huiying.notifications.models import Dispatch, SmsGateway
from huiying.staff.models import User

pytestmark = pytest.mark.django_db
PAGE = "/settings/notices/sms/"
JSON = '{"to": ["{phone}"], "body": {"content": "{text}", "n": 1}}'


@pytest.fixture
def gateway(town, actor, exchange):
    def gateway_(template=JSON, **words):
        draft = GatewayDraft(url=exchange.url, template=template, **words)
        set_gateway(draft, by=actor(town.admin), at=timezone.now())

    return gateway_


@pytest.fixture
def text_wang(town, wish, told):
    def text(**words):
        User.objects.filter(pk=town.wang.pk).update(phone="+86 138-0013-8000")
        wish(town.wang, {"given.mine": frozenset({"app", "sms"})})
        told(town.wang, **words)
        return dispatch_by_sms(timezone.now())

    return text


def test_a_gateway_that_speaks_json(gateway, text_wang, exchange):
    gateway(header="Authorization", secret="Bearer geheim")
    assert text_wang(headline='C1 "引号"与{phone}') == 1
    said = exchange.body()
    assert said["to"] == ["13800138000"]
    assert said["body"]["content"].startswith('C1 "引号"与{phone}，李强 上岗 http')
    assert exchange.calls[0][3]["Authorization"] == "Bearer geheim"
    assert Dispatch.objects.get().state == Dispatch.State.SENT


def test_a_gateway_that_takes_forms(gateway, text_wang, exchange):
    gateway("mobile={phone}&msg=[回应]{text}&type=1")
    text_wang(headline="C1 a&b=c")
    form = parse_qs(exchange.calls[0][2].decode())
    assert (form["mobile"], form["type"]) == (["13800138000"], ["1"])
    assert form["msg"][0].startswith("[回应]C1 a&b=c")


@pytest.mark.parametrize(
    ("status", "answer", "state"),
    [(200, {"code": 7}, "failed"), (503, {}, "waiting"), (401, {}, "failed"), (200, {"code": 0}, "sent")],
)
def test_what_the_gateway_answers_is_understood(gateway, text_wang, exchange, status, answer, state):
    exchange.status, exchange.answer = status, answer
    gateway(success='"code": 0')
    text_wang()
    assert Dispatch.objects.get().state == state


def test_without_a_gateway_or_a_number_the_road_is_closed(gateway, text_wang, town, wish, told):
    assert text_wang() == 0
    gateway()
    User.objects.filter(pk=town.wang.pk).update(phone="021-5555")
    told(town.wang)
    assert not Dispatch.objects.exists()


def test_its_key_is_never_shown_again(gateway, town, as_admin, exchange):
    gateway(header="X-Key", secret="geheim-9")
    as_admin.post(PAGE, {"url": exchange.url, "template": JSON, "active": "on"})
    assert "geheim-9" not in as_admin.get(PAGE).content.decode()
    assert "geheim" not in str(list(Entry.objects.filter(verb="sms_gateway_changed").values_list("facts")))


def test_its_key_does_not_follow_to_another_server(gateway, town, as_admin):
    gateway(header="X-Key", secret="geheim-9")
    moved = {"url": "https://sms.example.com/send", "template": JSON, "header": "X-Key", "active": "on"}
    assert as_admin.post(PAGE, moved).status_code == 422
    assert as_admin.post(PAGE, {**moved, "secret": "neu-7"}).status_code == 302
    assert as_admin.post(PAGE, {**moved, "url": "https://sms.example.com/v2"}).status_code == 302
    kept = SmsGateway.objects.get()
    assert (kept.url, kept.secret) == ("https://sms.example.com/v2", "neu-7")


def test_a_test_goes_to_ones_own_phone(gateway, town, as_admin, exchange):
    gateway()
    assert "手机号" in as_admin.post(f"{PAGE}test/", follow=True).content.decode()
    User.objects.filter(pk=town.admin.pk).update(phone="13900139000")
    as_admin.post(f"{PAGE}test/")
    assert exchange.body()["to"] == ["13900139000"]


@pytest.mark.parametrize(
    ("words", "field"),
    [
        ({"template": '{"to": "{phone}"}'}, "template"),
        ({"template": '{"to": "{phone}", {text}'}, "template"),
        ({"template": "just words {phone} {text}"}, "template"),
        ({"header": "X-Key: 1\r\nHost"}, "header"),
        ({"secret": "a\r\nHost: b"}, "secret"),
        ({"url": "ftp://sms.example.com"}, "url"),
    ],
)
def test_what_cannot_be_used_is_refused(town, actor, words, field):
    draft = GatewayDraft(**{"url": "https://sms.example.com/send", "template": JSON, **words})
    with pytest.raises(BadInput) as refused:
        set_gateway(draft, by=actor(town.admin), at=timezone.now())
    assert refused.value.field == field
