"""While tables grow: how statements are planned."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from huiying.kit.growing import planned_anew, take_stock

pytestmark = pytest.mark.django_db
ON_POSTGRESQL = ["SET plan_cache_mode = force_custom_plan", "RESET plan_cache_mode", "ANALYZE"]


def test_only_postgresql_is_told_and_plans_as_before_afterwards():
    with CaptureQueriesContext(connection) as told:
        with pytest.raises(LookupError), planned_anew():
            raise LookupError
        take_stock()
    is_postgresql = connection.vendor == "postgresql"
    assert [one["sql"] for one in told] == (ON_POSTGRESQL if is_postgresql else [])
