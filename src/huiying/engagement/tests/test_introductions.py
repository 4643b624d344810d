from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils.timezone import localdate, now

from huiying.customers.models import Contact, Customer, Reach, Tier
from huiying.engagement.actions.introducing import IntroductionDraft, revise_introductions
from huiying.engagement.models import Interaction, PlannedContact, Recipient, Succession, Template
from huiying.engagement.queries.introductions import tellings
from huiying.journal.models import Entry
from huiying.kit.guards import Refused

DAY = timedelta(days=1)


@pytest.fixture
def letter(town):
    return Template.objects.create(
        name="换人", means="email", subject="您的新客户经理", text="{contact}您好，我是{manager}。"
    )


@pytest.fixture
def short(town):
    return Template.objects.create(name="换人短信", means="sms", text="{manager}接手服务")


@pytest.fixture
def ruled(town, actor, letter, short, leaving):
    """VIPs are called within two working days, the others written to; 北岸设计 has an address, 张敏 none for mail."""
    drafts = {Tier.VIP: IntroductionDraft(way="call")}
    drafts[Tier.ORDINARY] = IntroductionDraft(way="message", mail_template=letter, sms_template=short)
    revise_introductions(drafts, by=actor(town.admin), at=now())
    return reached(leaving[1], "蓝蓝", "lan@example.com")


def reached(customer, name, address, **facts):
    facts = {"consent_at": now(), "is_main": True, **facts}
    contact = Contact.objects.create(customer=customer, name=name, **facts)
    Reach.objects.create(
        contact=contact, customer=customer, kind="email", value=address, key=address, reversed_key=address[::-1]
    )
    return contact


@pytest.fixture
def hand_over(town, leaving, asked, as_fang, perform_duties):
    def hand_over_(to=None, **said):
        as_fang.post(f"/care/handover/?who={town.lin.pk}", asked(to or town.wang, kinds=("customers",), **said))
        perform_duties()
        return Succession.objects.get()

    return hand_over_


def to_lan(office):
    return [mail for mail in office.mails if mail["To"] == "lan@example.com"]


def calls():
    return PlannedContact.objects.filter(introduction__isnull=False)


def test_a_vip_gets_a_call_planned_for_the_new_account_manager(town, ruled, leaving, hand_over):
    hand_over()
    call = calls().get()
    assert (call.customer, call.owner, call.state, call.means) == (leaving[0], town.wang, "planned", "phone")
    assert call.due_on == localdate() + 2 * DAY
    assert Entry.objects.filter(verb="contact_planned", customer_id=leaving[0].pk).exists()


def test_others_are_written_to_a_day_later_and_it_stands_in_their_story(
    town, ruled, leaving, hand_over, office, pass_time
):
    hand_over()
    pass_time(by=timedelta(hours=23))
    assert not to_lan(office)
    pass_time(by=timedelta(hours=2))
    (mail,) = to_lan(office)
    assert mail["Subject"] == "您的新客户经理"
    assert "蓝蓝您好，我是王芳。" in mail.get_content()
    assert Interaction.objects.filter(customer=leaving[1], means="email").count() == 1
    (facts,) = Entry.objects.filter(verb="customer_introduced", customer_id=leaving[1].pk).values_list(
        "facts", flat=True
    )
    assert facts["to"] == "王芳"


@pytest.mark.parametrize(
    ("facts", "reason"), [({"do_not_contact": True}, "opted_out"), ({"consent_at": None}, "consent")]
)
def test_nobody_is_told_against_their_wish(town, ruled, hand_over, facts, reason):
    Contact.objects.filter(pk=ruled.pk).update(**facts)
    hand_over()
    assert Recipient.objects.get(customer=ruled.customer).reason == reason


def test_the_preferred_channel_decides(town, ruled, hand_over):
    Contact.objects.filter(pk=ruled.pk).update(preferred_channel="phone")
    number = "13900001111"
    Reach.objects.create(
        contact=ruled, customer=ruled.customer, kind="phone", value=number, key=number, reversed_key=number[::-1]
    )
    hand_over()
    told = Recipient.objects.get(customer=ruled.customer)
    assert (told.mailing.means, told.address, told.state) == ("sms", number, "waiting")


def test_what_is_put_back_tells_nobody(town, ruled, leaving, hand_over, office, pass_time, as_fang):
    made = hand_over()
    assert calls().get().state == "planned"
    as_fang.post(f"/care/handover/{made.pk}/undoing/")
    pass_time(by=timedelta(hours=26))
    assert not to_lan(office)
    assert Recipient.objects.get(customer=leaving[1]).reason == "changed"
    assert calls().get().state == "skipped"


def test_one_customer_handed_over_by_themself_is_introduced_too(town, ruled, leaving, as_lin, perform_duties):
    address = f"/customers/{leaving[0].number}/handover/"
    as_lin.post(address, {"to": town.wang.pk, "reason": "换区域"}, HTTP_HX_REQUEST="true")
    perform_duties()
    assert calls().get().owner == town.wang


def test_the_wizard_shows_what_customers_would_hear(town, ruled, leaving, asked, as_fang):
    said = asked(town.wang, kinds=("customers",))
    page = as_fang.post(f"/care/handover/preview/?who={town.lin.pk}", said).content.decode()
    assert all(words in page for words in ("您的新客户经理", "蓝蓝您好，我是王芳。"))
    assert Recipient.objects.count() == 0


def test_rules_are_set_by_administrators_and_need_words(town, actor, as_admin, as_li, letter):
    with pytest.raises(Refused):
        revise_introductions({}, by=actor(town.li), at=now())
    assert as_li.get("/settings/introductions/").status_code == 403
    tiers = [str(tier) for tier in Tier]
    said = {f"{tier}-{part}": value for tier in tiers for part, value in (("way", "none"), ("days", 2))}
    address = "/settings/introductions/"
    assert as_admin.post(address, {**said, "high-way": "message"}).status_code == 422
    assert as_admin.post(address, {**said, "high-way": "message", "high-mail_template": letter.pk}).status_code == 302
    assert "换人" in as_admin.get(address).content.decode()


def test_many_cost_no_more_statements(town, ruled, leaving, fang, django_assert_max_num_queries):
    firms = [Customer(number=f"K{n:04}", name=f"甲{n}", name_key=f"甲{n}", owner=town.wang) for n in range(120)]
    Customer.objects.bulk_create(firms)
    for some in (firms[:25], firms):
        with django_assert_max_num_queries(16):
            assert len(tellings(some, now=now())) == len(some)
