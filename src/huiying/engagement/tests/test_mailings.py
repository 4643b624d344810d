from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils.timezone import now

from huiying.cases.actions import Caller
from huiying.cases.models import Case
from huiying.cases.tests.lodging import lodge
from huiying.customers.models import Contact, Customer, Reach
from huiying.customers.queries.words import index_customer
from huiying.engagement.actions.mailing import MailingDraft, cancel, make_mailing, pause, release, resume, retry
from huiying.engagement.actions.mailing_sending import claim, keep_turns, send_mailings
from huiying.engagement.actions.planning import plan_ahead
from huiying.engagement.models import Interaction, Mailing, MailingRules, PlannedContact, Recipient, Template
from huiying.engagement.unsubscribing import link_for
from huiying.journal.models import Entry
from huiying.staff.models import Role
from huiying.staff.starter import SUPERVISOR

TEXT = "{contact}您好，滤芯该换了。客户经理 {manager}"
DRAFT = {"name": "贴士", "means": "email", "subject": "您好", "text": "您好", "chosen": {"region": "杭州"}}


def add_customer(number: int, name: str, *, email: str = "", owner=None, **facts) -> Contact:
    someone = Customer(number=f"C1{number:05}", name=name, owner=owner, region="杭州")
    someone.key_name()
    someone.save()
    contact = Contact.objects.create(customer=someone, name=name, is_main=True, **{"consent_at": now(), **facts})
    if email:
        Reach.objects.create(
            contact=contact, customer=someone, kind="email", value=email, key=email, reversed_key=email[::-1]
        )
    index_customer(someone)
    return contact


@pytest.fixture
def people(town):
    """Six of 杭州: one reached, one without address, one who opted out, one without consent, one nobody cares for,
    one of the same address as the first."""
    lin = {"owner": town.lin}
    return [
        add_customer(1, "周一", email="zhou@example.com", **lin),
        add_customer(2, "吴二", **lin),
        add_customer(3, "郑三", email="zheng@example.com", do_not_contact=True, **lin),
        add_customer(4, "王四", email="wang4@example.com", consent_at=None, **lin),
        add_customer(5, "冯五", email="feng@example.com"),
        add_customer(6, "周六", email="zhou@example.com", **lin),
    ]


@pytest.fixture
def mailing(people, town, actor):
    draft = MailingDraft(
        name="三月贴士", means="email", subject="{contact}，换滤芯", text=TEXT, chosen={"region": "杭州"}
    )
    return make_mailing(draft, by=actor(town.li), at=now())


def to_zhou(office) -> list[object]:
    return [mail for mail in office.mails if mail["To"] == "zhou@example.com"]


def results() -> dict[str, str]:
    return {one.customer.name: one.reason or one.state for one in Recipient.objects.select_related("customer")}


@pytest.fixture
def send(mailing, town, actor, office, pass_time):
    def send_(**when):
        release(mailing, starts_at=None, by=actor(town.li), at=now())
        pass_time(by=timedelta(seconds=5))
        return office

    return send_


def test_it_reaches_whom_it_may_and_says_why_not_the_others(send, people):
    office = send()
    (mail,) = office.mails
    assert mail["To"] == "zhou@example.com"
    assert mail["Subject"] == "周一，换滤芯"
    assert "周一您好，滤芯该换了。客户经理 林经理" in mail.get_content()
    assert mail["List-Unsubscribe"].strip() == f"<{link_for(people[0].pk)}>"
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    left_out = {"吴二": "address", "郑三": "opted_out", "王四": "consent", "冯五": "incomplete", "周六": "double"}
    assert results() == {"周一": "sent", **left_out}
    assert Mailing.objects.get().state == Mailing.State.DONE


def test_it_covers_what_was_planned_for_whoever_it_reached(send, people, mailing):
    plan_ahead(now())
    reached, other = (PlannedContact.objects.filter(customer=people[n].customer).earliest("due_on") for n in (0, 1))
    send()
    for planned in (reached, other):
        planned.refresh_from_db()
    assert (reached.state, reached.interaction) == ("covered", Interaction.objects.get(customer=people[0].customer))
    assert other.state == "planned"


def test_it_counts_as_a_contact_and_stands_in_the_timeline(send, people, as_li):
    send()
    spoken = Interaction.objects.get()
    assert (spoken.customer, spoken.means, spoken.owner) == (people[0].customer, "email", None)
    story = as_li.get(f"/customers/{people[0].customer.number}/timeline/").content.decode()
    assert "滤芯该换了" in story
    assert Entry.objects.filter(subject_type="engagement.recipient").count() == 0


