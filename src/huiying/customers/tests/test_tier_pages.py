"""The pages of tiers: why, suggestions, the settings with editor and dry run; amounts only for whom they are."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils.timezone import localdate, now

from huiying.customers.actions.rating import rate_customers
from huiying.customers.models import Customer, Figures, Override, Suggestion, TierRule, Trial
from huiying.staff.models import Role

RULES = reverse("customers:settings_tiers")
NEW = reverse("customers:settings_tier_rule_new")
TRIAL = reverse("customers:settings_tier_trial")


def typed(**more):
    """What the editor sends: one condition on the amount of the last year."""
    return {
        "name": "大客户",
        "tier": "vip",
        "deed": "set",
        "active": "on",
        "row": "c1",
        "c1-word": "amount_year",
        "c1-comparison": "at_least",
        "c1-value": "50,000",
    } | more


@pytest.fixture
def buyer(town):
    Figures.objects.create(customer=town.zhang, as_of=localdate(), amount_year=666_001, value_percentile=95)
    return town.zhang


@pytest.fixture
def decided(buyer):
    while rate_customers(now()):
        pass
    return buyer


def text(answer):
    assert answer.status_code == 200, answer.content.decode()[-2000:]
    return answer.content.decode()


def test_why_names_rule_and_figures_and_hides_amounts_from_whoever_may_not_see_them(decided, town, sign_in):
    page = reverse("customers:why_tier", args=[decided.number])
    told = text(sign_in(town.wang).get(page))
    assert "近一年合作金额不低于 50 万元" in told
    assert "666,001" in told
    powers = set(Role.objects.get(pk=town.wang.role_id).powers) - {"customers.amounts"}
    Role.objects.filter(pk=town.wang.role_id).update(powers=sorted(powers))
    for door in (page, reverse("customers:suggestions"), reverse("customers:timeline", args=[decided.number])):
        assert "666,001" not in text(sign_in(town.wang).get(door))


def test_by_hand_until_a_day_then_given_back(decided, as_wang):
    tier = reverse("customers:tier", args=[decided.number])
    sent = {"tier": "vip", "reason": "老客户", "until": localdate().isoformat()}
    assert as_wang.post(tier, sent).status_code == 302
    assert "老客户" in text(as_wang.get(reverse("customers:why_tier", args=[decided.number])))
    assert as_wang.post(tier, sent | {"until": "2020-01-01"}).status_code == 422
    as_wang.post(reverse("customers:tier_lifting", args=[decided.number]))
    assert not Override.objects.standing().exists()


def test_the_work_list_counts_confirms_and_declines(decided, as_wang, as_lin):
    assert reverse("customers:suggestions") in text(as_wang.get(reverse("customers:list")))
    assert "张敏" in text(as_wang.get(reverse("customers:suggestions")))
    [suggestion] = Suggestion.objects.open()
    decline = reverse("customers:suggestion_declination", args=[suggestion.pk])
    assert as_wang.post(decline, {"reason": ""}).status_code == 422
    assert as_lin.post(reverse("customers:suggestion_confirmation", args=[suggestion.pk])).status_code == 302
    assert Customer.objects.get(pk=decided.pk).tier == "vip"
    assert as_wang.get(decline).status_code == 404


def test_strangers_find_no_suggestion(decided, town, sign_in):
    Customer.objects.update(owner=None)
    [suggestion] = Suggestion.objects.open()
    confirm = reverse("customers:suggestion_confirmation", args=[suggestion.pk])
    assert sign_in(town.lin).post(confirm).status_code == 404


def test_a_rule_is_added_changed_moved_and_dropped(town, as_admin):
    assert as_admin.post(NEW, typed()).status_code == 302
    rule = TierRule.objects.current().first()
    page = reverse("customers:settings_tier_rule", args=[rule.code])
    assert "50000" in text(as_admin.get(page))
    changed = typed(version=1) | {"c1-value": "60000"}
    assert as_admin.post(page, changed).status_code == 302
    assert as_admin.post(page, changed).status_code == 422  # made from version 1, there is version 2
    listed = text(as_admin.get(RULES))
    assert "60,000" in listed
    second = TierRule.objects.current()[1]
    as_admin.post(reverse("customers:settings_tier_rule_up", args=[second.code]))
    as_admin.post(reverse("customers:settings_tier_rule_removal", args=[rule.code]))
    assert not TierRule.objects.current().filter(code=rule.code).exists()


@pytest.mark.parametrize("wrong", [{"c1-value": "viele"}, {"name": ""}, {"c1-word": ""}, {"c1-comparison": "one_of"}])
def test_what_was_typed_wrong_is_shown_again(town, as_admin, wrong):
    answer = as_admin.post(NEW, typed() | wrong)
    assert answer.status_code == 422
    assert "c1-word" in answer.content.decode()


def test_a_row_asks_what_its_word_needs(town, as_admin):
    row = reverse("customers:settings_tier_condition")
    assert "-last" in text(as_admin.get(row, {"row": "c1", "c1-word": "scores"}))
    assert 'type="checkbox"' in text(as_admin.get(row, {"row": "c1", "c1-word": "status"}))
    assert "-comparison" not in text(as_admin.get(row))


def test_the_dry_run_tells_whom_it_would_move(buyer, as_admin):
    told = text(as_admin.post(TRIAL, typed()))
    assert "张敏" in told
    assert "666,001" in told
    assert "form-errors" in text(as_admin.post(TRIAL, typed(name="")))
    further = reverse("customers:settings_tier_trial_further", args=[Trial.objects.get().pk])
    assert "张敏" in text(as_admin.post(further))


def test_another_persons_dry_run_is_nobodys_business(buyer, town, as_admin, sign_in):
    as_admin.post(TRIAL, typed())
    Role.objects.filter(pk=town.wang.role_id).update(powers=["settings.manage", "customers.see"])
    further = reverse("customers:settings_tier_trial_further", args=[Trial.objects.get().pk])
    assert sign_in(town.wang).post(further).status_code == 404
    assert "666,001" not in text(sign_in(town.wang).post(TRIAL, typed()))


def test_the_terms_are_set_and_wrong_ones_refused(town, as_admin):
    sent = {"override_days": 90, "remind_days": 7, "rest_days": 30, "hour": 6}
    url = reverse("customers:settings_tier_terms")
    assert as_admin.post(url, sent).status_code == 302
    assert as_admin.post(url, sent | {"override_days": 0}).status_code == 422
    assert 'value="90"' in text(as_admin.get(RULES))


def test_rows_come_and_go_without_scripts_and_nothing_typed_is_lost(town, as_admin):
    more = text(as_admin.post(NEW, typed(name="大客户", may_lower="on", more="1")))
    assert more.count('name="row"') == 2
    assert 'value="50,000"' in more
    assert 'value="大客户"' in more
    assert "form-errors" not in more
    assert TierRule.objects.current().first().name != "大客户"
    fewer = text(as_admin.post(NEW, typed(row=["c1", "c2"], without="c1") | {"c2-word": "scores"}))
    assert fewer.count('name="row"') == 1
    assert 'name="c2-last"' in fewer


def test_what_was_ticked_in_a_row_stays_ticked_and_the_version_is_the_one_that_was_opened(town, as_admin):
    as_admin.post(NEW, typed())
    rule = TierRule.objects.current().first()
    page = reverse("customers:settings_tier_rule", args=[rule.code])
    chosen = {"row": "c1", "c1-word": "tier", "c1-comparison": "none_of", "c1-value": ["vip", "high"]}
    kept = text(as_admin.post(page, typed(version=7, more="1") | chosen))
    assert kept.count("checked") >= 4  # two tiers in the row, tier and deed of the rule
    assert 'name="version" value="7"' in kept
