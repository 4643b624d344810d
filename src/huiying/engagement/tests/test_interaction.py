"""Recording contacts: specific ones stand, hollow ones are refused in words, corrections keep what stood before."""

from __future__ import annotations

import time
from datetime import timedelta

import pytest
from django.utils import timezone

from huiying.cases.actions.drafts import kept_draft
from huiying.customers.models import Freshness
from huiying.engagement.models import FormerRecord, Interaction
from huiying.journal.models import Entry

SPECIFIC = "王总说三月份的滤芯已用完，要 20 个，周五前报价"
TYPED = {"means": "phone", "at": "2026-03-02T09:30", "content": SPECIFIC}
HTMX = {"HX-Request": "true"}


@pytest.fixture
def address(town) -> str:
    return f"/customers/{town.zhang.number}/interactions/"


def test_a_contact_is_recorded_from_the_sheet(as_lin, address, town):
    answer = as_lin.post(address + "new/", {**TYPED, "next_step": "报价", "next_on": "2026-03-06"}, headers=HTMX)
    assert answer.status_code == 204
    one = Interaction.objects.get()
    assert (one.content, one.owner, one.next_on.isoformat()) == (SPECIFIC, town.lin, "2026-03-06")
    assert SPECIFIC in as_lin.get(address).content.decode()


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"content": "已沟通"}, "content"),
        ({"content": "好好好好好好好好好好"}, "content"),
        ({"at": "2026-03-03T09:30"}, "at"),
        ({"next_on": "2026-03-06"}, "next_step"),
        ({"next_on": "2026-02-06", "next_step": "报价"}, "next_on"),
    ],
)
def test_what_makes_no_sense_is_refused_beside_its_field(as_lin, address, change, field):
    answer = as_lin.post(address + "new/", {**TYPED, **change}, headers=HTMX)
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert not Interaction.objects.exists()


def test_a_copy_of_the_last_record_is_refused(as_lin, address):
    as_lin.post(address + "new/", TYPED, headers=HTMX)
    assert as_lin.post(address + "new/", TYPED, headers=HTMX).status_code == 422
    changed = {**TYPED, "content": SPECIFIC.replace("20", "35")}
    assert as_lin.post(address + "new/", changed, headers=HTMX).status_code == 204


def test_somebody_of_another_customer_was_not_spoken_with(as_lin, address, town):
    assert as_lin.post(address + "new/", {**TYPED, "contact": "999999"}, headers=HTMX).status_code == 422
    ours = town.zhang.contacts.get().pk
    assert as_lin.post(address + "new/", {**TYPED, "contact": ours}, headers=HTMX).status_code == 204


def test_the_check_says_what_is_missing_while_one_types(as_lin, address):
    thin = as_lin.post(address + "check/", {"content": "已沟通"}).context["verdict"]
    assert (thin.is_hollow, len(thin.missing)) == (True, 4)
    good = as_lin.post(address + "check/", {"content": SPECIFIC}).context["verdict"]
    assert (good.is_hollow, good.missing) == (False, [])


def test_what_is_typed_is_kept_until_it_is_recorded(as_lin, address, town):
    place = f"interaction:{town.zhang.number}"
    as_lin.post(address + "draft/", {**TYPED, "content": "王总说"})
    assert kept_draft(place, by=town.lin.pk)["content"] == "王总说"
    assert "王总说" in as_lin.get(address + "new/", headers=HTMX).content.decode()
    as_lin.post(address + "new/", TYPED, headers=HTMX)
    assert kept_draft(place, by=town.lin.pk) == {}


def test_the_author_corrects_for_a_while_and_the_old_text_is_kept(as_lin, as_li, address, monday_morning):
    as_lin.post(address + "new/", TYPED, headers=HTMX)
    one = Interaction.objects.get()
    better = {**TYPED, "content": SPECIFIC.replace("20", "200")}
    assert as_li.post(f"{address}{one.pk}/", better, headers=HTMX).status_code == 422
    assert as_lin.post(f"{address}{one.pk}/", better, headers=HTMX).status_code == 204
    assert FormerRecord.objects.get().content == SPECIFIC
    monday_morning.shift(timedelta(hours=73))
    assert as_lin.post(f"{address}{one.pk}/", TYPED, headers=HTMX).status_code == 422
    one.refresh_from_db()
    assert "200" in one.content
    assert not Entry.objects.filter(facts__icontains="滤芯").exists()