def test_before_it_is_released_the_page_tells_who_gets_it(mailing, as_li, as_wang):
    told = as_li.get(f"/care/mailings/{mailing.pk}/preview/").content.decode()
    assert told.count("<details") == 6
    named = as_li.get(f"/care/mailings/{mailing.pk}/preview/", {"reason": "opted_out"}).content.decode()
    assert "郑三" in named
    assert "周一" not in named
    assert as_wang.get(f"/care/mailings/{mailing.pk}/").status_code == 403


def test_nobody_is_written_to_twice_within_a_fortnight(send, mailing, town, actor, pass_time, people):
    office = send()
    again = make_mailing(
        MailingDraft(
            name="再来", means="email", subject="x", text="x", chosen={"numbers": [people[0].customer.number]}
        ),
        by=actor(town.li),
        at=now(),
    )
    release(again, starts_at=None, by=actor(town.li), at=now())
    pass_time(by=timedelta(minutes=1))
    assert Recipient.objects.get(mailing=again).reason == "recent"
    assert len(office.mails) == 1


def test_two_heartbeats_claim_a_recipient_once(mailing, town, actor):
    Mailing.objects.update(state=Mailing.State.SENDING)
    contact = Contact.objects.get(name="周一")
    one = Recipient.objects.create(
        mailing=mailing, customer=contact.customer, contact=contact, address="zhou@example.com", due_at=now()
    )
    keep_turns([contact.pk])
    assert claim(one, MailingRules.now(), now())
    assert not claim(one, MailingRules.now(), now())


def test_nothing_is_sent_in_the_quiet_hours_nor_while_a_complaint_is_open(send, people, town, pass_time):
    MailingRules(pk=1, quiet_from="09:00", quiet_until="12:00").save()
    office = send()
    assert not to_zhou(office)
    lodge(town.wang, caller=Caller(customer=people[0].customer))
    pass_time(by=timedelta(hours=3))
    assert not to_zhou(office)
    assert Recipient.objects.get(contact=people[0]).reason == "complaint"
    Case.objects.update(stage="closed", closed_at=now())
    pass_time(by=timedelta(hours=7))
    assert len(to_zhou(office)) == 1


def test_what_waits_can_be_paused_and_cancelled(send, mailing, town, actor, pass_time):
    li = actor(town.li)
    MailingRules(pk=1, quiet_from="09:00", quiet_until="11:00").save()
    office = send()
    pause(mailing, by=li, at=now())
    pass_time(by=timedelta(hours=2))
    assert not office.mails
    resume(mailing, by=li, at=now())
    cancel(mailing, by=li, at=now())
    pass_time(by=timedelta(minutes=1))
    assert not office.mails
    assert results()["周一"] == "cancelled"


def test_what_was_refused_is_told_and_tried_again(send, mailing, office, town, actor, pass_time):
    office.reply = "550 no such user"
    send()
    assert "550" in Recipient.objects.get(state="failed").error
    office.reply = ""
    assert retry(mailing, by=actor(town.li), at=now()) == 1
    pass_time(by=timedelta(minutes=1))
    assert len(office.mails) == 1
    assert results()["周一"] == "sent"


def test_the_link_in_a_mail_opts_out_with_one_click_and_in_again(people, as_nobody, mailing):
    address = link_for(people[0].pk).split("/u/")[1]
    asked = as_nobody.get(f"/u/{address}")
    assert asked.status_code == 200
    assert not Contact.objects.get(pk=people[0].pk).do_not_contact
    as_nobody.post(f"/u/{address}", {"List-Unsubscribe": "One-Click"})
    assert Contact.objects.get(pk=people[0].pk).do_not_contact
    assert Entry.objects.filter(verb="contact_opted_out", customer_id=people[0].customer_id).count() == 1
    assert "已为您重新订阅" in as_nobody.post(f"/u/{address}", {"again": "1"}).content.decode()
    assert not Contact.objects.get(pk=people[0].pk).do_not_contact
    assert as_nobody.get("/u/1:falsch/").status_code == 404


def test_whoever_holds_the_link_fills_no_journal_with_it(people, as_nobody):
    address = f"/u/{link_for(people[0].pk).split('/u/')[1]}"
    answers = [as_nobody.post(address, {"again": "1"} if n % 2 else {}).status_code for n in range(22)]
    assert answers == [200] * 20 + [429] * 2
    assert Entry.objects.filter(customer_id=people[0].customer_id, verb__contains="opted").count() == 20


def test_a_word_in_braces_that_nobody_knows_is_refused(as_li, town):
    said = {"name": "贴士", "means": "email", "subject": "您好", "text": "{kunde}您好", "active": "on"}
    refused = as_li.post("/care/templates/new/", said)
    assert refused.status_code == 422
    assert "{kunde}" in refused.content.decode()
    assert as_li.post("/care/templates/new/", {**said, "text": "{customer}您好"}).status_code == 302


