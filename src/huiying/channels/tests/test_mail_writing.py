"""Subjects reach the reader as they were written, however long and however mixed."""

from __future__ import annotations

from email import message_from_bytes
from email.header import decode_header, make_header
from email.message import EmailMessage
from email.policy import default

from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from huiying.cases.actions.conversation import answer
from huiying.cases.actions.registration import Caller, Draft, register
from huiying.channels.adapters.mail.reading import read_letter
from huiying.channels.adapters.mail.sending import compose
from huiying.channels.adapters.mail.writing import LINE, SEVEN_BIT
from huiying.channels.words import Words
from huiying.journal.actors import MAIL_ROOM

LOST_A_SPACE = "客服没有回复 Wi-Fi Wi-Fi 退款 延误三天 冰箱 Pro 客服没有回复 iPhone 退款"
WORDS = ("冰箱", "延误三天", "iPhone", "15", "Pro", "Wi-Fi", "客服没有回复", "No.", "，", "é", "😀", "=?")


def written(subject: str) -> bytes:
    mail = EmailMessage(policy=SEVEN_BIT)
    mail["Subject"] = subject
    return mail.as_bytes()


def as_read(raw: bytes) -> set[str]:
    """Return the subject as the standard library's two readers and our own read it."""
    old = message_from_bytes(raw)["Subject"]
    letter = read_letter(raw)
    return {message_from_bytes(raw, policy=default)["Subject"], str(make_header(decode_header(old))), letter.subject}


@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=30), st.sampled_from(["", " "]))
def test_a_subject_keeps_its_spaces(words, between):
    subject = "[C2026-000017] 送货 " + between.join(words)
    raw = written(subject)
    assert as_read(raw) == {subject}
    assert raw.isascii()
    assert max(len(line) for line in raw.splitlines()) <= LINE


def test_a_subject_without_chinese_stays_readable_in_the_source():
    assert written("[C2026-000017] Refrigerator").startswith(b"Subject: [C2026-000017] Refrigerator\r\n")


def test_an_answer_goes_out_under_the_words_of_the_case(office, town, actor):
    draft = Draft(
        kind="complaint",
        channel="email",
        subject=LOST_A_SPACE,
        description="少发",
        caller=Caller(email="liu@example.test"),
    )
    case = register(draft, by=MAIL_ROOM, at=timezone.now())
    message = answer(case, Words(text="已补发。", channel="email"), by=actor(town.wang), at=timezone.now())
    assert as_read(compose(message, recipient="liu@example.test").as_bytes()) == {f"[{case.number}] {LOST_A_SPACE}"}