def test_saving_without_a_change_keeps_nothing(as_lin, address):
    as_lin.post(address + "new/", TYPED, headers=HTMX)
    as_lin.post(f"{address}{Interaction.objects.get().pk}/", TYPED, headers=HTMX)
    assert not FormerRecord.objects.exists()


def test_the_timeline_tells_the_contact_with_its_words(as_lin, address, town):
    as_lin.post(address + "new/", TYPED, headers=HTMX)
    for about in ("all", "interactions"):
        assert SPECIFIC in as_lin.get(f"/customers/{town.zhang.number}/timeline/?about={about}").content.decode()
    assert SPECIFIC not in as_lin.get(f"/customers/{town.zhang.number}/timeline/?about=orders").content.decode()


def test_who_works_not_in_care_records_nothing(as_sun, address):
    assert as_sun.post(address + "new/", TYPED, headers=HTMX).status_code in (403, 404)
    assert not Interaction.objects.exists()


def test_a_program_records_lists_and_corrects(program, town):
    lin, path = program(town.lin), f"customers/{town.zhang.number}/interactions"
    body = {"means": "visit", "at": "2026-03-02T09:30:00+08:00", "content": SPECIFIC, "external_ref": "CRM-7"}
    made = lin.post(path, body)
    assert made.status_code == 201, made.content.decode()
    assert lin.post(path, body).json()["id"] == made.json()["id"]
    assert [row["content"] for row in lin.get("interactions", owner="lin").json()["items"]] == [SPECIFIC]
    assert lin.post(path, {**body, "external_ref": "", "content": "ok"}).json()["field"] == "content"
    corrected = lin.patch(f"interactions/{made.json()['id']}", {"feedback": "王总嫌贵，要九折"})
    assert corrected.json()["feedback"] == "王总嫌贵，要九折"
    assert lin.patch(f"interactions/{made.json()['id']}", {"contact": 9_999_999}).status_code == 422


def test_judging_is_quick_enough_for_every_keystroke(as_lin, address):
    began = time.perf_counter()
    as_lin.post(address + "check/", {"content": "滤芯" * 5000 + SPECIFIC * 300})
    assert time.perf_counter() - began < 3
    assert timezone.now().year == 2026


def test_one_tick_says_which_parts_of_the_archive_were_checked(as_lin, address, town):
    ticked = {**TYPED, "is_checked": "on", "blocks": ["basics", "contacts"]}
    assert as_lin.post(address + "new/", ticked, headers=HTMX).status_code == 204
    rows = Freshness.objects.filter(customer=town.zhang, confirmed=True, by=town.lin)
    assert {row.block for row in rows} == {"basics", "contacts"}
    entry = Entry.objects.get(verb="customer_confirmed", customer_id=town.zhang.pk)
    assert (entry.actor_name, entry.facts["blocks"]) == ("林经理", ["basics", "contacts"])


def test_without_the_tick_nothing_is_confirmed_and_a_tick_without_parts_is_explained(as_lin, address):
    assert as_lin.post(address + "new/", {**TYPED, "is_checked": "on"}, headers=HTMX).context["form"].errors["blocks"]
    assert not Interaction.objects.exists()
    assert as_lin.post(address + "new/", {**TYPED, "blocks": ["basics"]}, headers=HTMX).status_code == 204
    assert not Freshness.objects.filter(confirmed=True).exists()


def test_who_may_not_change_the_archive_is_not_asked_and_confirms_nothing(as_lin, address, town, sign_in):
    assert 'name="is_checked"' in as_lin.get(address + "new/").content.decode()
    town.lin.role.powers.remove("customers.edit")
    town.lin.role.save()
    lin = sign_in(town.lin)
    assert 'name="is_checked"' not in lin.get(address + "new/").content.decode()
    lin.post(address + "new/", {**TYPED, "is_checked": "on", "blocks": ["basics"]}, headers=HTMX)
    assert not Freshness.objects.filter(confirmed=True).exists()