def test_a_template_is_previewed_and_keeps_its_versions(as_li, people):
    said = {"name": "贴士", "means": "email", "subject": "您好", "text": "{customer}您好，{manager}", "active": "on"}
    as_li.post("/care/templates/new/", said)
    shown = as_li.post("/care/templates/preview/", {**said, "customer": "冯五"}).content.decode()
    assert "冯五您好" in shown
    assert "{manager}" in shown
    kept = Template.objects.get()
    assert as_li.post(f"/care/templates/{kept.pk}/", {**said, "text": "新", "version": 1}).status_code == 302
    assert as_li.post(f"/care/templates/{kept.pk}/", {**said, "text": "旧", "version": 1}).status_code == 422
    assert kept.versions.count() == 2


def test_a_mailing_is_made_and_released_on_the_pages(as_li, people, office, pass_time):
    said = {
        "name": "贴士",
        "means": "email",
        "subject": "您好",
        "text": "{contact}您好",
        "numbers": people[0].customer.number,
    }
    made = as_li.post("/care/mailings/new/", said)
    assert made.status_code == 302
    assert as_li.post(f"{made.url}test/").status_code == 302
    assert [mail["To"] for mail in office.mails] == ["liqiang@example.com"]
    assert as_li.post(f"{made.url}release/").status_code == 302
    pass_time(by=timedelta(seconds=5))
    assert [mail["To"] for mail in office.mails][1:] == ["zhou@example.com"]
    assert "周一" in as_li.get(made.url).content.decode()
    assert as_li.post("/care/mailings/new/", {**said, "numbers": ""}).status_code == 422


@pytest.mark.parametrize("is_changed", [True, False])
def test_who_releases_what_another_prepared_writes_only_to_customers_they_see(
    people, mailing, town, actor, sign_in, office, pass_time, is_changed
):
    hidden = make_mailing(MailingDraft(**DRAFT), by=actor(town.admin), at=now())
    Role.objects.filter(code=SUPERVISOR).update(customer_scope="own")
    as_li = sign_in(town.li)
    if is_changed:
        as_li.post(f"{hidden.get_absolute_url()}revision/", {**DRAFT, **DRAFT["chosen"]})
        assert Mailing.objects.get(pk=hidden.pk).made_by == town.li
        release(hidden, starts_at=None, by=actor(town.li), at=now())
    else:
        assert as_li.post(f"{hidden.get_absolute_url()}release/").status_code == 302
    pass_time(by=timedelta(minutes=1))
    assert Mailing.objects.get(pk=hidden.pk).state == "done"
    assert office.mails == []


def test_a_template_that_is_none_leaves_the_form_empty(as_li):
    for key in ("abc", "²", "9" * 30):
        assert as_li.get("/care/mailings/new/", {"template": key}).status_code == 200


def test_a_program_makes_and_watches_a_mailing(people, town, program, office):
    li = program(town.li)
    asked = {"name": "贴士", "means": "email", "subject": "您好", "text": "您好", "chosen": {"region": "杭州"}}
    made = li.post("mailings", asked).json()
    assert li.get(f"mailings/{made['id']}/preview").json()["receive"] == 2
    assert li.post(f"mailings/{made['id']}/release", {}).json()["state"] == "filling"
    for _beat in range(3):
        send_mailings(now())
    assert li.get(f"mailings/{made['id']}/recipients", state="skipped").json()["items"]
    assert program(town.wang).get("mailings").status_code == 403


def test_while_one_writes_the_form_tells_how_many_fit_and_what_they_would_read(as_li, people, as_wang):
    said = {"means": "email", "subject": "您好", "text": "{contact}您好，客户经理 {manager}", "region": "杭州"}
    told = as_li.post("/care/mailings/new/preview/", said)
    assert told.context["count"] == 6
    assert "周一您好，客户经理 林经理" in told.content.decode()
    lone = as_li.post("/care/mailings/new/preview/", {**said, "numbers": people[2].customer.number})
    assert (lone.context["count"], lone.context["sample"].reason) == (1, "已退订")
    assert as_li.post("/care/mailings/new/preview/", {"text": "您好", "quiet_since": "gestern"}).status_code == 200
    assert as_wang.post("/care/mailings/new/preview/", said).status_code == 403


def test_what_was_typed_outlasts_the_choice_of_a_template(as_li):
    Template.objects.create(name="保养贴士", means="email", subject="您好", text="该换滤芯了")
    typed = {"name": "冬季提醒", "region": "杭州", "status": ""}
    chosen = as_li.get("/care/mailings/new/", {"template": Template.objects.get().pk, **typed}).context["form"].initial
    assert (chosen["name"], chosen["region"], chosen["text"]) == ("冬季提醒", "杭州", "该换滤芯了")
