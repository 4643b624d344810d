"""What `huiying` says alone."""

from __future__ import annotations

import pytest
from django.utils import translation

from huiying import cli


def test_without_words_the_command_line_says_in_ones_language_what_there_is(monkeypatch, capsys):
    monkeypatch.setattr("sys.argv", ["huiying"])
    for language, sentence in (("zh_CN.UTF-8", "升级数据库"), ("en_US.UTF-8", "bring the database up to date")):
        monkeypatch.setenv("LC_ALL", language)
        with translation.override("zh-hans"):
            cli.main()
        said = capsys.readouterr().out
        assert f"huiying migrate             {sentence}\n" in said
        assert "sqlmigrate" not in said


def test_an_unknown_word_is_refused(monkeypatch):
    monkeypatch.setattr("sys.argv", ["huiying", "fly"])
    with translation.override("zh-hans"), pytest.raises(SystemExit):
        cli.main()
