from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils.timezone import localdate, now

from huiying.cases import actions as cases
from huiying.cases.tests.lodging import lodge
from huiying.customers.models import Customer, Status, Tier
from huiying.engagement.actions.pool import Taken, assign, claim
from huiying.engagement.actions.pool_rules import revise_pool_rules
from huiying.engagement.actions.reclaiming import tend_pool
from huiying.engagement.forms.pool import NUMBERS
from huiying.engagement.models import Holding, Interaction, Lock, Means
from huiying.engagement.models.pool import USUAL, PoolPolicy
from huiying.engagement.queries.pool import soon_reclaimed
from huiying.journal.models import Entry
from huiying.notifications.models import Notice
from huiying.staff.actors import actor_of
from huiying.staff.models import Absence

DAY = timedelta(days=1)


@pytest.fixture
def rules(town, actor):
    """Switch the usual rules on, with some numbers of one's own."""

    def rules_(**numbers):
        usual = {name: getattr(PoolPolicy.now(), name) for name in NUMBERS}
        return revise_pool_rules({**usual, "is_active": True, **numbers}, USUAL, by=actor(town.admin), at=now())

    return rules_


@pytest.fixture
def lead(town):
    """A lead of 林经理's, entered this Monday, whom nobody has spoken with."""
    return entered("云帆科技", owner=town.lin)


@pytest.fixture
def pooled(town):
    return entered("远山贸易", region="华东", industry="贸易", status=Status.ACTIVE)


def entered(name, **facts):
    number = f"C{Customer.objects.count() + 100:06}"
    someone = Customer(number=number, name=name, **{"status": Status.LEAD, "region": "上海", **facts})
    someone.key_name()
    someone.save()
    return someone


@pytest.fixture
def days_pass(monday_morning, perform_duties):
    """Let days pass one by one, the pool's clock going its round on each."""

    def days_pass_(days):
        for _day in range(days):
            monday_morning.shift(DAY)
            while tend_pool(now()):
                pass
        perform_duties()

    return days_pass_


def fresh(customer):
    return Customer.objects.get(pk=customer.pk)


def told(verb):
    return [entry.facts for entry in Entry.objects.filter(verb=verb).order_by("id")]


def speak(customer, **facts):
    return Interaction.objects.create(customer=customer, at=now(), content="谈了明年的安排", **facts)


def test_who_is_not_spoken_with_is_warned_of_and_then_goes_to_the_pool(town, lead, rules, days_pass):
    rules()
    days_pass(22)
    assert not told("pool_warned")
    days_pass(1)
    assert [facts["last_day"] for facts in told("pool_warned")] == ["2026-04-01"]
    assert Notice.objects.filter(user=town.lin, headline="云帆科技").count() == 1
    days_pass(7)
    assert fresh(lead).owner == town.lin
    days_pass(1)
    assert fresh(lead).owner is None
    (facts,) = told("pool_reclaimed")
    assert (facts["days"], facts["counted"], facts["basis"], facts["version"]) == (30, "contact", "2026-03-02", 1)
    assert (facts["owner"], len(told("pool_warned"))) == ("林经理", 1)
    assert Notice.objects.filter(user=town.lin, link__contains="/care/pool/").exists()


def test_a_contact_begins_the_days_anew_but_no_letter_to_many(lead, rules, days_pass):
    rules()
    days_pass(25)
    speak(lead, means=Means.EMAIL, external_ref="mailing:1:1")
    speak(lead, means=Means.SYSTEM)
    assert soon_reclaimed(actor_of(lead.owner), at=now())
    speak(lead)
    assert not soon_reclaimed(actor_of(lead.owner), at=now())
    days_pass(30)
    assert fresh(lead).owner is not None
    assert len(told("pool_warned")) == 2


def test_who_is_called_on_the_very_day_of_the_warning_is_warned_of_again(lead, rules, days_pass):
    """Warned and called on the 25th of March: thirty days on is the 24th of April, the warning due on the 17th."""
    rules()
    days_pass(23)
    speak(lead, means=Means.PHONE)
    assert not soon_reclaimed(actor_of(lead.owner), at=now())
    days_pass(22)
    assert len(told("pool_warned")) == 1
    days_pass(1)
    assert [facts["last_day"] for facts in told("pool_warned")] == ["2026-04-01", "2026-04-24"]
    days_pass(7)
    assert fresh(lead).owner is not None
    days_pass(1)
    assert fresh(lead).owner is None


def test_an_absence_noted_after_the_warning_brings_another_one(town, lead, rules, days_pass):
    rules()
    days_pass(23)
    Absence.objects.create(user=town.lin, from_day=localdate() + DAY, until_day=localdate() + 20 * DAY)
    days_pass(20)
    assert [facts["last_day"] for facts in told("pool_warned")] == ["2026-04-01", "2026-04-21"]
    days_pass(7)
    assert fresh(lead).owner is not None
    days_pass(1)
    assert fresh(lead).owner is None


