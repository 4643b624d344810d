"""A worker killed in the middle of a mail loses nothing: the same batch leaves under the same name, once."""

from __future__ import annotations

import multiprocessing
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from huiying.notifications.dispatching import CLAIM_LASTS, dispatch_mails
from huiying.notifications.models import Dispatch

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.crash]


def work() -> None:
    dispatch_mails(timezone.now())


def test_what_a_worker_was_killed_over_is_sent_by_the_next(town, office, told, wish, monday_morning):
    wish(town.wang, {"given.mine": frozenset({"app", "mail"})})
    told(town.wang, headline="C1 冰箱")
    told(town.wang, headline="C2 漏水")
    office.seconds = 60
    connection.close()  # the worker opens its own
    worker = multiprocessing.get_context("fork").Process(target=work)
    worker.start()
    assert office.begun.wait(30)
    worker.kill()
    worker.join()
    office.seconds = 0
    (batch,) = set(Dispatch.objects.filter(state=Dispatch.State.SENDING).values_list("batch", flat=True))
    assert dispatch_mails(timezone.now()) == 0
    monday_morning.shift(CLAIM_LASTS + timedelta(seconds=1))
    assert [dispatch_mails(timezone.now()), dispatch_mails(timezone.now())] == [1, 0]
    (mail,) = office.mails
    assert mail["Message-ID"].startswith(f"<notice.{batch}@")
    assert "C1 冰箱" in mail.get_content()
    assert "C2 漏水" in mail.get_content()
