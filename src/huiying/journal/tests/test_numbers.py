"""Running numbers: each is given once, whether drawn alone or many at a time."""

from __future__ import annotations

import pytest

from huiying.journal.numbers import next_value, next_values

pytestmark = pytest.mark.django_db


def test_numbers_drawn_alone_and_together_follow_each_other():
    first = next_value("case")
    assert next_values("case", 3) == [first + 1, first + 2, first + 3]
    assert next_value("case") == first + 4
