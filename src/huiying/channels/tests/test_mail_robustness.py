"""No bytes make the reader fail, and none make it slow."""

import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from huiying.channels.adapters.mail import Letter, Unreadable, read_letter, tnef
from huiying.channels.adapters.mail.fields import LONGEST_FIELD
from huiying.channels.adapters.mail.markup import LONGEST_HTML
from huiying.channels.adapters.mail.reading import LONGEST_TEXT

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


HOSTILE = {
    "one line": lambda n: b"From: a@b.test\n\n" + b"a" * n,
    "marks": lambda n: b"From: a@b.test\n\n" + b">" * n,
    "comments": lambda n: b"From: " + b"(" * n + b"\n\nx",
    "parameters": lambda n: b'From: a@b.test\nContent-Type: multipart/x; a="' + b";" * n + b"\n\nx",
    "nested html": lambda n: b"From: a@b.test\nContent-Type: text/html\n\n" + b"<div>" * n,
    "introductions": lambda n: b"From: a@b.test\n\n" + b"On 1 \n" * n,
}


def steps_of(raw):
    """Return how many lines of Python the reading runs through: the same on a slow machine as on a fast one."""
    steps, before = 0, sys.gettrace()

    def count(_frame, _event, _argument):
        nonlocal steps
        steps += 1
        return count

    sys.settrace(count)
    read_letter(raw)
    sys.settrace(before)
    return steps


@pytest.mark.parametrize("hostile", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_mail_four_times_as_long_takes_four_times_as_many_steps_at_most(hostile):
    read_letter(hostile(1000))  # what is looked up once and kept
    assert steps_of(hostile(8000)) <= 4 * steps_of(hostile(2000)) + 1000


@pytest.mark.parametrize("hostile", HOSTILE.values(), ids=HOSTILE)
def test_of_a_hostile_mail_no_more_than_a_limit_is_kept(hostile):
    read = read_letter(hostile(5_000_000))
    assert isinstance(read, Letter | Unreadable)
    if isinstance(read, Letter):
        fields = [read.subject, read.from_name, read.from_email, read.message_id]
        assert max(map(len, fields)) <= LONGEST_FIELD
        assert max(len(read.body_text), len(read.reply_text)) <= LONGEST_TEXT
        assert len(read.body_html) <= 2 * LONGEST_HTML
