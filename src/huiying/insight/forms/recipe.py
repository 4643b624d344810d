from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from huiying.insight.actions.recipe import RecipeDraft
from huiying.insight.models import Recipe
from huiying.kit.forms import DeskForm

ROWS = 8


class RecipeForm(DeskForm):
    """A name and up to eight steps, each with the hours after the begin in which it is due; empty rows are left out."""

    name = forms.CharField(label=_("name"), max_length=60)
    active = forms.BooleanField(label=_("offered for new plays"), required=False, initial=True)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for row in range(ROWS):
            what = gettext("Step %(n)s: what is done") % {"n": row + 1}
            hours = gettext("Step %(n)s: hours") % {"n": row + 1}
            self.fields[f"title_{row}"] = forms.CharField(
                label=what,
                max_length=120,
                required=False,
                widget=forms.TextInput(attrs={"class": "input", "aria-label": what}),
            )
            self.fields[f"hours_{row}"] = forms.IntegerField(
                label=hours,
                min_value=1,
                max_value=24 * 365,
                required=False,
                widget=forms.NumberInput(attrs={"class": "input", "aria-label": hours}),
            )

    @classmethod
    def of(cls, recipe: Recipe) -> RecipeForm:
        initial: dict[str, Any] = {"name": recipe.name, "active": recipe.active}
        for row, step in enumerate(recipe.steps.all()[:ROWS]):
            initial |= {f"title_{row}": step.title, f"hours_{row}": step.hours}
        return cls(initial=initial)

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        for row in range(ROWS):
            if given.get(f"title_{row}") and not given.get(f"hours_{row}") and not self.errors.get(f"hours_{row}"):
                self.add_error(f"hours_{row}", _("Please say by when."))
        return given

    def rows(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        return [(self[f"title_{row}"], self[f"hours_{row}"]) for row in range(ROWS)]

    def draft(self) -> RecipeDraft:
        given = self.cleaned_data
        steps = [(given[f"title_{row}"], given[f"hours_{row}"]) for row in range(ROWS)]
        kept = [(title, hours) for title, hours in steps if title]
        return RecipeDraft(name=given["name"], active=given["active"], steps=kept)
