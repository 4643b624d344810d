"""The link to a customer's own page, when it is too old."""

from __future__ import annotations

from datetime import timedelta

from django.test import Client
from django.utils import timezone

from huiying.cases.customer_link import token_for
from huiying.cases.tests.lodging import lodge


def test_an_expired_link_says_what_to_do_and_keeps_what_was_written(town, monday_morning):
    address = f"/c/{token_for(lodge(town.wang))}/"
    monday_morning.move_to(timezone.now() + timedelta(days=91))
    answer = Client().get(address)
    assert answer.status_code == 410
    assert 'href="/f/"' in answer.content.decode()
    lost = Client().post(f"{address}words/", {"text": "冰箱门又关不严了，请派人来看看。"})
    assert lost.status_code == 410
    assert "冰箱门又关不严了" in lost.content.decode()
