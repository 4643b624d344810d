"""`huiying due` answers in words and in JSON, and says in one sentence what it cannot read."""

from __future__ import annotations

import json

import pytest
from django.core.management import CommandError, call_command

pytestmark = pytest.mark.django_db
LUNCH = "09:00-12:00,13:30-18:00"


def due(capsys, *arguments: str) -> str:
    call_command("due", *arguments)
    return capsys.readouterr().out


def test_the_moment_and_why(capsys):
    answer = json.loads(due(capsys, "--start", "2026-02-14T17:00", "--length", "2h", "--hours", LUNCH, "--json"))
    assert answer["due_at"] == "2026-02-24T10:00:00+08:00"
    assert any("2026-02-15" in line and "春节" in line for line in answer["why"])


def test_pauses_do_not_count(capsys):
    pause = "2026-03-02T10:00/2026-03-02T14:00"
    said = due(capsys, "--start", "2026-03-02T09:30", "--length", "1h", "--hours", LUNCH, "--pause", pause)
    assert "2026-03-02T14:30:00+08:00" in said


def test_minutes_between(capsys):
    answer = due(capsys, "--start", "2026-03-02T09:30", "--until", "2026-03-02T14:00", "--hours", LUNCH, "--json")
    assert json.loads(answer)["minutes"] == 180


def test_an_unknown_year_is_named(capsys):
    answer = json.loads(due(capsys, "--start", "2027-05-01T09:30", "--length", "1d", "--json"))
    assert answer["unknown_years"] == [2027]
    assert "2027" in answer["warnings"][0]


def test_a_batch_answers_every_line_it_can(capsys, tmp_path):
    file = tmp_path / "lines"
    good = {"id": "a", "start": "2024-04-09 09:59:00", "unit": "working", "length": "60m", "hours": LUNCH}
    paused = good | {"id": "b", "paused": [["2024-04-09 10:29:00", "2024-04-09 11:59:00"]]}
    lines = [json.dumps(good), json.dumps(paused), '{"id": "c", "start": "soon"}', "no json"]
    file.write_text("\n".join(lines))
    with pytest.raises(CommandError) as refused:
        due(capsys, "--batch", str(file))
    answers = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert refused.value.returncode == 2
    assert [answer.get("due_at", "")[11:16] for answer in answers] == ["10:59", "13:59", "", ""]
    assert answers[2]["id"] == "c"
    assert answers[2]["error"]


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["--start", "yesterday", "--length", "2d"],
        ["--start", "2026-02-14"],
        ["--start", "2026-02-14", "--length", "2d", "--until", "2026-02-15"],
        ["--start", "2026-02-14", "--length", "two"],
        ["--start", "2026-02-14", "--length", "2d", "--unit", "lunar"],
        ["--start", "2026-02-14", "--length", "30m", "--unit", "statutory"],
        ["--start", "2026-02-14", "--length", "2d", "--hours", "9 to 5"],
        ["--start", "2026-02-14", "--length", "2d", "--calendar", "nowhere"],
        ["--start", "2026-02-14", "--length", "2d", "--pause", "tomorrow"],
        ["--start", "2026-02-14", "--until", "2026-02-13"],
        ["--batch", "no-such-file"],
    ],
)
def test_bad_input_is_one_sentence(arguments):
    with pytest.raises(CommandError) as refused:
        call_command("due", *arguments)
    assert refused.value.returncode == 2
    assert "\n" not in str(refused.value)
