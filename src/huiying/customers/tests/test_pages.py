"""The customer's pages: list, lookup, card, 360° page, forms; each for whom may see it, and nothing unmasked."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import now

from huiying.cases.actions import Caller, Draft, register
from huiying.channels.models import Message
from huiying.customers.actions.customer import create, obtain
from huiying.customers.actions.order import add_order
from huiying.customers.drafts import CustomerDraft, OrderDraft
from huiying.customers.models import Customer, Reach
from huiying.journal.actors import STARTER
from huiying.journal.models import Entry
from huiying.kit.tables import open_table

PHONE, MASKED = "13800138000", "138 **** 8000"


def page(name, customer, *more):
    return reverse(f"customers:{name}", args=[customer.number, *more])


@pytest.fixture
def busy(town):
    """张敏 with an order and a message."""
    order = OrderDraft(number="D1", product="对开门冰箱", ordered_on=date(2026, 2, 1), amount=Decimal(3999))
    add_order(town.zhang, order, by=STARTER, at=now())
    Message.objects.create(
        subject_type="customers.customer",
        subject_id=town.zhang.pk,
        customer_id=town.zhang.pk,
        direction="in",
        channel="phone",
        at=now(),
        text="冰箱还没送到",
    )
    return town.zhang


@pytest.mark.parametrize(
    "name", ["customer", "card", "chosen", "timeline", "orders", "revision", "tier", "tags", "contact_new", "order_new"]
)
def test_every_page_answers_and_hides_the_number(busy, as_wang, name):
    answer = as_wang.get(page(name, busy))
    assert answer.status_code == 200
    assert PHONE not in answer.content.decode()


@pytest.mark.parametrize("name", ["customer", "card", "timeline", "revision", "tier", "contact_new"])
def test_who_may_not_see_the_customer_finds_nothing(busy, town, sign_in, name):
    stranger = create(CustomerDraft(name="别人的客户"), by=STARTER, at=now())
    assert sign_in(town.lin).get(page(name, stranger)).status_code == 404
    assert sign_in(town.sun).get(page(name, busy)).status_code == 404


def test_the_page_tells_contacts_orders_and_where_the_story_is(busy, as_wang):
    text = as_wang.get(busy.get_absolute_url()).content.decode()
    for told in ("张敏", MASKED, "D1", "对开门冰箱", page("timeline", busy)):
        assert told in text


def test_the_story_tells_messages_and_deeds_newest_first_and_can_be_narrowed(busy, as_wang):
    everything = as_wang.get(page("timeline", busy)).content.decode()
    assert "冰箱还没送到" in everything
    assert "D1" in everything
    only_orders = as_wang.get(page("timeline", busy), {"about": "orders"}).content.decode()
    assert "冰箱还没送到" not in only_orders
    assert "D1" in only_orders


def test_a_long_story_is_read_a_page_at_a_time(town, as_wang):
    for n in range(70):
        draft = OrderDraft(number=f"D{n:03}", product="茶", ordered_on=date(2026, 1, 1))
        add_order(town.zhang, draft, by=STARTER, at=now() - timedelta(days=100 - n))
    seen, answer = set(), as_wang.get(page("timeline", town.zhang))
    while answer.context["page"].items:
        seen |= {item.key for item in answer.context["page"].items}
        cursor = answer.context["page"].next_cursor
        if cursor is None:
            break
        answer = as_wang.get(page("timeline", town.zhang), {"cursor": cursor})
    assert len(seen) == 70


def test_a_case_one_may_not_see_stays_out_of_the_story(town, actor, as_wang, as_chen):
    draft = Draft(kind="complaint", channel="phone", description="冰箱还没送到", caller=Caller(customer=town.zhang))
    case = register(draft, by=actor(town.wang), at=now())
    case.team = town.first_team
    case.save()

    assert case.number in as_wang.get(page("timeline", town.zhang)).content.decode()
    hidden = as_chen.get(page("timeline", town.zhang)).content.decode()
    assert case.number not in hidden
    assert "冰箱还没送到" not in hidden


def test_uncovering_shows_the_number_once_and_writes_down_who_looked(busy, town, as_wang, sign_in):
    reach = Reach.objects.phones().get(customer=busy)
    assert PHONE in as_wang.post(page("uncovering", busy, reach.pk)).content.decode()
    entry = Entry.objects.of_customer(busy.pk).latest("id")
    assert (entry.verb, entry.actor_name) == ("reach_uncovered", "王芳")

    town.wang.role.powers.remove("customers.uncover")
    town.wang.role.save()
    answer = as_wang.post(page("uncovering", busy, reach.pk))
    assert answer.status_code == 403
    assert PHONE not in answer.content.decode()


def test_the_list_finds_filters_and_pages(town, as_wang, django_assert_max_num_queries):
    for n in range(60):
        obtain(f"周{n}号", f"1381234{n:04d}", "", by=STARTER, at=now())
    with django_assert_max_num_queries(14):
        first = as_wang.get(reverse("customers:list"))
    assert len(first.context["hits"]) == 50
    older = as_wang.get(reverse("customers:list") + "?" + first.context["older"])
    assert len(older.context["hits"]) == 11
    found = as_wang.get(reverse("customers:list"), {"q": "8000"}, headers={"HX-Request": "true"}).content.decode()
    assert "张敏" in found
    assert "<html" not in found
    none = as_wang.get(reverse("customers:list"), {"tier": "vip"})
    assert none.context["hits"] == []


def test_the_page_costs_the_same_however_much_is_known(busy, as_wang):
    def cost():
        with CaptureQueriesContext(connection) as context:
            as_wang.get(busy.get_absolute_url())
        return len(context)

    before = cost()
    for n in range(8):
        add_order(busy, OrderDraft(number=f"E{n}", product="茶", ordered_on=date(2026, 1, 1)), by=STARTER, at=now())
    assert cost() == before <= 14


def test_the_caller_is_looked_up_and_chosen_while_registering(busy, as_wang):
    hits = as_wang.get(reverse("customers:lookup"), {"q": "8000"}).content.decode()
    assert f'data-choose-customer="{busy.number}"' in hits
    assert MASKED in hits
    card = as_wang.get(page("chosen", busy)).content.decode()
    assert 'data-choose-order="D1"' in card
    assert as_wang.get(reverse("customers:lookup"), {"q": "没有这个人"}).content.decode().count("<button") == 0


FORM = {
    "name": "蓝湾酒店有限公司",
    "kind": "organisation",
    "status": "active",
    "tier": "high",
    "contact": "林晓",
    "phones": "139 0000 1234，021-55556789",
    "emails": "lin@example.test",
}


def test_a_customer_is_entered_with_the_first_contact(town, as_wang):
    answer = as_wang.post(reverse("customers:new"), FORM)
    hotel = Customer.objects.get(name="蓝湾酒店有限公司")
    assert answer.url == hotel.get_absolute_url()
    assert (hotel.tier, hotel.reaches.count(), hotel.contacts.get().name) == ("high", 3, "林晓")


def test_a_wrong_number_is_said_beside_its_field_and_nothing_is_lost(town, as_wang):
    answer = as_wang.post(reverse("customers:new"), {**FORM, "phones": "1390000123"})
    assert answer.status_code == 422
    assert "1390000123" in answer.context["form"].errors["phones"][0]
    assert "林晓" in answer.content.decode()


def test_somebody_known_is_warned_of_and_may_be_entered_anyway(town, as_wang):
    warning = as_wang.post(reverse("customers:duplicates"), {"phones": PHONE}).content.decode()
    assert "张敏" in warning
    assert as_wang.post(reverse("customers:new"), {**FORM, "phones": PHONE}).status_code == 302


def test_a_revision_is_saved_and_a_stale_one_refused(busy, as_wang):
    changed = {"name": "张敏", "kind": "person", "status": "active", "region": "上海市", "version": busy.version}
    assert as_wang.post(page("revision", busy), changed).status_code == 302
    stale = as_wang.post(page("revision", busy), {**changed, "region": "北京市"})
    assert stale.status_code == 409
    assert "王芳" in stale.content.decode()
    busy.refresh_from_db()
    assert busy.region == "上海市"


def test_sheets_do_their_deeds(busy, as_wang):
    done = [
        as_wang.post(page("tier", busy), {"tier": "vip", "reason": "三年老客户"}, headers={"HX-Request": "true"}),
        as_wang.post(page("tags", busy), {"tag": "怕吵"}, headers={"HX-Request": "true"}),
        as_wang.post(page("contact_new", busy), {"name": "张先生"}, headers={"HX-Request": "true"}),
        as_wang.post(
            page("order_new", busy),
            {"number": "D9", "product": "茶", "ordered_on": "2026-03-01", "quantity": "1", "amount": "9.9"},
            headers={"HX-Request": "true"},
        ),
    ]
    assert [answer.status_code for answer in done] == [204] * 4
    busy.refresh_from_db()
    assert (busy.tier, busy.tags.get().name, busy.contacts.count(), busy.orders.count()) == ("vip", "怕吵", 2, 2)


def test_a_contact_keeps_the_numbers_nobody_typed_again(busy, as_wang):
    contact = busy.contacts.get()
    answer = as_wang.post(page("contact", busy, contact.pk), {"name": "张敏", "title": "店长", "phones": "13911112222"})
    assert answer.status_code == 302
    assert sorted(contact.reaches.values_list("value", flat=True)) == [PHONE, "13911112222"]


@pytest.mark.parametrize("name", ["new", "list"])
def test_who_has_no_power_is_refused(town, as_sun, name):
    assert as_sun.get(reverse(f"customers:{name}")).status_code == 403


def test_the_list_leaves_the_house_masked_and_written_down(busy, as_li, as_wang):
    file = b"".join(as_li.get(reverse("customers:export", args=["csv"]), {"q": "张敏"}).streaming_content).decode()
    assert busy.number in file
    assert MASKED in file
    assert PHONE not in file
    assert Entry.objects.latest("id").verb == "customers_exported"
    assert as_li.get(reverse("customers:export", args=["xlsx"])).status_code == 200
    assert as_wang.get(reverse("customers:export", args=["csv"])).status_code == 403


def test_the_file_says_whose_copy_it_is_and_can_be_brought_in_again(busy, as_li, actor, town, tmp_path):
    lines = b"".join(as_li.get(reverse("customers:export", args=["csv"])).streaming_content).decode().splitlines()
    entry = Entry.objects.latest("id")
    assert lines[-1].startswith("注：由李强于 2026-03-02 10:00 导出")
    assert str(entry.pk) in lines[-1]
    path = tmp_path / "back.csv"
    path.write_text("\n".join(lines), encoding="utf-8")
    table = open_table(path, known=lambda header: header in {"客户编号", "名称"})
    assert len(list(table.lines)) == len(lines) - 2


def test_whole_numbers_leave_only_with_the_power_and_a_reason(busy, town, as_li, as_wang):
    address = reverse("customers:whole_export")
    assert as_wang.get(address).status_code == 403
    refused = as_li.post(address, {"reason": "要", "form": "csv"})
    assert (refused.status_code, "做什么用" in refused.content.decode()) == (422, True)
    file = as_li.post(f"{address}?q=张敏", {"reason": "给物流补录收货电话", "form": "csv"})
    assert PHONE in b"".join(file.streaming_content).decode()
    entry = Entry.objects.latest("id")
    assert (entry.verb, entry.facts["reason"]) == ("customers_exported_whole", "给物流补录收货电话")
    role = town.li.role
    role.powers = [power for power in role.powers if power != "customers.uncover"]
    role.save()
    assert as_li.post(address, {"reason": "给物流补录收货电话", "form": "csv"}).status_code == 403
