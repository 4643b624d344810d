from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from huiying.cases.actions.category import CategoryDraft
from huiying.cases.models import Category, Kind
from huiying.kit.forms import DeskForm


class CategoryForm(DeskForm):
    """A category's names, where it stands and where it is offered."""

    name = forms.CharField(label=_("name"), max_length=60)
    name_en = forms.CharField(label=_("English name"), max_length=60, required=False)
    parent = forms.ModelChoiceField(
        label=_("part of"), queryset=Category.objects.none(), required=False, empty_label=_("the top")
    )
    hints = forms.CharField(
        label=_("words that point to it"),
        max_length=200,
        required=False,
        help_text=_("Words of customers, parted by spaces. While a case is taken down, they suggest this category."),
    )
    kinds = forms.MultipleChoiceField(
        label=_("kinds of case"),
        choices=Kind.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None ticked: offered for every kind."),
    )

    calls_task_force = forms.BooleanField(
        label=_("propose a task force for complex and major cases"),
        required=False,
        help_text=_("E.g. system bugs and serious failures of service, which no department solves alone."),
    )

    def __init__(self, *args: Any, category: Category | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        possible = Category.objects.in_use()
        if category is not None:
            possible = possible.exclude(path__startswith=category.path)
        self.fields["parent"].queryset = possible.order_by("full_name")  # type: ignore[attr-defined]

    @classmethod
    def of(cls, category: Category) -> CategoryForm:
        """Return the form as the category is now."""
        return cls(
            category=category,
            initial={
                "name": category.name,
                "name_en": category.name_en,
                "parent": category.parent_id,
                "hints": category.hints,
                "kinds": category.kinds,
                "calls_task_force": category.calls_task_force,
            },
        )

    def draft(self) -> CategoryDraft:
        given = self.cleaned_data
        return CategoryDraft(
            name=given["name"],
            name_en=given["name_en"],
            hints=given["hints"],
            kinds=tuple(given["kinds"]),
            calls_task_force=given["calls_task_force"],
        )
