from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.db.models import Field

from huiying.insight.models import Terms
from huiying.kit.forms import DeskForm

VALUE = ("months", "yearly_rate", "fewest_buyers", "high_from", "hour")
WEIGHTS = ("silence", "activity", "scores", "complaints", "plans")
LIMITS = ("usual_share", "alive_below", "activity_below", "score_below", "complaints_from", "plans_from")
WARNING = ("warn_from", "clear_below", "rest_days")
NAMES = (*VALUE, *WEIGHTS, *LIMITS, *WARNING)


class TermsForm(DeskForm):
    """Every number that value and churn are reckoned by; `version` is the one that was read."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in NAMES:
            column = Terms._meta.get_field(name)
            assert isinstance(column, Field)
            field = column.formfield()
            assert field is not None
            self.fields[name] = field
        self.fields["version"] = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    @classmethod
    def of(cls, terms: Terms) -> TermsForm:
        return cls(initial={name: getattr(terms, name) for name in (*NAMES, "version")})

    def values(self) -> dict[str, int | Decimal]:
        return {name: self.cleaned_data[name] for name in NAMES}

    def value_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in VALUE]

    def weight_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in WEIGHTS]

    def limit_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in LIMITS]

    def warning_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in WARNING]
