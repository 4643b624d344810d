"""Rules decide on tiers: by night, by the first that holds, naming rule and figures; what is set by hand stands."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import localdate, now

from huiying.cases.models import Case
from huiying.cases.tests.lodging import lodge
from huiying.customers.actions.rating import rate_customers, rate_one
from huiying.customers.actions.standing import confirm, decline, end_overrides, lift_override, set_tier
from huiying.customers.actions.tier_rule import RuleDraft, add_rule, drop_rule, move_up, revise_rule
from huiying.customers.actions.trial import begin_trial, go_on
from huiying.customers.models import Customer, Figures, Override, Round, Ruling, Score, Suggestion, Tier, TierRule
from huiying.customers.starter import RULES, install_starter_pack
from huiying.customers.tiering.conditions import read_conditions
from huiying.journal.actors import STARTER
from huiying.journal.models import Entry
from huiying.kit.guards import BadInput, DomainError, Refused, Stale
from huiying.notifications.models import Notice

NIGHT = timedelta(days=1)


def figures(customer, **told):
    Figures.objects.update_or_create(customer=customer, defaults={"as_of": localdate(), **told})


def scored(customer, *points):
    for age, one in enumerate(points):
        Score.objects.create(customer=customer, at=now() - timedelta(days=age), points=one)


def tier_of(customer):
    return Customer.objects.get(pk=customer.pk).tier


def let_rules_decide():
    while rate_customers(now()):
        pass


def last_entry(customer):
    return Entry.objects.about(customer).order_by("-id").first()


def draft(*conditions, **told):
    plain = {"name": "大客户", "tier": Tier.HIGH, "deed": TierRule.Deed.SET}
    return RuleDraft(conditions=read_conditions(conditions), **plain | told)


def bought(amount):
    return {"word": "amount_year", "comparison": "at_least", "value": str(amount)}


def test_the_night_raises_a_customer_and_says_by_which_rule_and_figures(town):
    figures(town.zhang, amount_year=600_000, orders=3)
    let_rules_decide()

    told = last_entry(town.zhang)
    assert tier_of(town.zhang) == "high"
    assert told.facts["figures"] == {"amount_year": "600000"}
    assert "近一年合作金额不低于 50 万元" in told.sentence
    assert (Ruling.objects.get().rule.code, Ruling.objects.get().rule.version) == ("high-amount", 1)


def test_each_customer_is_decided_on_once_a_night(town, monday_morning):
    figures(town.zhang, amount_year=600_000)
    assert (rate_customers(now()), rate_customers(now()), rate_customers(now())) == (1, 0, 0)
    assert Entry.objects.filter(verb="customer_tiered").count() == 1
    monday_morning.shift(NIGHT)
    let_rules_decide()
    assert [(one.considered, one.raised) for one in Round.objects.order_by("day")] == [(1, 1), (1, 0)]


def test_a_second_heartbeat_does_not_decide_again_what_another_claimed(town):
    figures(town.zhang, amount_year=600_000)
    known = Round.objects.create(day=localdate(), last_pk=town.zhang.pk)
    assert Round.objects.claim(known, up_to=town.zhang.pk, count=1)
    assert not Round.objects.claim(known, up_to=town.zhang.pk, count=1)
    let_rules_decide()
    assert tier_of(town.zhang) == "ordinary"


def test_before_the_hour_nothing_is_decided(town, monday_morning):
    monday_morning.shift(-timedelta(hours=6))
    assert rate_customers(now()) == 0
    assert not Round.objects.exists()


def test_three_scores_in_a_row_make_a_high_value_customer_vip(town):
    Customer.objects.update(tier="high")
    scored(town.zhang, 95, 90, 89)
    rate_one(town.zhang.pk, at=now())
    assert tier_of(town.zhang) == "high"
    scored(town.zhang, 91)
    Score.objects.filter(points=89).delete()
    rate_one(town.zhang.pk, at=now())
    assert tier_of(town.zhang) == "vip"


def test_what_a_rule_gave_it_takes_back_but_never_what_somebody_entered(town, monday_morning):
    figures(town.zhang, amount_year=600_000)
    let_rules_decide()
    figures(town.zhang, amount_year=10)
    monday_morning.shift(NIGHT)
    let_rules_decide()
    assert tier_of(town.zhang) == "ordinary"

    Customer.objects.update(tier="high")
    monday_morning.shift(NIGHT)
    let_rules_decide()
    assert tier_of(town.zhang) == "high"


def test_a_top_customer_is_suggested_and_somebody_confirms(town, actor):
    figures(town.zhang, value_percentile=92.5)
    let_rules_decide()
    suggestion = Suggestion.objects.open().get()
    assert (tier_of(town.zhang), suggestion.tier, suggestion.figures) == (
        "ordinary",
        "vip",
        {"value_percentile": "92.5"},
    )

    confirm(suggestion, by=actor(town.li), at=now())
    assert tier_of(town.zhang) == "vip"
    assert Override.objects.standing().get().until == localdate() + timedelta(days=180)
    with pytest.raises(DomainError):
        confirm(suggestion, by=actor(town.li), at=now())


def test_a_declined_suggestion_rests_with_its_reason(town, actor, monday_morning):
    figures(town.zhang, value_percentile=92)
    let_rules_decide()
    with pytest.raises(BadInput):
        decline(Suggestion.objects.get(), reason=" ", by=actor(town.li), at=now())
    decline(Suggestion.objects.get(), reason="账期风险高", by=actor(town.li), at=now())
    monday_morning.shift(NIGHT)
    let_rules_decide()
    assert (tier_of(town.zhang), Suggestion.objects.open().count()) == ("ordinary", 0)
    monday_morning.shift(timedelta(days=181))
    let_rules_decide()
    assert Suggestion.objects.open().count() == 1


def test_a_suggestion_that_no_longer_fits_lapses(town, monday_morning):
    figures(town.zhang, value_percentile=92)
    let_rules_decide()
    figures(town.zhang, value_percentile=50)
    monday_morning.shift(NIGHT)
    let_rules_decide()
    assert Suggestion.objects.get().outcome == "lapsed"


def test_a_tier_set_by_hand_stands_is_reminded_of_and_ends(town, actor, monday_morning, perform_duties):
    figures(town.zhang, amount_year=600_000)
    until = localdate() + timedelta(days=10)
    set_tier(town.zhang, Tier.POTENTIAL, reason="先观察", until=until, by=actor(town.wang), at=now())
    let_rules_decide()
    assert tier_of(town.zhang) == "potential"

    monday_morning.shift(timedelta(days=4))
    assert (end_overrides(now()), end_overrides(now())) == (1, 0)
    perform_duties()
    assert Notice.objects.get(entry__verb="override_ends").user_id == town.lin.pk

    monday_morning.shift(timedelta(days=7))
    assert end_overrides(now()) == 1
    verbs = Entry.objects.about(town.zhang).order_by("-id").values_list("verb", flat=True)
    assert [*verbs[:2]] == ["customer_tiered", "override_ended"]
    assert tier_of(town.zhang) == "high"


def test_by_hand_needs_a_reason_a_day_ahead_and_the_power(town, actor):
    by, yesterday = actor(town.wang), localdate() - timedelta(days=1)
    for told in ({"reason": " "}, {"reason": "老客户", "until": yesterday}):
        with pytest.raises(BadInput):
            set_tier(town.zhang, Tier.VIP, by=by, at=now(), **told)
    with pytest.raises(Refused):
        set_tier(town.zhang, Tier.VIP, reason="老客户", by=actor(town.sun), at=now())
    set_tier(town.zhang, Tier.ORDINARY, reason="维持", by=by, at=now())
    assert not Override.objects.exists()
    set_tier(town.zhang, Tier.ORDINARY, reason="维持", until=localdate(), by=by, at=now())
    assert last_entry(town.zhang).verb == "tier_held"


def test_what_was_set_by_hand_can_be_given_back_to_the_rules(town, actor):
    figures(town.zhang, amount_year=600_000)
    set_tier(town.zhang, Tier.VIP, reason="老客户", by=actor(town.wang), at=now())
    lift_override(town.zhang, by=actor(town.wang), at=now())
    assert tier_of(town.zhang) == "vip"  # the rule that holds may not lower
    assert not Override.objects.standing().exists()
    with pytest.raises(DomainError):
        lift_override(town.zhang, by=actor(town.wang), at=now())


def test_open_clocks_follow_a_rule_as_they_follow_a_hand(town, perform_duties):
    case = lodge(town.wang, team=town.first_team)
    Case.objects.filter(pk=case.pk).update(customer=town.zhang)
    Customer.objects.update(tier="high")
    scored(town.zhang, 95, 95, 95)
    let_rules_decide()
    perform_duties()
    assert Entry.objects.about(case).filter(verb="clock_replanned").exists()


def test_a_rule_is_never_changed_in_place(town, actor):
    by = actor(town.admin)
    rule = add_rule(draft(bought(5)), by=by, at=now())
    assert TierRule.objects.current().first() == rule
    second = revise_rule(rule, draft(bought(7)), by=by, at=now())
    assert (second.version, second.position) == (2, rule.position)
    with pytest.raises(Stale):
        revise_rule(rule, draft(bought(9)), by=by, at=now())
    with pytest.raises(TypeError):
        second.save()
    drop_rule(second, by=by, at=now())
    assert not TierRule.objects.current().filter(code=rule.code).exists()


def test_rules_change_places_as_new_versions(town, actor):
    first, second = TierRule.objects.current()[:2]
    move_up(second, by=actor(town.admin), at=now())
    order = [(rule.code, rule.version) for rule in TierRule.objects.current()[:2]]
    assert order == [(second.code, 2), (first.code, 2)]
    with pytest.raises(DomainError):
        move_up(TierRule.objects.current()[0], by=actor(town.admin), at=now())


@pytest.mark.parametrize(
    "wrong", [{"name": " "}, {"deed": TierRule.Deed.SUGGEST, "conditions": ()}, {"conditions": ()}]
)
def test_a_rule_that_makes_no_sense_is_refused(town, actor, wrong):
    told = RuleDraft(**{"name": "规则", "tier": Tier.HIGH, "deed": TierRule.Deed.SET, "conditions": (), **wrong})
    with pytest.raises(BadInput):
        add_rule(told, by=actor(town.admin), at=now())
    with pytest.raises(Refused):
        add_rule(draft(bought(1)), by=actor(town.wang), at=now())


def test_a_trial_counts_and_changes_nothing(town, actor):
    figures(town.zhang, amount_year=70)
    trial = begin_trial(draft(bought(50)), of=None, by=actor(town.admin), at=now())
    done = go_on(trial, at=now())
    assert (done.considered, done.raised, done.lowered, done.suggested, done.percent) == (1, 1, 0, 0, 100)
    assert [(line["old"], line["new"], line["figures"]) for line in done.lines] == [
        ("ordinary", "high", {"amount_year": "70"})
    ]
    assert (tier_of(town.zhang), Ruling.objects.count()) == ("ordinary", 0)


def test_many_customers_cost_no_more_statements(town):
    def statements(many):
        Round.objects.all().delete()
        Customer.objects.filter(number__startswith="T").update(tier="ordinary")
        rows = [Customer(number=f"T{many}{n}", name="客户", name_key="客户") for n in range(many)]
        for customer in Customer.objects.bulk_create(rows):
            Figures.objects.create(customer=customer, as_of=localdate(), amount_year=Decimal(600_000))
        with CaptureQueriesContext(
            connection,
        ) as asked:
            rate_customers(now())
        return len(asked)

    assert statements(24) == statements(36) <= 27


def test_merged_entries_are_left_out(town):
    gone = Customer.objects.create(number="T1", name="旧档", name_key="旧档", merged_into=town.zhang)
    figures(gone, amount_year=600_000)
    let_rules_decide()
    assert tier_of(gone) == "ordinary"


def test_the_starter_rules_are_installed_once_and_stay_as_changed(town, actor):
    assert TierRule.objects.current().count() == len(RULES)
    drop_rule(TierRule.objects.current()[0], by=actor(town.admin), at=now())
    install_starter_pack()
    assert TierRule.objects.current().count() == len(RULES) - 1
    assert Entry.objects.filter(verb="tier_rule_added", actor_name=STARTER.name).count() == len(RULES)
