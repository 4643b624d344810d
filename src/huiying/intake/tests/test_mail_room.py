"""The mail room's page: what was set aside, why, and what one can do about it."""

from __future__ import annotations

import pytest
from django.utils import timezone

from huiying.cases.models import Case
from huiying.channels.models import Delivery, Message, RawMail
from huiying.intake.receiving import receive_mail


def receive(head: str, text: str = "请处理") -> RawMail:
    return receive_mail(f"{head}\n\n{text}".encode(), at=timezone.now()).mail


@pytest.fixture
def newsletter(town) -> RawMail:
    return receive("From: shop@example.test\nSubject: 本周特惠\nPrecedence: bulk", "满减<b>优惠</b>")


def test_what_was_set_aside_is_listed_with_its_reason(as_li, newsletter):
    page = as_li.get("/mail/").content.decode()
    assert "本周特惠" in page
    assert "群发" in page or "Mass mail" in page
    assert "本周特惠" in as_li.get("/mail/?view=all").content.decode()


def test_a_mail_is_opened_with_its_text_and_source(as_li, newsletter):
    page = as_li.get(f"/mail/{newsletter.pk}/").content.decode()
    assert "满减&lt;b&gt;优惠&lt;/b&gt;" in page
    assert "Precedence: bulk" in page


def test_the_source_is_saved_never_shown_by_the_browser(as_li, newsletter):
    answer = as_li.get(f"/mail/{newsletter.pk}/source/")
    assert b"".join(answer.streaming_content).startswith(b"From: shop@example.test")
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"


def test_a_mail_is_made_a_case_once(as_li, newsletter):
    for _time in range(2):
        as_li.post(f"/mail/{newsletter.pk}/case/", {"kind": "consultation"})
    newsletter.refresh_from_db()
    case = Case.objects.get()
    assert (case.kind, case.subject) == ("consultation", "本周特惠")
    assert newsletter.message == Message.objects.about(case).get()


def test_even_an_unreadable_mail_becomes_a_case_with_its_original(as_li, town):
    levels = b"".join(b"Content-Type: multipart/mixed; boundary=q%d\n\n--q%d\n" % (n, n) for n in range(2000))
    packed = receive_mail(b"From: a@b.test\n" + levels, at=timezone.now()).mail
    assert as_li.get(f"/mail/{packed.pk}/").status_code == 200
    as_li.post(f"/mail/{packed.pk}/case/", {"kind": "complaint"})
    assert Message.objects.about(Case.objects.get()).get().attachments.get().name == "mail.eml"


def test_who_may_not_see_mails_sees_none(as_wang, newsletter):
    assert as_wang.get("/mail/").status_code == 403
    assert as_wang.get("/mail/undelivered/").status_code == 403
    for place in ("", "source/"):
        assert as_wang.get(f"/mail/{newsletter.pk}/{place}").status_code == 404
    assert as_wang.post(f"/mail/{newsletter.pk}/case/").status_code == 404


def test_mails_of_other_teams_cases_stay_with_them(as_li, as_chen, town):
    filed = receive("From: liu@example.test\nSubject: 少发一件\nMessage-ID: <1@x>")
    Case.objects.update(team=town.first_team, department=town.service)
    assert as_li.get(f"/mail/{filed.pk}/").status_code == 200
    assert as_chen.get(f"/mail/{filed.pk}/").status_code == 404
    assert "少发一件" not in as_chen.get("/mail/?view=all").content.decode()


def test_a_message_given_up_is_listed_and_sent_again(as_li, town):
    filed = receive("From: liu@example.test\nSubject: 少发一件\nMessage-ID: <1@x>")
    Case.objects.update(team=town.first_team, department=town.service)
    lost = Delivery.objects.create(
        message=filed.message, channel="email", recipient="liu@example.test", state="failed", next_try_at=timezone.now()
    )
    assert "550 no" not in as_li.get("/mail/undelivered/").content.decode()
    Delivery.objects.update(last_error="550 no such person")
    assert "550 no such person" in as_li.get("/mail/undelivered/").content.decode()
    as_li.post(f"/mail/undelivered/{lost.pk}/another-try/")
    lost.refresh_from_db()
    assert lost.state == "waiting"


def test_a_list_costs_the_same_however_long(as_li, town, django_assert_max_num_queries):
    for number in range(12):
        receive(f"From: shop@example.test\nSubject: {number}\nPrecedence: bulk\nMessage-ID: <{number}@x>")
    with django_assert_max_num_queries(8):
        as_li.get("/mail/")
