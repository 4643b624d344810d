"""What stands on pages is said one way: people are 您, a share is 90%, a day is 3 月 5 日."""

from __future__ import annotations

import re

from babel.messages.pofile import read_po
from django.conf import settings

PACKAGE = settings.PACKAGE
NUMBERED_DAY = re.compile(r">[^<>\"]*\{\{[^}]*\|date:\"Y-m-d\"")
SHARE_WITH_A_GAP = re.compile(r"(\}\}|[0-9]) %[^}]")


def templates():
    return [(path.name, path.read_text(encoding="utf-8")) for path in PACKAGE.glob("**/templates/**/*.html")]


def test_the_catalogue_says_nin_and_puts_no_gap_before_a_percent_sign():
    with (PACKAGE / "locale/zh_Hans/LC_MESSAGES/django.po").open("rb") as file:
        texts = [str(message.string) for message in read_po(file) if message.id]
    assert [text for text in texts if "你" in text or " %%" in text] == []


def test_a_page_says_days_as_people_do():
    assert [name for name, text in templates() if NUMBERED_DAY.search(text)] == []


def test_a_page_writes_a_share_without_a_gap():
    assert [name for name, text in templates() if SHARE_WITH_A_GAP.search(text)] == []
