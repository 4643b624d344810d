"""Mailings by SMS, through the gateway's own door to a server on this machine."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import now

from huiying.customers.models import Contact, Customer, Reach
from huiying.engagement.actions.mailing import MailingDraft, make_mailing, release
from huiying.engagement.actions.mailing_sending import send_mailings
from huiying.engagement.models import Interaction, Mailing, Recipient
from huiying.engagement.unsubscribing import link_for
from huiying.notifications.models import SmsGateway
from huiying.notifications.tests.exchange import Exchange, opened

TEMPLATE = '{"to": "{phone}", "said": {"text": "{text}"}}'


@pytest.fixture
def provider(db, settings):
    settings.PRIVATE_TARGETS = True
    exchange = Exchange(answer={"code": 0})
    server = opened(exchange)
    words = {"template": TEMPLATE, "header": "X-Key", "secret": "geheim", "success": '"code": 0'}
    SmsGateway.objects.create(pk=1, url=exchange.url, **words)
    yield exchange
    server.shutdown()


@pytest.fixture
def written_to(town, actor):
    """Release a mailing by SMS to so many customers of 杭州."""

    def written_to_(count=1):
        for n in range(count):
            add_customer(n, town.lin)
        words = {"name": "三月贴士", "means": "sms", "text": "{contact}您好，滤芯该换了"}
        by = actor(town.li)
        made = make_mailing(MailingDraft(**words, chosen={"region": "杭州"}), by=by, at=now())
        release(made, starts_at=None, by=by, at=now())
        return made

    return written_to_


def add_customer(n, owner):
    someone = Customer.objects.create(number=f"C9{n:05}", name=f"甲{n}", name_key=f"甲{n}", region="杭州", owner=owner)
    contact = Contact.objects.create(customer=someone, name=f"联系人{n}", is_main=True, consent_at=now())
    key = f"139{n:08}"
    Reach.objects.create(contact=contact, customer=someone, kind="phone", value=key, key=key, reversed_key=key[::-1])


def beat(times=4):
    for _beat in range(times):
        send_mailings(now())


def test_a_text_goes_to_the_gateway_and_counts_as_a_contact(provider, written_to):
    made = written_to()
    beat()
    (call,) = provider.calls
    contact = Contact.objects.get(name="联系人0")
    said = f"联系人0您好，滤芯该换了 不想再收到这类消息，请点：{link_for(contact.pk)}"
    assert provider.body() == {"to": "13900000000", "said": {"text": said}}
    assert call[3]["X-Key"] == "geheim"
    one = Recipient.objects.get()
    assert (one.state, one.message.channel, one.message.text) == ("sent", "sms", said)
    assert Interaction.objects.get().means == "sms"
    made.refresh_from_db()
    assert made.state == Mailing.State.DONE


def test_each_of_many_gets_one(provider, written_to):
    written_to(120)
    beat(8)
    assert len(provider.calls) == 120
    assert {provider.body(n)["to"] for n in range(120)} == {f"139{n:08}" for n in range(120)}


def test_a_gateway_that_is_busy_is_asked_again_later(provider, written_to, monday_morning):
    provider.status = 503
    written_to()
    beat()
    one = Recipient.objects.get()
    assert (one.state, one.attempts, len(provider.calls)) == ("waiting", 1, 1)
    assert "503" in one.error
    provider.status = 200
    monday_morning.shift(timedelta(minutes=3))
    beat()
    assert Recipient.objects.get().state == "sent"


def test_what_the_gateway_refuses_is_told(provider, written_to, as_li):
    provider.answer = {"code": 15, "msg": "号码在黑名单"}
    made = written_to()
    beat()
    assert Recipient.objects.get().state == "failed"
    assert "\\u53f7" in Recipient.objects.get().error
    assert "发送失败" in as_li.get(f"/care/mailings/{made.pk}/?state=failed").content.decode()


def test_one_whose_sending_was_interrupted_is_told_of_and_never_sent_by_itself(
    provider, written_to, as_li, monday_morning
):
    made = written_to()
    send_mailings(now())
    Recipient.objects.update(state="sending", claimed_at=now())
    monday_morning.shift(timedelta(minutes=16))
    beat()
    assert not provider.calls
    assert Recipient.objects.get().state == "failed"
    assert "可能已送达" in as_li.get(f"/care/mailings/{made.pk}/").content.decode()


def test_a_text_costs_few_statements_however_many(provider, written_to):
    written_to(150)
    while Mailing.objects.filter(state="filling").exists():
        send_mailings(now())
    counts = []
    for _round in range(2):
        before = len(provider.calls)
        with CaptureQueriesContext(
            connection,
        ) as captured:
            send_mailings(now())
        counts.append(len(captured) / (len(provider.calls) - before))
    assert max(counts) < 15
