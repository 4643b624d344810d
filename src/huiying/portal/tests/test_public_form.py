"""The public form takes what a customer writes, and holds back who writes without end."""

from __future__ import annotations

import pytest
from django.urls import reverse

from huiying.cases.models import Case

WORDS = {"kind": "complaint", "description": "送来的洗衣机漏水", "phone": "13800138000"}


def written(client, address, **more):
    return client.post(reverse("portal:complaint"), WORDS, REMOTE_ADDR=address, **more).status_code


def test_whoever_writes_without_end_is_held_back_and_others_are_not(town, as_nobody):
    assert {written(as_nobody, "203.0.113.7") for _time in range(20)} == {302}
    assert written(as_nobody, "203.0.113.7") == 422
    assert written(as_nobody, "203.0.113.8") == 302
    assert Case.objects.count() == 21


@pytest.mark.parametrize(("proxies", "last"), [(1, 302), (0, 422)])
def test_behind_a_proxy_each_visitor_has_a_count_and_nobody_makes_one_up(town, as_nobody, settings, proxies, last):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies
    for _time in range(20):
        written(as_nobody, "10.0.0.1", headers={"x-forwarded-for": "203.0.113.7"})
    assert written(as_nobody, "10.0.0.1", headers={"x-forwarded-for": "203.0.113.7"}) == 422
    assert written(as_nobody, "10.0.0.1", headers={"x-forwarded-for": "203.0.113.8"}) == last
