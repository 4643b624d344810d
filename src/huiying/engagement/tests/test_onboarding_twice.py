"""Two heartbeats, or two people, that begin a customer's onboarding at one moment: there is one."""

from __future__ import annotations

from collections.abc import Callable
from threading import Barrier, Thread

import pytest
from django.db import connection
from django.utils import timezone

from huiying.customers.actions.customer import create
from huiying.customers.drafts import CustomerDraft
from huiying.engagement.actions.onboarding import begin_onboarding
from huiying.engagement.models import Onboarding
from huiying.journal.duties import perform_due
from huiying.journal.models import Duty, Entry
from huiying.kit.guards import DomainError
from huiying.staff.actors import actor_of

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(deed: Callable[[], object]) -> list[Exception]:
    """Do the deed twice at one moment; return what was raised."""
    raised: list[Exception] = []
    together = Barrier(2)

    def one() -> None:
        try:
            together.wait()
            deed()
        except Exception as failure:  # noqa: BLE001 — whatever went wrong in the thread is looked at by the test
            raised.append(failure)
        finally:
            connection.close()

    threads = [Thread(target=one) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return raised


def test_two_heartbeats_begin_one_for_each_who_was_entered(town):
    lin = actor_of(town.lin)
    for number in range(8):
        create(CustomerDraft(name=f"新客户{number}", owner=town.lin), by=lin, at=timezone.now())

    def beat() -> None:
        while perform_due(timezone.now()):
            pass

    assert at_once(beat) == []
    while Duty.objects.due(timezone.now()).exists():
        perform_due(timezone.now())
    assert Onboarding.objects.count() == 8
    assert Entry.objects.filter(verb="onboarding_begun").count() == 8


def test_of_two_who_begin_it_by_hand_one_is_told_that_it_runs(town):
    lin = actor_of(town.lin)
    raised = at_once(lambda: begin_onboarding(town.zhang, by=lin, at=timezone.now()))
    assert [type(one) for one in raised] == [DomainError]
    assert Onboarding.objects.get().steps.count() == 4
