"""The rules for tiers that an empty installation begins with (SPEC A4), in both languages.

They raise, suggest, and take back what a rule gave. A tier that somebody entered, set or imported they never lower.
"""

from __future__ import annotations

from typing import Any

from django.db import transaction

from huiying.customers.models import Perk, Tier, TierRule
from huiying.customers.verbs import PERK_ADDED, TIER_RULE_ADDED
from huiying.journal.actors import STARTER
from huiying.journal.entries import record

Rule = dict[str, Any]
RULES: tuple[Rule, ...] = (
    {
        "code": "top-fifth",
        "name": "终身价值前 20% 为 VIP 候选",
        "name_en": "Top 20 % by lifetime value: VIP candidate",
        "tier": Tier.VIP,
        "deed": TierRule.Deed.SUGGEST,
        "conditions": [{"word": "value_percentile", "comparison": "at_least", "value": "80"}],
    },
    {
        "code": "delighted",
        "name": "高价值客户连续三次满意度不低于 90 分",
        "name_en": "High-value customer, three surveys in a row at 90 or more",
        "tier": Tier.VIP,
        "conditions": [
            {"word": "tier", "comparison": "one_of", "value": ["high", "vip"]},
            {"word": "scores", "comparison": "all_at_least", "value": "90", "last": 3},
        ],
    },
    {
        "code": "high-amount",
        "name": "近一年合作金额不低于 50 万元",
        "name_en": "Bought for 500,000 or more within a year",
        "tier": Tier.HIGH,
        "conditions": [{"word": "amount_year", "comparison": "at_least", "value": "500000"}],
    },
    {
        "code": "growing",
        "name": "近一年合作金额不低于 10 万元且增长 30% 以上",
        "name_en": "Bought for 100,000 or more, 30 % more than the year before",
        "tier": Tier.POTENTIAL,
        "conditions": [
            {"word": "amount_year", "comparison": "at_least", "value": "100000"},
            {"word": "growth", "comparison": "at_least", "value": "30"},
        ],
    },
    {
        "code": "otherwise",
        "name": "不再符合条件的高价值、潜力客户转为普通",
        "name_en": "Given by a rule that no longer holds: ordinary",
        "tier": Tier.ORDINARY,
        "may_lower": True,
        "conditions": [
            {"word": "origin", "comparison": "one_of", "value": ["rule"]},
            {"word": "tier", "comparison": "one_of", "value": ["high", "potential"]},
        ],
    },
    {
        "code": "else",
        "name": "其余为普通客户",
        "name_en": "Everybody else: ordinary",
        "tier": Tier.ORDINARY,
        "conditions": [],
    },
)


PERKS: tuple[Rule, ...] = (
    {
        "name": "专属客户经理",
        "name_en": "Named account manager",
        "description": "有固定的客户经理对接，知道客户的情况",
        "description_en": "One person who knows the customer answers for everything",
        "tiers": ["vip", "high"],
    },
    {
        "name": "7×24 小时响应",
        "name_en": "Answered around the clock",
        "description": "夜间和节假日同样计时、有人应答",
        "description_en": "Clocks run and somebody answers at night and on holidays, too",
        "tiers": ["vip"],
    },
    {
        "name": "优先处理",
        "name_en": "Served first",
        "description": "同等情况下先受理、先处理",
        "description_en": "Among equals accepted and worked on first",
        "tiers": ["vip", "high"],
    },
    {
        "name": "生日与周年问候",
        "name_en": "Greetings on birthdays and anniversaries",
        "tiers": ["vip", "high"],
    },
)


@transaction.atomic
def install_starter_pack() -> None:
    """Add the rules and perks where there never was one. What somebody has made or changed stays as it is."""
    if not Perk.objects.exists():
        install_perks()
    if not TierRule.objects.exists():
        install_rules()


def install_rules() -> None:
    for place, told in enumerate(RULES):
        rule = TierRule(**told, position=100 + 10 * place)
        rule.save()
        record(TIER_RULE_ADDED, rule, by=STARTER, **rule.named)


def install_perks() -> None:
    for place, told in enumerate(PERKS, 1):
        perk = Perk.objects.create(**told, position=10 * place)
        record(PERK_ADDED, perk, by=STARTER, name=perk.name, name_en=perk.name_en)
