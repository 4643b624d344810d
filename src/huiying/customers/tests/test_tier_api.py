"""Tiers through the interface: why, by hand until a day, suggestions, rules in versions, dry runs, perks."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils.timezone import localdate, now

from huiying.customers.actions.rating import rate_customers
from huiying.customers.models import Customer, Figures, TierRule, Trial
from huiying.staff.models import Role

AMOUNT = "666001"
RULE = {
    "name": "大客户",
    "tier": "vip",
    "conditions": [
        {"word": "amount_year", "comparison": "at_least", "value": 50000},
        {"word": "status", "comparison": "one_of", "value": ["active"]},
    ],
}


@pytest.fixture
def decided(town):
    Figures.objects.create(customer=town.zhang, as_of=localdate(), amount_year=AMOUNT, value_percentile=95)
    while rate_customers(now()):
        pass
    return town.zhang


@pytest.fixture
def wang(town, program):
    return program(town.wang)


@pytest.fixture
def admin(town, program):
    return program(town.admin, "read", "write", "admin")


def done(answer, status=200):
    assert answer.status_code == status, answer.content.decode()
    return answer.json() if answer.content else None


def without_amounts(town):
    powers = set(Role.objects.get(pk=town.wang.role_id).powers) - {"customers.amounts"}
    Role.objects.filter(pk=town.wang.role_id).update(powers=sorted(powers))


def tier_of(customer):
    return f"customers/{customer.number}/tier"


def test_why_names_rule_version_and_figures(decided, wang):
    told = done(wang.get(tier_of(decided)))
    assert (told["tier"], told["override"]) == ("high", None)
    assert (told["ruling"]["code"], told["ruling"]["version"]) == ("high-amount", 1)
    assert told["ruling"]["figures"] == {"amount_year": AMOUNT}
    assert told["today"]["code"] == "high-amount"
    assert told["suggestion"]["rule"]["figures"] == {"value_percentile": "95"}


def test_amounts_are_told_only_to_whoever_may_see_them(decided, town, program):
    without_amounts(town)
    told = program(town.wang).get(tier_of(decided))
    assert done(told)["ruling"]["figures"] == {}
    assert AMOUNT not in told.content.decode()
    assert AMOUNT not in program(town.wang).get("tier-suggestions").content.decode()


def test_by_hand_until_a_day_and_back_to_the_rules(decided, wang, town, program):
    until = (localdate() + timedelta(days=30)).isoformat()
    asked = {"tier": "vip", "reason": "老客户", "until": until}
    assert program(town.sun).post(tier_of(decided), asked).status_code == 404
    assert done(wang.post(tier_of(decided), asked))["tier"] == "vip"
    told = done(wang.get(tier_of(decided)))["override"]
    assert (told["until"], told["reason"], told["set_by"]["username"]) == (until, "老客户", "wangfang")
    assert wang.post(tier_of(decided), asked | {"until": "2020-01-01"}).json()["field"] == "until"

    assert done(wang.send("DELETE", tier_of(decided)))["number"] == decided.number
    assert done(wang.get(tier_of(decided)))["override"] is None
    assert wang.send("DELETE", tier_of(decided)).status_code == 409


def test_suggestions_are_listed_confirmed_and_declined_with_a_reason(decided, wang, town, program):
    [line] = done(wang.get("tier-suggestions"))["items"]
    assert (line["customer"], line["present"], line["rule"]["tier"]) == (decided.number, "high", "vip")
    deed = f"tier-suggestions/{line['id']}"
    assert program(town.sun).post(f"{deed}/confirmation").status_code == 404
    assert wang.post(f"{deed}/declination", {"reason": " "}).status_code == 422
    assert done(wang.post(f"{deed}/confirmation"))["tier"] == "vip"
    assert wang.post(f"{deed}/declination", {"reason": "刚流失"}).status_code == 404


def test_a_declined_suggestion_leaves_the_tier(decided, wang):
    [line] = done(wang.get("tier-suggestions"))["items"]
    assert wang.post(f"tier-suggestions/{line['id']}/declination", {"reason": "刚换采购"}).status_code == 204
    assert done(wang.get("tier-suggestions"))["items"] == []
    assert Customer.objects.get(pk=decided.pk).tier == "high"


def test_a_rule_goes_on_in_versions_until_it_is_dropped(admin, wang):
    made = done(admin.post("tier-rules", RULE), 201)
    assert (made["version"], made["reads"][0]) == (1, "近一年金额不低于 50,000 元")
    one = f"tier-rules/{made['code']}"
    changed = RULE | {"name": "年采购大客户", "version": 1}
    assert done(admin.send("PUT", one, changed))["version"] == 2
    assert admin.send("PUT", one, changed).status_code == 409
    assert [rule["version"] for rule in done(admin.get(f"{one}/versions"))] == [2, 1]
    assert done(admin.get("tier-rules"))[0]["name"] == "年采购大客户"
    second = done(admin.get("tier-rules"))[1]
    assert done(admin.post(f"tier-rules/{second['code']}/moving-up"))["position"] < second["position"]
    for answer in (
        wang.get("tier-rules"),
        wang.post("tier-rules", RULE),
        wang.send("PUT", one, changed),
        wang.send("DELETE", one),
    ):
        assert answer.status_code == 403
    assert admin.send("DELETE", one).status_code == 204
    assert admin.get(one).status_code == 404


@pytest.mark.parametrize(
    "wrong",
    [
        {"word": "shoe_size", "comparison": "at_least", "value": 40},
        {"word": "orders", "comparison": "one_of", "value": ["1"]},
        {"word": "orders", "comparison": "at_least", "value": "viele"},
        {"word": "scores", "comparison": "all_at_least", "value": 90},
    ],
)
def test_what_is_no_condition_is_refused(admin, wrong):
    assert admin.post("tier-rules", RULE | {"conditions": [wrong]}).status_code == 422
    assert not TierRule.objects.filter(name="大客户").exists()


def test_a_dry_run_tells_whom_it_would_move_and_changes_nothing(decided, admin, wang, town, program):
    told = done(admin.post("tier-trials", {"rule": RULE}), 201)
    assert (told["ended"], told["raised"]) == (True, 1)
    [move] = [move for move in told["moves"] if move["kind"] == "raised"]
    assert (move["customer"], move["tier"], move["figures"]["amount_year"]) == (decided.number, "vip", AMOUNT)
    assert Customer.objects.get(pk=decided.pk).tier == "high"
    again = f"tier-trials/{Trial.objects.get().pk}"
    assert done(admin.post(again))["moves"] == told["moves"]
    assert wang.post("tier-trials", {"rule": RULE}).status_code == 403
    Role.objects.filter(pk=town.wang.role_id).update(powers=["settings.manage", "customers.see"])
    assert program(town.wang, "admin").post(again).status_code == 404


def test_perks_are_listed_changed_and_told_of_a_customer(admin, wang, town):
    made = done(admin.post("perks", {"name": "免费年检", "tiers": ["vip"]}), 201)
    assert admin.post("perks", {"name": "免费年检", "tiers": ["vip"]}).status_code == 422
    changed = done(admin.patch(f"perks/{made['id']}", {"tiers": ["vip", "ordinary"]}))
    assert (changed["name"], changed["tiers"]) == ("免费年检", ["vip", "ordinary"])
    Customer.objects.filter(pk=town.zhang.pk).update(tier="ordinary")
    told = [perk["name"] for perk in done(wang.get(f"customers/{town.zhang.number}/perks"))]
    assert "免费年检" in told
    assert wang.patch(f"perks/{made['id']}", {"active": False}).status_code == 403
    assert "免费年检" in [perk["name"] for perk in done(wang.get("perks"))]
