"""Merging and undoing leaves no trace but the journal's, whatever and however much two customers have (SPEC A7)."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

import pytest
from django.apps import apps
from django.db import transaction
from django.utils.timezone import now
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from huiying.cases.models import Case
from huiying.channels.models import Message
from huiying.customers.actions.merging import CHOICES, merge, undo_merge
from huiying.customers.models import Contact, Customer, Order, Reach, Score, Tag, Usage
from huiying.customers.queries.words import index_customer
from huiying.customers.verbs import UNCOVERED
from huiying.deadlines.models import Clock, Policy
from huiying.engagement.models import Interaction, PlannedContact
from huiying.journal.actors import CLOCKWORK
from huiying.journal.entries import record

JOURNAL = {"journal.entry", "journal.duty", "journal.pulse", "journal.series", "customers.merge"}
CHANGING = {"version", "updated_at"}
MOST = 300


def filled(number, shop, counts, at):
    """Return a customer with so many rows of each kind; phones, tags and days come from a small common stock."""
    someone = Customer(number=number, name=f"蓝湾酒店{shop.choice('一二')}", region=shop.choice(["", "上海市"]))
    someone.key_name()
    someone.save()
    contacts = [Contact(customer=someone, name=f"联系人{n}", is_main=n == 0) for n in range(counts["contacts"])]
    Contact.objects.bulk_create(contacts)
    phones = {(shop.randrange(len(contacts)), f"138{shop.randrange(60):08d}") for _ in range(counts["reaches"])}
    Reach.objects.bulk_create(
        Reach(customer=someone, contact=contacts[n], kind="phone", value=key, key=key, reversed_key=key[::-1])
        for n, key in sorted(phones)
    )
    someone.tags.set(shop.sample(list(Tag.objects.all()), k=counts["tags"]))
    deal(someone, shop, counts["rows"], contacts, at)
    index_customer(someone)
    for contact in contacts:
        record(UNCOVERED, contact, by=CLOCKWORK, at=at, kind="phone")
    return someone


def deal(someone, shop, rows, contacts, at):
    orders = [
        Order(customer=someone, number=f"{someone.number}-{n}", product="冰箱", ordered_on=date(2026, 1, 1))
        for n in range(rows)
    ]
    cases = [
        Case(number=f"{someone.number}-{n}", kind="complaint", channel="phone", subject="晚到", customer=someone,
             contact=shop.choice(contacts), received_at=at, stage_since=at) for n in range(rows)
    ]  # fmt: skip
    Order.objects.bulk_create(orders)
    Case.objects.bulk_create(cases)
    policy = Policy.objects.first()
    Clock.objects.bulk_create(
        Clock(subject_type="cases.case", subject_id=case.pk, customer_id=someone.pk, policy=policy, kind="acceptance",
              state="met", started_at=at, ended_at=at, allowance=timedelta(hours=1)) for case in cases
    )  # fmt: skip
    Message.objects.bulk_create(
        Message(subject_type="cases.case", subject_id=case.pk, customer_id=someone.pk, direction="in", channel="phone",
                at=at, text="还没到") for case in cases
    )  # fmt: skip
    Interaction.objects.bulk_create(Interaction(customer=someone, at=at, content="回访") for _ in range(rows))
    slots = [n % 2 and f"2026-03/{n}" for n in range(rows)]
    PlannedContact.objects.bulk_create(
        PlannedContact(customer=someone, tier="vip", due_on=at.date(), slot=slot or "") for slot in slots
    )
    Score.objects.bulk_create(Score(customer=someone, at=at, points=shop.randrange(101)) for _ in range(rows))
    days = {date(2026, 1, 1) + timedelta(days=shop.randrange(400)) for _ in range(rows)}
    Usage.objects.bulk_create(Usage(customer=someone, day=day, product="冰箱", times=3) for day in days)


def dump():
    """Return every row of every table, but for the journal and what each change counts up."""
    return {
        model._meta.label_lower: {
            row["pk"]: row
            for row in model._base_manager.values(
                "pk", *(field.attname for field in model._meta.concrete_fields if field.name not in CHANGING)
            )
        }
        for model in apps.get_models(include_auto_created=True)
        if model._meta.label_lower not in JOURNAL
    }


counts = st.fixed_dictionaries(
    {
        "contacts": st.integers(1, 40),
        "reaches": st.integers(0, MOST),
        "tags": st.integers(0, 30),
        "rows": st.integers(0, MOST),
    }
)
chosen = st.sets(st.sampled_from([name for name in CHOICES if name != "name"]))


@pytest.mark.django_db
@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(one=counts, other=counts, third=counts, take=chosen, seed=st.integers(0, 999), chain=st.booleans())
def test_merged_and_taken_apart_nothing_has_changed(town, one, other, third, take, seed, chain):
    shop, at = Random(seed), now()  # noqa: S311 - nothing secret
    by = {"by": CLOCKWORK, "at": at}
    with transaction.atomic():
        Tag.objects.bulk_create(Tag(name=f"标签{n}") for n in range(40))
        a, b, c = (filled(f"K90000{n}", shop, size, at) for n, size in enumerate((one, other, third)))
        before = dump()
        first = merge(a, into=b, take=sorted(take), reason="", **by)
        second = (
            merge(b, into=c, take=sorted(take), reason="", **by)
            if chain
            else merge(c, into=b, take=(), reason="", **by)
        )
        assert Case.objects.filter(customer=c if chain else b).count() == one["rows"] + other["rows"] + third["rows"]
        for made in (second, first) if chain else (first, second):
            made.refresh_from_db()
            undo_merge(made, **by)
        assert dump() == before
        transaction.set_rollback(True)  # each example begins with the same database
