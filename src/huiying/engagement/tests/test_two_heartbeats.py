"""Two heartbeats that plan at the same moment make each contact once."""

from __future__ import annotations

from threading import Barrier, Thread

import pytest
from django.db import connection
from django.utils import timezone

from huiying.customers.models import Customer
from huiying.engagement.actions.tending import tend
from huiying.engagement.models import PlannedContact

pytestmark = pytest.mark.django_db(transaction=True)


def test_each_contact_is_planned_once(town):
    firms = [Customer(number=f"K{n}", name=f"甲{n}", name_key=f"甲{n}", tier="vip", owner=town.lin) for n in range(40)]
    Customer.objects.bulk_create(firms)
    failures, together = [], Barrier(2)

    def beat() -> None:
        try:
            together.wait()
            while tend(timezone.now()):
                pass
        except Exception as failure:  # noqa: BLE001 — whatever went wrong in the thread fails the test
            failures.append(failure)
        finally:
            connection.close()

    heartbeats = [Thread(target=beat) for _ in range(2)]
    for heartbeat in heartbeats:
        heartbeat.start()
    for heartbeat in heartbeats:
        heartbeat.join()
    assert not failures
    assert PlannedContact.objects.filter(tier="vip").count() == 2 * 40
    assert PlannedContact.objects.filter(customer=town.zhang).count() == 2
