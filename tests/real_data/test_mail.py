"""Mails other people collected or built: who wrote, about what, in which words, with which files.

The figures are shares over each whole set, so that no single mail is fitted to; where we differ on purpose,
docs/mail.md says why. Run with `-s` to see the figures.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from difflib import SequenceMatcher
from pathlib import Path

import pytest

from huiying.channels.adapters.mail import Letter, markup, read_letter, tnef
from tests.real_data.conftest import DATA

MAIL = DATA / "mail"
PEERS = ["ruby_mail", "redmine", "rt", "mail_parser"]


def read(path: Path) -> Letter:
    letter = read_letter(path.read_bytes())
    assert isinstance(letter, Letter), path
    return letter


def bare(text: str | None) -> str:
    return re.sub(r"[\s\u200b]+", "", text or "")


def alike(letter: Letter, words: str) -> bool:
    """Zammad shows the HTML where there is both; we the plain text: either may agree, but for a title or a link."""
    ours = (bare(letter.body_text), bare(markup.plain(letter.body_html)))
    return max(SequenceMatcher(None, own, bare(words), autojunk=False).ratio() for own in ours) >= 0.98


def shares(checks: list[tuple[str, bool]]) -> dict[str, float]:
    right, all_ = Counter(name for name, agrees in checks if agrees), Counter(name for name, _ in checks)
    figures = {name: right[name] / all_[name] for name in all_}
    print({name: f"{right[name]}/{all_[name]}" for name in all_})  # noqa: T201  (the figures are the point)
    return figures


def test_chinese_mails_are_read_to_the_letter():
    checks: list[tuple[str, bool]] = []
    for row in json.loads((MAIL / "cn_built/expected.json").read_text()):
        letter = read(MAIL / "cn_built" / row["file"])
        files = [(file.name, hashlib.sha256(file.content).hexdigest()) for file in letter.attachments]
        expected = [(file["filename"], file["sha256"]) for file in row["attachments"] or []]
        checks += [
            ("from_name", letter.from_name == row["from_name"]),
            ("from_email", letter.from_email == row["from_email"]),
            ("subject", letter.subject == row["subject"]),
            ("body", bare(letter.body_text) == bare(row["body_text"])),
            ("files", files == expected),
            ("signs", (letter.auto_reply, letter.bounce) == (row["auto_reply"], row["bounce"])),
            ("answer", letter.reply_text.strip() == row.get("reply_text", letter.reply_text).strip()),
            ("safe", not any(word in letter.body_html for word in row.get("must_not_contain", []))),
        ]
    figures = shares(checks)
    assert figures.pop("from_name") >= 0.9  # an address without a name has none; the builder made one of it
    assert set(figures.values()) == {1.0}


def test_mails_a_help_desk_collected_are_read_as_it_reads_them():
    checks: list[tuple[str, bool]] = []
    for row in json.loads((MAIL / "zammad/expected.json").read_text()):
        letter, expected = read(MAIL / "zammad" / row["file"]), row.get("expected")
        if not expected:
            continue
        files = [file["filename"] for file in expected.get("attachments") or []]
        checks += [
            ("from_email", letter.from_email == expected["from_email"]),
            ("from_name", bare(letter.from_name) == bare(expected["from_display_name"])),
            ("subject", bare(letter.subject) == bare(expected["subject"])),
            ("body", alike(letter, expected["body_text"])),
            ("files", [file.name for file in letter.attachments] == [name for name in files if name != "message.html"]),
        ]
    assert all(share >= 0.88 for share in shares(checks).values())


@pytest.mark.parametrize("peer", PEERS)
def test_two_other_parsers_see_the_same(peer):
    checks: list[tuple[str, bool]] = []
    for row in json.loads((MAIL / "others" / peer / "reference.json").read_text())["files"]:
        letter = read(MAIL / "others" / peer / row["file"])
        if row.get("from_email"):
            checks.append(("from_email", letter.from_email.lower() == row["from_email"].lower()))
        if row.get("subject"):
            checks.append(("subject", bare(letter.subject) == bare(row["subject"])))
        if "attachment_count" in row:
            checks.append(("files", len(letter.attachments) == row["attachment_count"]))
    assert all(share >= 0.95 for share in shares(checks).values())


def test_every_file_is_taken_out_of_a_winmail_dat():
    for row in json.loads((MAIL / "others/tnef/reference.json").read_text())["files"]:
        package = tnef.unpack((MAIL / "others/tnef" / row["file"]).read_bytes(), set())
        assert package
        assert [file.name for file in package.enclosures] == [file["name"] for file in row["attachments"]]
        for own, theirs in zip(package.enclosures, row["attachments"], strict=True):  # they cut closing zeros off
            assert hashlib.sha256(own.content.rstrip(b"\0")).hexdigest() == theirs["sha256"]
        assert bool(package.text) is row["has_body"]
