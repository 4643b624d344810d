"""Floods are held back by a window that neither moves nor forgets."""

from __future__ import annotations

from datetime import timedelta

import pytest

from huiying.kit.rates import TooMany, ensure_rare

pytestmark = pytest.mark.django_db
AN_HOUR = 3600


def test_the_limit_holds_for_the_whole_window(pass_time):
    for _try in range(3):
        ensure_rare("form:203.0.113.7", limit=3, seconds=AN_HOUR)
    with pytest.raises(TooMany):
        ensure_rare("form:203.0.113.7", limit=3, seconds=AN_HOUR)
    ensure_rare("form:203.0.113.8", limit=3, seconds=AN_HOUR)
    pass_time(by=timedelta(minutes=59))
    with pytest.raises(TooMany):
        ensure_rare("form:203.0.113.7", limit=3, seconds=AN_HOUR)
    pass_time(by=timedelta(minutes=2))
    ensure_rare("form:203.0.113.7", limit=3, seconds=AN_HOUR)


def test_many_other_tries_do_not_push_out_what_is_counted():
    ensure_rare("victim", limit=1, seconds=AN_HOUR)
    for n in range(400):
        ensure_rare(f"zz{n}", limit=1, seconds=AN_HOUR)
    with pytest.raises(TooMany):
        ensure_rare("victim", limit=1, seconds=AN_HOUR)
