"""No bytes make the reader fail, and none make it slow."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from huiying.channels.adapters.mail import Letter, Unreadable, read_letter, tnef

PIECES = st.sampled_from(
    b"From: |Subject: |=?gbk?B?|?=|\n|\r\n\r\n|\"|;|<|>|(|\\|@|--q|Date: |name*0*=''%|+ANw-|\xd6\xd0|\x1b$B"
    b"|Content-Type: multipart/mixed; boundary=q\n\n--q\n|Content-Type: message/rfc822\n\n"
    b"|Content-Type: text/html; charset=utf-7\n\n<p>|Content-Transfer-Encoding: base64\n"
    b"|Content-Type: application/ms-tnef\n\n|\x78\x9f\x3e\x22\x01\x00\x02".split(b"|")
)
SOUP = st.lists(PIECES | st.binary(max_size=8), max_size=40).map(b"".join)


@settings(max_examples=400, deadline=None)
@given(SOUP | st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(raw):
    read = read_letter(raw)
    assert isinstance(read, Letter | Unreadable)
    if isinstance(read, Letter):
        shown = [
            read.subject,
            read.from_name,
            read.body_text,
            read.body_html,
            *(file.name for file in read.attachments),
        ]
        assert not any("\0" in text for text in shown)
        "".join(shown).encode()


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=200))
def test_any_bytes_are_unpacked_or_left(raw):
    tnef.unpack(b"\x78\x9f\x3e\x22\x01\x00" + raw, set())


@pytest.mark.parametrize(
    "raw",
    [
        b"From: a@b.test\n\n" + b"a" * 10_000_000,
        b"From: a@b.test\n\n" + b">" * 10_000_000,
        b"From: " + b"(" * 5_000_000 + b"\n\nx",
        b'From: a@b.test\nContent-Type: multipart/x; a="' + b";" * 5_000_000 + b"\n\nx",
        b"From: a@b.test\nContent-Type: text/html\n\n" + b"<div>" * 300_000,
        b"From: a@b.test\n\n" + b"On 1 \n" * 300_000,
    ],
    ids=["one line", "marks", "comments", "parameters", "nested html", "introductions"],
)
def test_hostile_mails_take_seconds_at_most(raw):
    started = time.perf_counter()
    read_letter(raw)
    assert time.perf_counter() - started < 10
