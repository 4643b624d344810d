"""Perks: said on the settings page, shown on page and card of those whose tier has them; VIPs need a manager."""

from __future__ import annotations

import pytest
from django.urls import reverse

from huiying.customers.models import Customer, Perk
from huiying.journal.models import Entry

PERKS, NEW = reverse("customers:settings_perks"), reverse("customers:settings_perk_new")
SENT = {"name": "专属经理", "description": "一小时内回电", "tiers": ["vip"], "position": 1, "active": "on"}


@pytest.fixture
def named_manager(town, as_admin):
    Perk.objects.all().delete()
    assert as_admin.post(NEW, SENT).status_code == 302
    return Perk.objects.get()


@pytest.mark.parametrize("door", ["customer", "card", "chosen"])
def test_a_perk_is_shown_where_its_tier_is_served(named_manager, town, as_wang, door):
    page = reverse(f"customers:{door}", args=[town.zhang.number])
    assert "专属经理" not in as_wang.get(page).content.decode()
    Customer.objects.update(tier="vip")
    assert "专属经理" in as_wang.get(page).content.decode()


def test_a_perk_is_changed_with_its_history_and_wrong_ones_are_refused(named_manager, as_admin, as_wang):
    page = reverse("customers:settings_perk", args=[named_manager.pk])
    assert as_admin.post(page, SENT | {"tiers": ["vip", "high"]}).status_code == 302
    assert Entry.objects.filter(verb="perk_changed").get().facts["changes"]["tiers"] == [["vip"], ["vip", "high"]]
    assert as_admin.post(NEW, SENT).status_code == 422  # the name is taken
    assert as_admin.post(NEW, {"name": "空"}).status_code == 422
    assert as_wang.get(PERKS).status_code == 403
    assert "专属经理" in as_admin.get(PERKS).content.decode()


def test_a_vip_without_manager_stands_on_the_work_list(town, as_wang):
    link = "tier=vip&amp;owner=nobody"
    assert link not in as_wang.get(reverse("customers:list")).content.decode()
    Customer.objects.update(tier="vip", owner=None)
    assert link in as_wang.get(reverse("customers:list")).content.decode()
    assert "张敏" in as_wang.get(reverse("customers:list"), {"tier": "vip", "owner": "nobody"}).content.decode()


def test_the_starter_pack_brings_perks(town):
    assert Perk.objects.for_tier("vip")
    assert not Perk.objects.for_tier("ordinary")
