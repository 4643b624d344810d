from __future__ import annotations

from typing import Any, Self

from django import forms
from django.db.models import IntegerField
from django.utils.translation import gettext_lazy as _

from huiying.engagement.models import NeedRules
from huiying.kit.forms import DeskForm

NUMBERS = ("growth", "fall", "fewest", "near", "asked", "asked_within", "orders", "ahead")


class NeedRulesForm(DeskForm):
    words = forms.CharField(
        label=_("general product words"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
        help_text=_("Beside the products themselves; separated by spaces."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in NUMBERS:
            field = NeedRules._meta.get_field(name)
            assert isinstance(field, IntegerField)
            self.fields[name] = forms.IntegerField(label=field.verbose_name, validators=field.validators)

    def numbers(self) -> list[forms.BoundField]:
        return [self[name] for name in NUMBERS]

    @classmethod
    def of(cls, rules: NeedRules) -> Self:
        return cls(initial={name: getattr(rules, name) for name in ("words", *NUMBERS)})


class LimitForm(DeskForm):
    product = forms.CharField(label=_("product"), max_length=120)
    times = forms.IntegerField(label=_("times in thirty days"), min_value=1, max_value=2_000_000_000)
