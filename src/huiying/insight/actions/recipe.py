"""The ways to win customers back, as the company keeps them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from huiying.insight import verbs
from huiying.insight.models import Recipe, RecipeStep
from huiying.insight.policies import may_arrange
from huiying.journal.actors import Actor
from huiying.journal.entries import record
from huiying.kit.guards import BadInput, ensure

LONGEST = 24 * 365


@dataclass(frozen=True, kw_only=True)
class RecipeDraft:
    """A name, whether it is offered, and the steps as (what, hours after the begin)."""

    name: str
    active: bool
    steps: list[tuple[str, int]]


@transaction.atomic
def keep_recipe(recipe: Recipe, draft: RecipeDraft, *, by: Actor, at: datetime) -> Recipe:
    """Write a new way, or the steps of a known one anew; plays under way keep theirs."""
    ensure(may_arrange(by))
    if not draft.steps:
        raise BadInput(_("Please name at least one step."), field="steps")
    if any(not 0 < hours <= LONGEST for _title, hours in draft.steps):
        raise BadInput(_("A step is due between one hour and a year after the begin."), field="steps")
    if Recipe.objects.filter(name=draft.name).exclude(pk=recipe.pk).exists():
        raise BadInput(_("There is a way of this name already."), field="name")
    if recipe.name != draft.name:
        recipe.name_en = ""  # what it was called in English no longer says the same
    recipe.name, recipe.active = draft.name, draft.active
    recipe.save()
    english = dict(recipe.steps.values_list("title", "title_en"))
    recipe.steps.all().delete()
    RecipeStep.objects.bulk_create(
        RecipeStep(recipe=recipe, position=place, title=title[:120], title_en=english.get(title, ""), hours=hours)
        for place, (title, hours) in enumerate(sorted(draft.steps, key=lambda step: step[1]), start=1)
    )
    record(verbs.RECIPE_CHANGED, recipe, by=by, at=at, name=recipe.name)
    return recipe
