"""Merging on the page and through the interface, and what a reader is shown of it."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils.timezone import now

from huiying.customers.actions.customer import create
from huiying.customers.drafts import ContactDraft, CustomerDraft
from huiying.customers.models import Customer, Merge


@pytest.fixture
def double(town, actor):
    contact = ContactDraft(name="张敏敏", phones=("138 0013 8000",))
    draft = CustomerDraft(name="张敏敏", region="上海市", remarks="老客户")
    return create(draft, contacts=[contact], by=actor(town.li), at=now())


def merging(customer):
    return reverse("customers:merging", args=[customer.number])


def text(reply):
    return reply.content.decode()


def test_the_page_shows_why_what_differs_and_what_moves(town, as_li, double):
    page = text(as_li.get(merging(town.zhang), {"duplicate": double.number}))
    assert "电话相同" in page
    assert "1 位联系人 · 1 个联系方式" in page
    assert 'name="take-region" value="theirs" checked' in page
    assert 'name="take-name" value="ours" checked' in page
    assert "13800138000" not in page


def test_whoever_looks_alike_is_offered_and_others_are_found(town, as_li, double):
    assert double.number in text(as_li.get(merging(town.zhang)))
    assert double.number in text(as_li.get(merging(town.zhang), {"q": "敏敏"}, headers={"HX-Request": "true"}))


def test_merged_on_the_page_and_undone_there(town, as_li, double):
    asked = {"duplicate": double.number, "take-region": "theirs", "take-name": "ours", "reason": "电话核实"}
    assert as_li.post(merging(town.zhang), asked).url == town.zhang.get_absolute_url()
    assert Customer.objects.get(pk=town.zhang.pk).region == "上海市"
    assert as_li.get(double.get_absolute_url()).url == town.zhang.get_absolute_url()
    page = text(as_li.get(town.zhang.get_absolute_url()))
    assert "电话核实" in page

    undoing = reverse("customers:merge_undoing", args=[town.zhang.number, Merge.objects.get().pk])
    assert undoing in page
    assert double.number in text(as_li.get(undoing))
    assert as_li.post(undoing).status_code == 302
    assert as_li.get(double.get_absolute_url()).status_code == 200


def test_what_stands_in_the_way_is_said_in_the_sheet(town, as_li, actor, double):
    as_li.post(merging(town.zhang), {"duplicate": double.number})
    Customer.objects.filter(pk=double.pk).update(credit_code="91310000MA1FL1234X")
    holder = create(CustomerDraft(name="别人", credit_code="91310000MA1FL1234X"), by=actor(town.li), at=now())
    undoing = reverse("customers:merge_undoing", args=[town.zhang.number, Merge.objects.get().pk])
    assert holder.number in text(as_li.get(undoing))
    refused = as_li.post(undoing)
    assert refused.status_code == 422
    assert holder.number in text(refused)


def test_whoever_may_not_merge_sees_no_way_to_it(town, as_wang, as_li, double):
    assert merging(town.zhang) not in text(as_wang.get(town.zhang.get_absolute_url()))
    assert merging(town.zhang) in text(as_li.get(town.zhang.get_absolute_url()))
    assert as_wang.get(merging(town.zhang)).status_code == 403
    assert as_wang.post(merging(town.zhang), {"duplicate": double.number}).status_code == 403


def test_a_program_merges_finds_under_either_number_and_undoes(town, program, double):
    li = program(town.li)
    stays = f"customers/{town.zhang.number}"
    assert li.post(f"{stays}/merges", {"duplicate": "K777777"}).status_code == 422
    merged = li.post(f"{stays}/merges", {"duplicate": double.number, "take": ["region"]})
    assert (merged.status_code, merged.json()["region"], len(merged.json()["contacts"])) == (201, "上海市", 2)
    assert li.get(f"customers/{double.number}").json()["number"] == town.zhang.number
    asked = {
        "kind": "complaint",
        "channel": "phone",
        "subject": "晚到",
        "description": "还没到",
        "customer": {"number": double.number},
    }
    assert li.post("cases", asked).json()["customer"]["number"] == town.zhang.number

    [made] = li.get(f"{stays}/merges").json()
    assert (made["number"], made["evidence"], made["hindrances"]) == (double.number, ["phone"], [])
    undone = li.post(f"{stays}/merges/{made['id']}/undoing")
    assert (undone.status_code, undone.json()["number"]) == (200, double.number)
    assert li.post(f"{stays}/merges/{made['id']}/undoing").status_code == 409


def test_a_program_is_told_who_may_be_known_already(town, program, double):
    li = program(town.li)
    [known] = li.get(f"customers/{town.zhang.number}/duplicates").json()
    assert (known["number"], known["reasons"]) == (double.number, ["电话相同"])
    told = li.post("duplicates", {"phones": ["13800138000"]}).json()
    assert {one["number"] for one in told} == {double.number, town.zhang.number}
    assert (
        program(town.wang).post(f"customers/{town.zhang.number}/merges", {"duplicate": double.number}).status_code
        == 403
    )
