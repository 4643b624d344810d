"""Every mail becomes a case, an answer on a case, or is kept and shown with its reason."""

from __future__ import annotations

from email.message import EmailMessage

import pytest
from django.db import IntegrityError, OperationalError
from django.utils import timezone

from huiying.cases.actions.conversation import answer
from huiying.cases.models import Case
from huiying.channels.adapters.mail.sending import header_id_of
from huiying.channels.models import Attachment, Message, RawMail
from huiying.channels.reply_tokens import token_for
from huiying.channels.words import Words
from huiying.intake import receiving
from huiying.intake.reasons import Reason
from huiying.intake.receiving import Received, receive_mail
from huiying.journal.models import Entry

Outcome = RawMail.Outcome
ZHANG = "张敏 <zhang@example.test>"


def mail(text: str = "裤子开线，要求退款", *, subject: str = "投诉", sender: str = ZHANG, **head: str) -> EmailMessage:
    written = EmailMessage()
    written["From"], written["To"], written["Subject"] = sender, "kefu@example.com", subject
    for name, value in head.items():
        written[name.replace("_", "-")] = value
    written.set_content(text)
    return written


def receive(written: EmailMessage | bytes) -> Received:
    return receive_mail(bytes(written), at=timezone.now())


@pytest.fixture
def case(town, settings) -> Case:
    settings.MAIL_FROM = "客服中心 <kefu@example.com>"
    received = receive(mail(Message_ID="<first@example.test>"))
    assert received.case
    return received.case


def our_answer(case: Case, by) -> str:
    """Answer by e-mail and return the identifier of our mail."""
    sent = answer(case, Words(text="我们正在核实", channel="email"), by=by, at=timezone.now())
    sent.header_id = header_id_of(sent)
    sent.save()
    return sent.header_id


def test_a_mail_from_a_stranger_begins_a_case_with_its_customer(case):
    assert (case.kind, case.channel, case.subject, case.description) == (
        "complaint", "email", "投诉", "裤子开线，要求退款",
    )  # fmt: skip
    assert case.customer.name == "张敏"
    assert case.customer.reaches.get().value == "zhang@example.test"
    kept = RawMail.objects.get()
    assert (kept.outcome, kept.message) == (Outcome.NEW_CASE, Message.objects.about(case).get())
    assert b"zhang@example.test" in kept.file.read()


def test_the_same_mail_again_changes_nothing(case):
    again = mail(Message_ID="<first@example.test>", Received="by another way")
    received = receive(again)
    assert (received.outcome, received.case) == (Outcome.NEW_CASE, case)
    assert Case.objects.count() == RawMail.objects.count() == 1


def test_an_answer_to_our_mail_joins_the_case_and_waits_for_an_answer(case, town, actor):
    ours = our_answer(case, actor(town.wang))
    received = receive(
        mail(
            "好的\n\n------------------ 原始邮件 ------------------\n我们正在核实",
            sender="zhang@company.test",
            In_Reply_To=f"<{ours}>",
        )
    )
    case.refresh_from_db()
    assert (received.outcome, received.case) == (Outcome.ANSWER, case)
    assert case.awaits_answer_since
    assert Message.objects.about(case).in_order().last().text == "好的"
    assert Entry.objects.about(case).filter(verb="message_received").exists()


def test_a_second_mail_in_the_customers_own_thread_joins_the_case(case):
    assert receive(mail("还有一件事", References="<first@example.test>")).case == case


def test_the_token_leads_back_when_every_header_is_lost(case):
    token = token_for(case._meta.label_lower, case.pk)
    to_tag = mail("补充材料")
    to_tag.replace_header("To", f"kefu+{token}@example.com")
    assert receive(to_tag).case == case
    forged = token[:-1] + ("0" if token[-1] != "0" else "1")
    assert receive(mail("补充材料二", subject=f"Re: {forged}", sender="x@example.test")).case != case


def test_a_number_in_the_subject_counts_from_the_customer_only(case):
    subject = f"回复：[{case.number}] 投诉"
    assert receive(mail("在吗", subject=subject)).case == case
    assert receive(mail("在吗", subject=subject, sender="thief@example.test")).case != case


