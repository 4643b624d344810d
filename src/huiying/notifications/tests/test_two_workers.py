"""Several heartbeats carry notices at once: each leaves once."""

from __future__ import annotations

import threading

import pytest
from django.db import connection
from django.utils import timezone

from huiying.notifications.dispatching import MAIL, dispatch
from huiying.notifications.models import Dispatch

pytestmark = pytest.mark.django_db(transaction=True)


def carry_on(barrier: threading.Barrier) -> None:
    barrier.wait()
    while dispatch(timezone.now(), over=MAIL, limit=7):
        pass
    connection.close()


def test_each_notice_leaves_once(town, office, told, wish):
    people = [town.wang, town.chen, town.zhao]
    for person in people:
        wish(person, {"given.mine": frozenset({"app", "mail"})})
    for number in range(20):
        told(*people, headline=f"C{number} 案件")
    barrier = threading.Barrier(3)
    workers = [threading.Thread(target=carry_on, args=[barrier]) for _ in range(3)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    text = "\n".join(mail.get_content() for mail in office.mails)
    assert [text.count(f"C{number} 案件") for number in range(20)] == [3] * 20
    assert set(Dispatch.objects.values_list("state", flat=True)) == {Dispatch.State.SENT}
