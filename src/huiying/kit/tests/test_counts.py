"""Where nothing can be written, nobody is told that they tried too often."""

from __future__ import annotations

import pytest
from django.core.cache import caches
from django.db import OperationalError, connection

from huiying.kit.rates import ensure_rare

pytestmark = pytest.mark.django_db
AN_HOUR = 3600


@pytest.fixture
def read_only():
    """A database that answers and takes nothing in, as on a full disk."""
    on_sqlite = connection.vendor == "sqlite"
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA query_only = on" if on_sqlite else "SET LOCAL transaction_read_only = on")
        yield
        if on_sqlite:  # elsewhere it ends with the test's transaction
            cursor.execute("PRAGMA query_only = off")


def test_what_is_taken_is_taken():
    assert caches["default"].add("place", True, AN_HOUR)
    assert not caches["default"].add("place", True, AN_HOUR)


def test_what_cannot_be_written_is_said(read_only):
    with pytest.raises(OperationalError):
        ensure_rare("form:203.0.113.7", limit=3, seconds=AN_HOUR)
