"""Where the data lives, as the environment says it."""

from __future__ import annotations

import pytest

from huiying.kit.database import database_from_url


def test_statements_are_prepared_on_postgresql(tmp_path):
    made = database_from_url("postgresql://anna@db.example:6432/huiying", tmp_path)
    assert (made["HOST"], made["PORT"], made["NAME"], made["USER"]) == ("db.example", "6432", "huiying", "anna")
    assert made["OPTIONS"]["server_side_binding"] is True
    assert made["OPTIONS"]["prepare_threshold"] > 0


def test_a_pooler_that_cannot_keep_them_is_spared(tmp_path):
    made = database_from_url("postgresql://db/huiying?prepared=no&sslmode=require", tmp_path)
    assert made["OPTIONS"] == {"sslmode": "require"}


def test_another_kind_of_database_is_refused(tmp_path):
    with pytest.raises(ValueError, match="mysql"):
        database_from_url("mysql://db/huiying", tmp_path)
