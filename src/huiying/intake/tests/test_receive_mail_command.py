"""`huiying receive-mail` tells people a sentence and programs one JSON object a line."""

from __future__ import annotations

import io
import json

import pytest
from django.core.management import call_command
from django.db import OperationalError

from huiying.intake.management.commands import receive_mail as command

HEAD = ["file", "outcome", "case", "subject", "from_email"]
KEYS = [*HEAD, "body_text", "body_html", "reply_text", "attachments", "auto_reply", "bounce"]


def run(*files: object, as_json: bool = True) -> list[str]:
    spoken = io.StringIO()
    call_command("receive_mail", *map(str, files), stdout=spoken, as_json=as_json)
    return spoken.getvalue().splitlines()


@pytest.fixture
def letter(tmp_path):
    path = tmp_path / "a.eml"
    path.write_bytes("From: liu@example.test\nSubject: 少发\n\n少发一件".encode())
    return path


def test_each_mail_is_one_line_of_json(town, letter, tmp_path):
    (tmp_path / "empty.eml").write_bytes(b"")
    first, second = map(json.loads, run(letter, tmp_path / "empty.eml"))
    assert list(first) == list(second) == KEYS
    assert (first["outcome"], first["subject"], first["body_text"]) == ("new_case", "少发", "少发一件")
    assert (second["outcome"], second["case"]) == ("refused", None)


def test_people_read_what_became_of_it(town, letter):
    (line,) = run(letter, as_json=False)
    assert line.startswith(f"{letter}: ")
    assert "C2026-" in line


def test_a_file_that_is_missing_is_said_and_the_others_are_taken_in(town, letter, capsys):
    with pytest.raises(SystemExit) as end:
        run("/nowhere", letter)
    assert end.value.code == 1


def test_when_the_database_is_away_the_mail_server_shall_try_again(town, letter, monkeypatch):
    def away(*_args, **_words):
        raise OperationalError("on purpose")

    monkeypatch.setattr(command, "receive_mail", away)
    with pytest.raises(SystemExit) as end:
        run(letter)
    assert end.value.code == command.TRY_AGAIN