def test_a_lead_that_never_becomes_a_customer_goes_after_ninety_days(lead, rules, days_pass):
    rules()
    for _month in range(6):
        days_pass(15)
        speak(lead)
    days_pass(1)
    assert fresh(lead).owner is None
    assert told("pool_reclaimed")[0]["counted"] == "progress"


def test_whom_no_rule_names_is_never_taken_back(town, rules, days_pass):
    rules()
    vip = entered("恒通集团", owner=town.lin, tier=Tier.VIP)
    days_pass(120)
    assert fresh(vip).owner == town.lin
    assert told("pool_reclaimed") == []


def test_switched_off_or_never_switched_on_nothing_happens(lead, days_pass):
    days_pass(60)
    assert fresh(lead).owner is not None
    assert not Entry.objects.filter(verb="pool_warned").exists()


def test_whoever_was_never_warned_has_the_full_days_when_the_rules_begin(lead, rules, days_pass):
    days_pass(300)
    rules()
    days_pass(7)
    assert fresh(lead).owner is not None
    days_pass(2)
    assert fresh(lead).owner is None


def test_days_of_absence_do_not_count(town, lead, rules, days_pass):
    rules()
    Absence.objects.create(user=town.lin, from_day=localdate() + 5 * DAY, until_day=localdate() + 14 * DAY)
    days_pass(40)
    assert fresh(lead).owner == town.lin
    days_pass(1)
    assert fresh(lead).owner is None


def test_an_open_case_keeps_a_customer(town, lead, rules, days_pass):
    rules()
    lodge(town.wang, team=town.first_team, caller=cases.Caller(customer=lead))
    days_pass(60)
    assert fresh(lead).owner == town.lin


def test_the_owner_extends_once_and_says_why(town, lead, rules, days_pass, sign_in):
    rules()
    days_pass(25)
    as_lin = sign_in(town.lin)
    path = f"/customers/{lead.number}/extension/"
    assert as_lin.post(path, {"reason": ""}, HTTP_HX_REQUEST="true").status_code == 422
    assert as_lin.post(path, {"reason": "四月签约"}, HTTP_HX_REQUEST="true").status_code == 204
    again = as_lin.post(path, {"reason": "再等等"}, HTTP_HX_REQUEST="true")
    assert again.status_code == 422
    days_pass(35)
    assert fresh(lead).owner == town.lin
    days_pass(1)
    assert fresh(lead).owner is None
    assert len(told("pool_warned")) == 2


def test_three_locks_for_each_person_and_more_only_by_who_leads(town, lead, rules, as_lin, as_zhao):
    rules(most_locks=1)
    other = entered("北岸设计", owner=town.lin)
    said = {"reason": "等待招标", "until": localdate() + 30 * DAY}
    assert as_lin.post(f"/customers/{lead.number}/lock/", said, HTTP_HX_REQUEST="true").status_code == 204
    assert as_lin.post(f"/customers/{other.number}/lock/", said, HTTP_HX_REQUEST="true").status_code == 422
    too_long = {**said, "until": localdate() + 91 * DAY}
    assert as_lin.post(f"/customers/{lead.number}/lock/", too_long, HTTP_HX_REQUEST="true").status_code == 422
    assert as_zhao.post(f"/customers/{other.number}/lock/", too_long, HTTP_HX_REQUEST="true").status_code == 204
    assert as_lin.post(f"/customers/{other.number}/lock/lifting/", HTTP_HX_REQUEST="true").status_code == 409
    assert Lock.objects.standing(localdate()).count() == 2


def test_a_lock_keeps_through_its_last_day(town, lead, rules, days_pass, as_lin):
    rules()
    said = {"reason": "等待招标", "until": localdate() + 60 * DAY}
    as_lin.post(f"/customers/{lead.number}/lock/", said)
    days_pass(61)
    assert fresh(lead).owner == town.lin
    days_pass(8)
    assert fresh(lead).owner is None


def test_a_new_owner_in_the_archive_begins_anew(town, lead, rules, days_pass):
    rules()
    days_pass(25)
    Customer.objects.filter(pk=lead.pk).update(owner=town.wang)  # as an import at night may do
    days_pass(29)
    assert fresh(lead).owner == town.wang
    assert list(Holding.objects.filter(customer=lead).values_list("owner__username", flat=True)) == ["wangfang", "lin"]


