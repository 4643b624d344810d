"""What a complaint does elsewhere tells of it: whoever is named in it notices nothing (SPEC C15)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils.timezone import localdate, now

from huiying.cases.actions import Caller, recuse
from huiying.cases.tests.lodging import lodge
from huiying.customers.models import Contact, Customer, Reach, Status
from huiying.engagement.actions.mailing import MailingDraft, make_mailing
from huiying.engagement.actions.need import NeedDraft, add_need
from huiying.engagement.actions.pool_rules import revise_pool_rules
from huiying.engagement.actions.tending import hold
from huiying.engagement.forms.pool import NUMBERS
from huiying.engagement.models import Mailing, PlannedContact, Recipient
from huiying.engagement.models.pool import USUAL, PoolPolicy
from huiying.engagement.tests.test_pool import entered
from huiying.staff.models import Role
from huiying.staff.queries import LogFilter, log
from huiying.staff.starter import ACCOUNT_MANAGER


@pytest.fixture
def planned(town) -> PlannedContact:
    """张敏 is to be called tomorrow, and complains today."""
    day = localdate() + timedelta(days=1)
    window = {"window_from": localdate(), "window_until": day + timedelta(days=20), "slot": "2026-03/1"}
    made = PlannedContact.objects.create(customer=town.zhang, owner=town.lin, tier="vip", due_on=day, **window)
    lodge(town.wang, team=town.first_team, caller=Caller(customer=town.zhang))
    hold(now())
    made.refresh_from_db()
    return made


@pytest.fixture
def named(town, actor):
    """It is 林经理, her account manager, whom she complains about."""

    def named_():
        recuse(town.zhang.cases.get(), town.lin, by=actor(town.li), at=now())

    return named_


def test_a_held_contact_is_nowhere(town, planned, named, as_lin, as_zhao, program, actor):
    card, story, contacts = "/customers/C000001/interactions/", "/customers/C000001/timeline/", "/care/contacts/?state="
    assert all("while a complaint is open" in read(as_lin, page) for page in (card, story))
    assert all("张敏" in read(as_lin, page) for page in (f"{contacts}held", f"/care/?day={planned.due_on}"))
    named()
    for page in (f"{contacts}held", f"{contacts}any", f"/care/?day={planned.due_on}"):
        assert "张敏" not in read(as_lin, page), page
    assert not any("while a complaint is open" in read(as_lin, page) for page in (card, story))
    assert program(town.lin).get("planned-contacts").json()["items"] == []
    timeline = program(town.lin).get("customers/C000001/timeline").content.decode()
    assert "complaint" not in timeline
    assert as_lin.post(f"/care/contacts/{planned.pk}/move/").status_code == 404
    assert not log(LogFilter(), actor(town.lin)).filter(verb="contact_held").exists()
    assert "while a complaint is open" in read(as_zhao, "/customers/C000001/interactions/")


def test_there_is_selling_as_if_it_was_not_there(town, planned, named, as_lin, as_zhao, actor):
    need = add_need(town.zhang, NeedDraft(title="滤芯"), by=actor(town.lin), at=now())
    said = {"content": "滤芯年度套餐", "period": "四月起一年", "effect": "不再断供"}
    as_lin.post(f"/care/needs/{need.pk}/confirmation/", said, headers={"hx-request": "true"})
    as_lin.post(f"/care/needs/{need.pk}/proposal/", said, headers={"hx-request": "true"})
    pages = ("/care/needs/", "/customers/C000001/needs/", f"/care/needs/{need.pk}/")
    assert "complaint" in read(as_lin, "/care/needs/")
    named()
    for page in pages:
        assert "complaint" not in read(as_lin, page), page
    assert "complaint" in read(as_zhao, "/care/needs/")
    answer = as_lin.post(
        f"/care/needs/{need.pk}/presentation/", {"on": localdate().isoformat(), "means": "phone", "heard": "再想想"}
    )
    assert "complaint" not in answer.content.decode()
    need.refresh_from_db()
    assert need.stage == "presented"


def test_occasions_say_nothing_of_it(town, planned, named, as_lin, as_zhao, program):
    Contact.objects.update(birthday=localdate().replace(year=1990) + timedelta(days=2))
    named()
    assert "a complaint is open" not in read(as_lin, "/occasions/")
    assert program(town.lin).get("occasions").json()[0]["held"] == ""
    assert "a complaint is open" in read(as_zhao, "/occasions/?whose=all")


def test_a_mailing_says_nothing_of_it(town, planned, named, as_lin, as_zhao, program, actor):
    role = Role.objects.get(code=ACCOUNT_MANAGER)
    Role.objects.filter(pk=role.pk).update(powers=[*role.powers, "care.lead"])
    Customer.objects.update(region="杭州")
    contact = Contact.objects.get()
    contact.consent_at = now()
    contact.save()
    address = {"value": "zhang@example.com", "key": "zhang@example.com", "reversed_key": "moc.elpmaxe@gnahz"}
    Reach.objects.create(contact=contact, customer=town.zhang, kind="email", **address)
    draft = MailingDraft(name="贴士", means="email", subject="您好", text="您好", chosen={"region": "杭州"})
    mailing = make_mailing(draft, by=actor(town.lin), at=now())
    named()
    Mailing.objects.update(state="sending")
    preview, recipients = f"mailings/{mailing.pk}/preview", f"mailings/{mailing.pk}/recipients"
    assert program(town.lin).get(preview).json() == {"receive": 1, "reasons": {}}
    assert program(town.zhao).get(preview).json()["reasons"] == {"complaint": 1}
    Recipient.objects.create(
        mailing=mailing, customer=town.zhang, contact=contact, reason="complaint", due_at=now(), address="z@example.com"
    )
    assert program(town.lin).get(recipients).json()["items"][0]["reason"] == ""
    assert "complaint open" not in read(as_lin, mailing.get_absolute_url())
    assert "complaint open" in read(as_zhao, mailing.get_absolute_url())


def test_the_pool_says_nothing_of_what_keeps_a_customer(town, planned, named, as_lin, as_zhao, program, actor):
    usual = {name: getattr(PoolPolicy.now(), name) for name in NUMBERS}
    revise_pool_rules({**usual, "is_active": True}, USUAL, by=actor(town.admin), at=now())
    Customer.objects.update(status=Status.LEAD)
    page = "/customers/C000001/protection/"
    assert "a case is open" in read(as_lin, page)
    named()
    assert "a case is open" not in read(as_lin, page)
    assert program(town.lin).get("customers/C000001/protection").json()["kept_by"] == ""
    assert "a case is open" in read(as_zhao, page)


def test_a_merge_counts_it_for_nobody_who_is_named(town, planned, named, as_lin, as_zhao):
    role = Role.objects.get(code=ACCOUNT_MANAGER)
    Role.objects.filter(pk=role.pk).update(powers=[*role.powers, "customers.merge"])
    double = entered("张敏敏", owner=town.lin)
    page = f"/customers/{double.number}/merging/?duplicate=C000001"
    assert "1 case" in read(as_lin, page)
    named()
    assert "1 case" not in read(as_lin, page)
    assert "1 case" in read(as_zhao, page)


def read(client, page) -> str:
    return client.get(page, headers={"accept-language": "en"}).content.decode()
