"""Who is calling? The same person is found again, whoever asks and however the number is written."""

from __future__ import annotations

import threading
from dataclasses import replace

import pytest
from django.db import connection
from django.utils.timezone import now

from huiying.customers.actions.contact import add_contact, revise_contact
from huiying.customers.actions.customer import create, obtain
from huiying.customers.drafts import ContactDraft, CustomerDraft, contact_draft_of
from huiying.customers.models import Customer
from huiying.customers.numbers import phone_key, sound_phone
from huiying.customers.queries import email_of, identify
from huiying.journal.actors import MAIL_ROOM, STARTER
from huiying.journal.models import Entry
from huiying.kit.guards import BadInput


@pytest.mark.parametrize("written", ["13800138000", "138 0013 8000", "+86-138-0013-8000", "１３８００１３８０００"])
def test_a_known_caller_is_found_however_the_number_is_written(town, actor, written):
    assert obtain("", written, "", by=actor(town.wang), at=now()) == town.zhang


def test_a_known_writer_is_found_by_address_in_any_case(town):
    contact = replace(contact_draft_of(town.zhang.contacts.get()), emails=("zhangmin@example.test",))
    revise_contact(town.zhang.contacts.get(), contact, by=MAIL_ROOM, at=now())
    assert email_of(town.zhang) == "zhangmin@example.test"
    assert obtain("", "", "ZhangMin@Example.test", by=MAIL_ROOM, at=now()) == town.zhang


def test_an_unknown_caller_is_entered_with_contact_number_and_journal_line(town, actor):
    caller = obtain("周女士", "139 1111 2222", "", by=actor(town.wang), at=now())

    assert (caller.name, caller.number[0], caller.team) == ("周女士", "K", town.first_team)
    assert [reach.key for reach in caller.reaches.all()] == ["13911112222"]
    assert Entry.objects.about(caller).get().verb == "customer_created"


def test_one_phone_of_two_customers_goes_to_the_one_who_is_called_so(town):
    contact = ContactDraft(name="前台", phones=("13800138000",))
    hotel = create(
        CustomerDraft(name="蓝湾酒店有限公司", kind="organisation"), contacts=[contact], by=STARTER, at=now()
    )

    assert identify(phone="13800138000", name="蓝湾 酒店") == hotel
    assert identify(phone="13800138000", name="前台") == hotel
    assert identify(phone="13800138000") == town.zhang


def test_a_name_alone_finds_an_organisation_but_no_namesake(town):
    hotel = create(CustomerDraft(name="蓝湾酒店有限公司", kind="organisation"), by=STARTER, at=now())

    assert identify(name="蓝湾酒店") == hotel
    assert identify(name="张敏") is None
    unknown = obtain("张敏", "", "", by=MAIL_ROOM, at=now())
    assert unknown != town.zhang
    assert obtain("张敏", "", "", by=MAIL_ROOM, at=now()) == unknown


def test_a_contact_leads_to_their_company(town, actor):
    hotel = create(CustomerDraft(name="蓝湾酒店", kind="organisation"), by=STARTER, at=now())
    add_contact(hotel, ContactDraft(name="林经理", phones=("010-58781234",)), by=actor(town.wang), at=now())

    assert identify(phone="01058781234") == hotel


@pytest.mark.parametrize("phone", ["1952823348", "12546049403", "13800138O00", "110", "打不通"])
def test_a_wrong_number_is_refused_with_a_sentence(db, phone):
    with pytest.raises(BadInput) as refusal:
        obtain("周女士", phone, "", by=MAIL_ROOM, at=now())
    assert refusal.value.field == "phone"
    assert phone in str(refusal.value)
    assert not Customer.objects.exists()


@pytest.mark.parametrize(
    "phone", ["010-58781234", "4008123123", "95588", "12315", "+852 2345 6789", "010-58781234转801", "58781234"]
)
def test_other_numbers_than_mobiles_are_kept_as_written(phone):
    assert sound_phone(phone) == phone
    assert phone_key(phone).isdigit()


def test_finding_somebody_costs_one_statement(town, django_assert_num_queries):
    with django_assert_num_queries(1):
        identify(phone="13800138000", email="zhangmin@example.test", name="张敏")


@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite lets one writer in at a time")
@pytest.mark.django_db(transaction=True)
def test_two_doors_at_once_get_the_same_customer():
    def knock():
        found.append(obtain("周女士", "13911112222", "", by=MAIL_ROOM, at=now()).pk)
        connection.close()

    found: list[int] = []
    doors = [threading.Thread(target=knock) for _ in range(6)]
    for door in doors:
        door.start()
    for door in doors:
        door.join()
    assert len(found) == 6
    assert len(set(found)) == 1
