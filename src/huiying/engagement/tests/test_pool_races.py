"""Several people and heartbeats at the pool at once: each customer has one account manager, and one story."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from threading import Barrier, Lock, Thread
from uuid import uuid4

import pytest
from django.db import connection
from django.utils.timezone import localdate, now

from huiying.customers.models import Customer
from huiying.engagement.actions.giving import give_customer
from huiying.engagement.actions.pool import claim
from huiying.engagement.actions.pool_rules import revise_pool_rules
from huiying.engagement.actions.reclaiming import tend_pool
from huiying.engagement.actions.succession import open_succession
from huiying.engagement.forms.pool import NUMBERS
from huiying.engagement.models import Holding, Succession
from huiying.engagement.models.pool import USUAL, PoolPolicy
from huiying.engagement.shares import Wish
from huiying.engagement.succession_task import hand_over_due
from huiying.engagement.tests.test_pool import entered, fresh
from huiying.journal.models import Entry
from huiying.kit.guards import DomainError

pytestmark = pytest.mark.django_db(transaction=True)
DAY = timedelta(days=1)


@pytest.fixture
def at_once():
    """Let all do their deed in the same moment; return how it ended for each: "" or the code of the refusal."""

    def at_once_(*deeds):
        together, lock, ends = Barrier(len(deeds)), Lock(), []

        def run(deed):
            end = ""
            try:
                together.wait()
                deed()
            except DomainError as refusal:
                end = refusal.code
            except Exception as failure:  # noqa: BLE001 — whatever went wrong in the thread fails the test
                end = repr(failure)
            finally:
                connection.close()
            with lock:
                ends.append(end)

        threads = [Thread(target=run, args=[deed]) for deed in deeds]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return Counter(ends)

    return at_once_


@pytest.fixture
def rules(town, actor):
    def rules_(**numbers):
        usual = {name: getattr(PoolPolicy.now(), name) for name in NUMBERS}
        return revise_pool_rules({**usual, "is_active": True, **numbers}, USUAL, by=actor(town.admin), at=now())

    return rules_


def open_holdings(customer):
    return list(Holding.objects.open().filter(customer=customer).values_list("owner__username", flat=True))


def told(verb, customer):
    return Entry.objects.filter(verb=verb, customer_id=customer.pk).count()


def test_of_several_who_claim_one_customer_one_gets_it(town, actor, at_once):
    customer = entered("远山贸易")
    people = [actor(person) for person in (town.wang, town.li, town.chen, town.zhao, town.lin)]
    ends = at_once(*[lambda by=by: claim(customer, by=by, at=now()) for by in people])
    assert ends == {"": 1, "already-taken": 4}
    assert open_holdings(customer) == [fresh(customer).owner.username]
    assert told("pool_claimed", customer) == 1


def test_eight_claims_at_once_keep_to_the_limit(town, actor, rules, at_once):
    rules(most_claims=3)
    customers, by = [entered(f"甲{n}") for n in range(8)], actor(town.wang)
    ends = at_once(*[lambda one=one: claim(one, by=by, at=now()) for one in customers])
    assert ends == {"": 3, "claim-limit": 5}
    assert Customer.objects.filter(owner=town.wang).count() == 3


def test_eight_claims_at_once_keep_to_what_one_may_look_after(town, actor, rules, at_once):
    rules(most_customers=2)
    customers, by = [entered(f"甲{n}") for n in range(8)], actor(town.wang)
    assert at_once(*[lambda one=one: claim(one, by=by, at=now()) for one in customers]) == {"": 2, "claim-limit": 6}


@pytest.fixture
def overdue(town, rules, monday_morning):
    """林经理's lead, warned of, whose days are over."""
    rules()
    customer = entered("云帆科技", owner=town.lin)
    for _day in range(30):
        monday_morning.shift(DAY)
        while tend_pool(now()):
            pass
    assert fresh(customer).owner == town.lin
    monday_morning.shift(DAY)
    return customer


def test_a_customer_taken_back_is_claimed_by_one_and_taken_back_once(town, actor, overdue, at_once):
    by = actor(town.wang)

    def insist():
        for _try in range(400):
            try:
                claim(overdue, by=by, at=now())
            except DomainError:
                continue
            return

    def beat():
        while tend_pool(now()):
            pass

    assert at_once(beat, beat, beat, insist) == {"": 4}
    claimed = fresh(overdue).owner or claim(overdue, by=by, at=now()).owner
    assert claimed == town.wang
    assert open_holdings(overdue) == ["wangfang"]
    assert (told("pool_reclaimed", overdue), told("pool_claimed", overdue)) == (1, 1)


def test_who_is_handed_over_in_that_moment_is_not_lost(town, actor, overdue, at_once):
    by = actor(town.admin)

    def hand_over():
        give_customer(overdue, to=town.wang, by=by, at=now(), reason="换区域")

    def beat():
        while tend_pool(now()):
            pass

    ends = at_once(hand_over, beat, beat)
    was_quicker = ends == {"": 3}
    owner = fresh(overdue).owner
    assert owner == (town.wang if was_quicker else None)
    assert open_holdings(overdue) == ([owner.username] if owner else [])
    assert told("pool_reclaimed", overdue) + told("customer_handed_over", overdue) == 1


def test_several_heartbeats_begin_a_planned_hand_over_once(town, actor, at_once, settings, monday_morning):
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
    customers = [entered(f"甲{n}", owner=town.lin) for n in range(12)]
    wish = Wish(kinds=["customers"], successors=[town.wang], reason="离职", on=localdate() + DAY)
    open_succession(town.lin, wish, key=uuid4(), by=actor(town.admin), at=now())
    monday_morning.shift(DAY)
    assert at_once(*[lambda: hand_over_due(now())] * 4) == {"": 4}
    assert Succession.objects.get().counts()["given"] == 13
    assert [told("customer_handed_over", one) for one in customers] == [1] * 12
