"""The first ways to win customers back. Installing them again changes nothing."""

from __future__ import annotations

from django.db import transaction

from huiying.insight import verbs
from huiying.insight.models import Recipe, RecipeStep
from huiying.journal.actors import STARTER
from huiying.journal.entries import record

DAY = 24
Steps = tuple[tuple[str, str, int], ...]
RECIPES: dict[tuple[str, str], Steps] = {
    ("常规挽回", "Usual"): (
        ("电话联系，问清最近为什么没有下单", "Call and ask why they have not ordered", DAY),
        ("上门或视频拜访，当面听取意见", "Visit and listen", 3 * DAY),
        ("给出解决办法或优惠方案", "Propose a solution or an offer", 7 * DAY),
        ("回访效果，确认后续安排", "Follow up", 14 * DAY),
    ),
    ("投诉后挽回", "After a complaint"): (
        ("主管致电致歉，确认诉求是否解决", "A lead calls, apologises and asks whether it is solved", DAY),
        ("把改进结果告诉客户", "Tell the customer what was improved", 5 * DAY),
        ("回访满意度", "Ask how satisfied they are", 14 * DAY),
    ),
}


@transaction.atomic
def install_starter_pack() -> None:
    """Add the recipes where there is none at all; a company that removed them keeps its own."""
    if Recipe.objects.exists():
        return
    for place, ((name, name_en), steps) in enumerate(RECIPES.items(), start=1):
        recipe = Recipe.objects.create(name=name, name_en=name_en, position=place * 10)
        RecipeStep.objects.bulk_create(
            RecipeStep(recipe=recipe, position=number, title=title, title_en=title_en, hours=hours)
            for number, (title, title_en, hours) in enumerate(steps, start=1)
        )
        record(verbs.RECIPE_CHANGED, recipe, by=STARTER, name=name)