def test_an_automatic_answer_is_kept_but_waits_for_nobody(case, town, actor):
    ours = our_answer(case, actor(town.wang))
    received = receive(mail("休假中", In_Reply_To=f"<{ours}>", Auto_Submitted="auto-replied"))
    case.refresh_from_db()
    assert (received.outcome, received.case) == (Outcome.ANSWER, case)
    assert case.awaits_answer_since is None
    assert Message.objects.about(case).in_order().last().is_automatic


@pytest.mark.parametrize(
    ("head", "reason"),
    [
        ({"Auto_Submitted": "auto-replied"}, Reason.AUTO_REPLY),
        ({"subject": "自动回复: 您好"}, Reason.AUTO_REPLY),
        ({"Precedence": "bulk"}, Reason.BULK),
        ({"sender": "客服 <kefu@example.com>"}, Reason.OWN),
        ({"sender": "nobody"}, Reason.NOBODY),
        ({"sender": "mailer-daemon@example.test", "subject": "Undelivered Mail"}, Reason.BOUNCE),
    ],
)
def test_what_no_customer_wrote_begins_no_case(town, settings, head, reason):
    settings.MAIL_FROM = "kefu@example.com"
    received = receive(mail(**head))
    assert (received.outcome, received.mail.reason, received.case) == (Outcome.KEPT, reason, None)
    assert not Case.objects.exists()


def test_what_cannot_be_read_is_refused_and_kept(town):
    received = receive(b"\r\n")
    assert (received.outcome, received.mail.reason) == (Outcome.REFUSED, "empty")


def test_a_flood_from_one_sender_is_kept_aside(town, monkeypatch):
    monkeypatch.setattr(receiving, "MOST_IN_AN_HOUR", 2)
    outcomes = [receive(mail(f"第{n}封", Message_ID=f"<{n}@x.test>")).mail.reason for n in range(3)]
    assert outcomes == ["", "", Reason.TOO_MANY]


def test_a_file_that_is_too_large_is_named_and_the_mail_stored(town, settings):
    settings.ATTACHMENT_LIMIT = 1000
    written = mail()
    written.add_attachment(b"x" * 2000, maintype="video", subtype="mp4", filename="录像.mp4")
    written.add_attachment(b"%PDF-", maintype="application", subtype="pdf", filename="发票.pdf")
    received = receive(written)
    assert received.outcome == Outcome.NEW_CASE
    assert "录像.mp4" in Message.objects.about(received.case).get().text
    assert list(Attachment.objects.values_list("name", "content_type")) == [("发票.pdf", "application/pdf")]


@pytest.mark.parametrize("failure", [RuntimeError, IntegrityError])
def test_whatever_fails_while_filing_the_mail_is_kept(town, monkeypatch, failure):
    def broken(*_args, **_words):
        raise failure("on purpose")

    monkeypatch.setattr(receiving, "register", broken)
    received = receive(mail())
    assert (received.outcome, received.mail.reason) == (Outcome.REFUSED, Reason.FAILURE)


def test_when_the_database_is_away_the_mail_must_be_brought_again(town, monkeypatch):
    def away(*_args, **_words):
        raise OperationalError("on purpose")

    monkeypatch.setattr(receiving, "register", away)
    with pytest.raises(OperationalError):
        receive(mail())
    assert not RawMail.objects.exists()


def test_a_mail_of_thirty_megabytes_is_a_case_like_any_other(town, settings):
    settings.ATTACHMENT_LIMIT = 25 * 1024 * 1024
    written = mail()
    written.add_attachment(b"\0" * 30_000_000, maintype="video", subtype="mp4", filename="录像.mp4")
    received = receive(written)
    assert received.outcome == Outcome.NEW_CASE
    assert "录像.mp4" in Message.objects.about(received.case).get().text
    assert received.mail.size > 30_000_000


def test_an_answer_to_a_closed_case_is_heard(case):
    Case.objects.filter(pk=case.pk).update(stage="closed", closed_at=timezone.now())
    received = receive(mail("又坏了", References="<first@example.test>"))
    case.refresh_from_db()
    assert (received.outcome, case.stage) == (Outcome.ANSWER, "closed")
    assert case.awaits_answer_since
