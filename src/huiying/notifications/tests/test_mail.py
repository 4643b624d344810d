"""Notices leave by mail over a real socket: together, in their rhythm, once, and seen when they do not arrive."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from huiying.channels.tests.post_office import free_port
from huiying.notifications.dispatching import CLAIM_LASTS
from huiying.notifications.dispatching import dispatch_mails as dispatch
from huiying.notifications.models import Dispatch, Notice
from huiying.readiness import late_notices

pytestmark = pytest.mark.django_db
State = Dispatch.State
BY_MAIL = {"given.mine": frozenset({"app", "mail"})}
ESCALATION = {"event": "escalation", "weight": "escalation"}


@pytest.fixture
def by_mail(town, office, wish):
    wish(town.wang, BY_MAIL)
    return office


def heard(office) -> list[str]:
    return [mail["Subject"] for mail in office.mails]


def test_a_notice_leaves_as_a_mail_that_leads_to_its_case(town, by_mail, told, settings):
    settings.PUBLIC_URL = "https://desk.example.com"
    told(town.wang)
    assert dispatch(timezone.now()) == 1
    (mail,) = by_mail.mails
    assert mail["To"].addresses[0].addr_spec == "wangfang@example.com"
    assert mail["Subject"] == "C1 冰箱送货延误三天：李强 上岗"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert f"https://desk.example.com/notices/{Notice.objects.get().pk}/" in mail.get_content()
    assert Dispatch.objects.get().state == State.SENT


def test_whoever_acted_gets_no_mail_either(town, by_mail, told, wish):
    wish(town.li, BY_MAIL)
    told(town.li, town.wang)
    assert dispatch(timezone.now()) == 1
    assert [mail["To"].addresses[0].username for mail in by_mail.mails] == ["wangfang"]


def test_a_digest_is_one_mail_with_the_list_by_case(town, by_mail, told, wish, pass_time):
    wish(town.wang, rhythm="hourly")
    for headline in ("C1 冰箱", "C2 漏水", "C1 冰箱"):
        told(town.wang, headline=headline)
    pass_time(by=timedelta(minutes=59))
    assert not by_mail.mails
    pass_time(by=timedelta(minutes=2))
    (mail,) = by_mail.mails
    assert mail["Subject"] == "3 条通知，涉及 2 个案件"
    assert mail.get_content().count("C1 冰箱") == 1
    assert mail.get_content().count("李强 上岗") == 3


def test_an_escalation_waits_for_no_digest(town, by_mail, told, wish):
    wish(town.wang, rhythm="daily")
    told(town.wang, **ESCALATION)
    assert dispatch(timezone.now()) == 1
    assert heard(by_mail) == ["【超时】C1 冰箱送货延误三天：李强 上岗"]


def test_the_night_is_quiet_and_the_morning_loses_nothing(town, by_mail, told, pass_time):
    pass_time(by=timedelta(hours=13))  # 23:00
    told(town.wang)
    told(town.wang, headline="C2 漏水")
    told(town.wang, breaks_quiet=True, **ESCALATION)
    pass_time(by=timedelta(hours=8))
    assert not by_mail.mails
    pass_time(by=timedelta(hours=2))
    assert heard(by_mail) == ["3 条通知，涉及 2 个案件"]


def test_what_is_pressing_breaks_the_night_for_whoever_says_so(town, by_mail, told, wish, pass_time):
    wish(town.wang, breaks_quiet=True)
    pass_time(by=timedelta(hours=13))
    told(town.wang, **ESCALATION)
    told(town.wang, headline="C3 VIP", breaks_quiet=True, **ESCALATION)
    pass_time(by=timedelta(minutes=1))
    assert heard(by_mail) == ["【超时】C3 VIP：李强 上岗"]


def test_what_was_read_before_it_left_is_spared(town, by_mail, told, wish, as_wang, pass_time):
    wish(town.wang, rhythm="hourly")
    told(town.wang)
    pass_time(by=timedelta(minutes=5))
    as_wang.get(f"/notices/{Notice.objects.get().pk}/")
    pass_time(by=timedelta(hours=1))
    assert not by_mail.mails
    assert Dispatch.objects.get().state == State.SPARED


def test_patience_grows_and_ends_with_the_reason(town, by_mail, told, monday_morning, caplog):
    by_mail.reply = "451 later"
    told(town.wang)
    for attempt in range(1, Dispatch.GIVE_UP_AFTER):
        dispatch(timezone.now())
        row = Dispatch.objects.get()
        assert row.attempts == attempt
        assert timedelta(0) <= timedelta(minutes=2**attempt) - (row.due_at - timezone.now()) < timedelta(minutes=1)
        alarmed = [found.code for found in late_notices(timezone.now())]
        assert (alarmed == ["notices.stuck"]) == ("failed 5 times" in caplog.text) == (attempt >= Dispatch.ALARM_AT)
        monday_morning.move_to(row.due_at)
    dispatch(timezone.now())
    row = Dispatch.objects.get()
    assert (row.state, row.attempts, row.last_error) == (State.FAILED, 8, "451 later")


def test_an_absent_server_is_waited_for(town, by_mail, told, settings, pass_time):
    there, settings.EMAIL_URL = settings.EMAIL_URL, f"smtp://127.0.0.1:{free_port()}"
    told(town.wang)
    dispatch(timezone.now())
    settings.EMAIL_URL = there
    pass_time(by=timedelta(minutes=3))
    assert len(by_mail.mails) == 1


def test_what_a_killed_worker_held_is_sent_after_a_while_under_the_same_name(town, by_mail, told, monday_morning):
    told(town.wang)
    Dispatch.objects.update(state=State.SENDING, claimed_at=timezone.now(), batch="ab" * 16)
    assert dispatch(timezone.now()) == 0
    monday_morning.shift(CLAIM_LASTS + timedelta(seconds=1))
    assert dispatch(timezone.now()) == 1
    assert by_mail.mails[0]["Message-ID"] == f"<notice.{'ab' * 16}@example.com>"


def test_a_refused_one_is_seen_and_sent_once_more(town, by_mail, told, as_admin, as_wang):
    by_mail.reply = "550 no such person"
    told(town.wang)
    dispatch(timezone.now())
    page = as_admin.get("/settings/notices/log/?view=troubled").content.decode()
    assert "550 no such person" in page
    again = f"/settings/notices/log/{Dispatch.objects.get().pk}/try/"
    assert as_wang.post(again).status_code == 403
    by_mail.reply = ""
    as_admin.post(again)
    dispatch(timezone.now())
    assert len(by_mail.mails) == 1
    as_admin.post(again)
    assert Dispatch.objects.get().state == State.SENT


def test_the_log_costs_the_same_for_one_and_for_fifty(town, by_mail, told, as_admin, django_assert_max_num_queries):
    for _ in range(60):
        told(town.wang)
    with django_assert_max_num_queries(6):
        assert 'rel="next"' in as_admin.get("/settings/notices/log/").content.decode()


def test_a_long_headline_keeps_its_spaces(town, by_mail, told):
    headline = "C1 冰箱 Wi-Fi 送货 iPhone 重新发货 退款 重新发货 延误三天 重新发货 Pro"
    told(town.wang, headline=headline)
    dispatch(timezone.now())
    assert heard(by_mail) == [f"{headline}：李强 上岗"]
