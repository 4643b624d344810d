"""Machines write mails too; none of them is a customer with a complaint."""

import pytest

from huiying.channels.adapters.mail import Letter, read_letter


def read(head: str, body: str = "") -> Letter:
    letter = read_letter(f"{head}\n\n{body}".encode())
    assert isinstance(letter, Letter)
    return letter


@pytest.mark.parametrize(
    "head",
    [
        "Subject: x\nAuto-Submitted: auto-replied",
        "Subject: x\nX-Autoreply: yes",
        "Subject: x\nPrecedence: auto_reply",
        "Subject: 自动回复: 投诉",
        "Subject: Automatic reply: your order",
    ],
)
def test_an_automatic_answer_is_known(head):
    assert read(head).auto_reply


@pytest.mark.parametrize("head", ["Subject: x\nAuto-Submitted: no", "Subject: 自动回复功能坏了"])
def test_a_person_is_not_taken_for_a_machine(head):
    assert not read(head).auto_reply
    assert not read(head).bounce


def test_mass_mail_is_known():
    assert read("Subject: x\nPrecedence: bulk").bulk
    assert read("Subject: x\nList-Id: <a.b>").bulk


def test_a_delivery_report_names_whom_we_did_not_reach_and_with_what():
    report = (
        "--q\n\n退信\n--q\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; x\n\n"
        "Final-Recipient: rfc822; gone@x.test\nAction: failed\n\nFinal-Recipient: rfc822; slow@x.test\nAction: delayed"
        "\n\n--q\nContent-Type: message/rfc822\n\nMessage-ID: <ours@y.test>\n\nhello\n--q--\n"
    )
    letter = read("From: postmaster@x.test\nContent-Type: multipart/report; boundary=q", report)
    assert letter.bounce
    assert not letter.auto_reply
    assert letter.bounced == ("gone@x.test",)
    assert letter.bounced_message_id == "ours@y.test"
    assert letter.attachments == ()


def test_a_returned_mail_in_free_words_names_the_recipient():
    letter = read("From: PostMaster@qq.test\nSubject: 系统退信", "邮件被退回\n收件人：gone@x.test\n原因：不存在")
    assert letter.bounced == ("gone@x.test",)