def test_who_sees_only_their_own_sees_of_the_pool_enough_to_claim(town, pooled, as_lin, as_sun):
    speak(pooled)
    page = as_lin.get("/care/pool/").content.decode()
    assert all(words in page for words in ("远山贸易", "华东", "贸易"))
    assert "谈了明年的安排" not in page
    assert as_lin.get(f"/customers/{pooled.number}/").status_code == 404
    assert as_sun.get("/care/pool/").status_code == 403
    assert as_sun.post(f"/care/pool/{pooled.number}/claim/").status_code == 403
    assert as_lin.post(f"/care/pool/{pooled.number}/claim/").status_code == 302
    assert as_lin.get(f"/customers/{pooled.number}/").status_code == 200
    assert fresh(pooled).team_id == town.lin.team_id


def test_who_is_slower_is_told_who_was_faster(town, actor, pooled, as_wang):
    claim(pooled, by=actor(town.lin), at=now())
    answer = as_wang.post(f"/care/pool/{pooled.number}/claim/", HTTP_HX_REQUEST="true")
    assert answer.status_code == 409
    assert fresh(pooled).owner == town.lin


def test_limits_of_claims(town, rules, as_lin, days_pass):
    rules(most_claims=2, most_customers=4)  # 张敏 is 林经理's already
    some = [entered(f"客户{n}") for n in range(5)]
    claimed = [as_lin.post(f"/care/pool/{one.number}/claim/", HTTP_HX_REQUEST="true").status_code for one in some[:3]]
    assert claimed == [200, 200, 409]
    days_pass(1)
    claimed = [as_lin.post(f"/care/pool/{one.number}/claim/", HTTP_HX_REQUEST="true").status_code for one in some[2:4]]
    assert claimed == [200, 409]


def test_what_was_ones_own_rests(town, pooled, rules, sign_in, days_pass):
    rules()
    as_lin = sign_in(town.lin)
    claimed = f"/care/pool/{pooled.number}/claim/"
    as_lin.post(claimed)
    page = f"/customers/{pooled.number}/release/"
    assert as_lin.post(page, {"reason": "不在我的区域"}, HTTP_HX_REQUEST="true").status_code == 204
    assert fresh(pooled).owner is None
    assert as_lin.post(claimed, HTTP_HX_REQUEST="true").status_code == 409
    days_pass(31)
    as_lin = sign_in(town.lin)
    assert as_lin.post(claimed, HTTP_HX_REQUEST="true").status_code == 200


def test_who_leads_assigns_from_the_pool(town, actor, pooled, perform_duties, as_zhao, as_lin):
    assert as_lin.get(f"/care/pool/{pooled.number}/assignment/").status_code == 403
    answer = as_zhao.post(f"/care/pool/{pooled.number}/assignment/", {"to": town.lin.pk}, HTTP_HX_REQUEST="true")
    assert answer.status_code == 204
    assert fresh(pooled).owner == town.lin
    perform_duties()
    assert Notice.objects.filter(user=town.lin, headline="远山贸易").exists()
    with pytest.raises(Taken, match="林经理"):
        assign(pooled, to=town.wang, by=actor(town.zhao), at=now())


def test_the_rules_are_tried_before_they_hold(town, lead, as_admin, monday_morning, sign_in):
    page = as_admin.get("/settings/pool/")
    said = {name: value for name, value in page.context["form"].initial.items() if value not in (None, False)}
    monday_morning.shift(40 * DAY)
    entered("新客户", owner=town.lin, created_at=now())
    as_admin, as_li = sign_in(town.admin), sign_in(town.li)
    tried = as_admin.post("/settings/pool/trial/", said).context["trial"]
    assert (tried.warned, tried.reclaimed) == (0, 1)
    assert PoolPolicy.now().version == 0
    assert as_admin.post("/settings/pool/", {**said, "is_active": "on"}).status_code == 302
    assert (PoolPolicy.now().version, PoolPolicy.now().is_active) == (1, True)
    assert PoolPolicy.now().days() == {(str(s), str(t)): days for (s, t), days in USUAL.items()}
    assert as_li.get("/settings/pool/").status_code == 403


def test_the_pages_of_the_pool(town, lead, pooled, rules, days_pass, sign_in):
    rules()
    days_pass(24)
    as_lin, as_zhao = sign_in(town.lin), sign_in(town.zhao)
    assert "云帆科技" in as_lin.get("/care/pool/mine/").content.decode()
    assert "6" in as_lin.get(f"/customers/{lead.number}/protection/").content.decode()
    assert "远山贸易" not in as_lin.get("/care/pool/", {"region": "华南"}).content.decode()
    assert "远山贸易" in as_zhao.get(f"/care/pool/?q={pooled.number}").content.decode()


def test_the_list_asks_the_same_however_long_it_is(as_lin, django_assert_max_num_queries):
    for n in range(30):
        entered(f"客户{n}")
    with django_assert_max_num_queries(14):
        as_lin.get("/care/pool/")
