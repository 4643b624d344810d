"""The editor of a rule for tiers: the rule itself, and a row for each condition."""

from __future__ import annotations

from secrets import token_hex
from typing import Any

from django import forms
from django.forms.models import fields_for_model
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from huiying.customers.actions.tier_rule import TERMS, RuleDraft
from huiying.customers.models import Tier, TierRule, TierTerms
from huiying.customers.tiering.conditions import Condition, plainly, read_condition, read_conditions
from huiying.customers.tiering.words import UNITS, WORDS, Unit
from huiying.kit.forms import Boxes, DeskForm, Segmented
from huiying.kit.guards import BadInput

PLAIN = ("name", "name_en", "tier", "deed", "may_lower", "active")


class TierRuleForm(DeskForm):
    """What the rule is called and what it does."""

    name = forms.CharField(label=_("name"), max_length=60)
    name_en = forms.CharField(label=_("English name"), max_length=60, required=False)
    tier = forms.ChoiceField(label=_("tier"), choices=Tier.choices, widget=Segmented)
    deed = forms.ChoiceField(
        label=_("what it does"),
        choices=TierRule.Deed.choices,
        widget=Segmented,
        help_text=_("A suggestion waits for somebody who confirms or declines it; the rules below go on deciding."),
    )
    may_lower = forms.BooleanField(
        label=_("may lower a tier"), required=False, help_text=_("Otherwise it only ever raises.")
    )
    active = forms.BooleanField(label=_("active"), required=False)


class ConditionForm(DeskForm):
    """One condition; what is asked depends on its word."""

    word = forms.ChoiceField(label=_("what is looked at"))

    def __init__(self, *args: Any, key: str, word: str, **kwargs: Any) -> None:
        super().__init__(*args, prefix=key, **kwargs)
        self.key, self.about = key, WORDS.get(word)
        names = [(code, about.label) for code, about in WORDS.items()]
        self.fields["word"].choices = [("", _("please choose")), *names]  # type: ignore[attr-defined]  # a choice
        self.initial.setdefault("word", word)
        if self.about is not None:
            self.add_fields()

    def add_fields(self) -> None:
        assert self.about is not None
        choices = [(one.value, one.label) for one in self.about.comparisons]
        self.fields["comparison"] = forms.ChoiceField(label=_("comparison"), choices=choices)
        if self.about.unit is Unit.POINTS:
            self.fields["last"] = forms.CharField(label=_("how many of the last"), max_length=2, initial="3")
        if self.about.options is not None:
            options = [*self.about.options()]
            self.fields["value"] = forms.MultipleChoiceField(
                label=pgettext_lazy("condition", "value"), choices=options, widget=Boxes
            )
        elif self.about.unit is Unit.TEXT:
            self.fields["value"] = forms.CharField(
                label=pgettext_lazy("condition", "value"), max_length=300, help_text=_("Several are parted by commas.")
            )
        else:
            self.fields["value"] = forms.CharField(label=pgettext_lazy("condition", "value"), max_length=20)
            self.fields["value"].widget.attrs["inputmode"] = "decimal"

    @property
    def unit(self) -> object:
        return UNITS.get(self.about.unit, "") if self.about else ""

    @classmethod
    def of(cls, condition: Condition) -> ConditionForm:
        value: object = list(condition.values)
        if condition.about.is_number:
            value = plainly(condition.number)
        elif condition.about.unit is Unit.TEXT:
            value = ", ".join(condition.values)
        initial = {"comparison": condition.comparison, "value": value, "last": condition.last}
        return cls(key=new_key(), word=condition.word, initial=initial)

    @classmethod
    def typed(cls, data: QueryDict, key: str) -> ConditionForm:
        """Return the row with what was typed so far, not yet judged."""
        row = cls(key=key, word=data.get(f"{key}-word", ""))
        row.initial.update(typed_so_far(row, data))
        return row

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if not self.errors:
            value = cleaned["value"]
            if self.about is not None and self.about.unit is Unit.TEXT:
                cleaned["value"] = value.replace("，", ",").replace("、", ",").split(",")
            try:
                cleaned["condition"] = read_condition(cleaned)
            except BadInput as wrong:
                self.refuse(wrong)
        return cleaned


class RuleEditor:
    """The whole page: the rule's form and its rows."""

    def __init__(self, form: TierRuleForm, rows: list[ConditionForm]) -> None:
        self.form, self.rows = form, rows

    @classmethod
    def of(cls, rule: TierRule | None) -> RuleEditor:
        """Return the editor as the rule is now; for None an empty one."""
        if rule is None:
            initial = {"tier": Tier.HIGH, "deed": TierRule.Deed.SET, "active": True}
            return cls(TierRuleForm(initial=initial), [ConditionForm(key=new_key(), word="")])
        form = TierRuleForm(initial={name: getattr(rule, name) for name in PLAIN})
        return cls(form, [ConditionForm.of(one) for one in read_conditions(rule.conditions)])

    @classmethod
    def sent(cls, data: QueryDict) -> RuleEditor:
        rows = [ConditionForm(data, key=key, word=data.get(f"{key}-word", "")) for key in keys_in(data)]
        return cls(TierRuleForm(data), rows)

    @classmethod
    def resumed(cls, data: QueryDict) -> RuleEditor:
        """Return the editor as it stands, with a row more or less: how rows come and go without scripts."""
        form = TierRuleForm()
        form.initial = typed_so_far(form, data)
        rows = [ConditionForm.typed(data, key) for key in keys_in(data) if key != data.get("without")]
        return cls(form, [*rows, ConditionForm(key=new_key(), word="")] if "more" in data else rows)

    def is_valid(self) -> bool:
        return all([self.form.is_valid(), *[row.is_valid() for row in self.rows]])

    def draft(self) -> RuleDraft:
        said = self.form.cleaned_data
        return RuleDraft(
            **{name: said[name] for name in ("name", "name_en", "may_lower", "active")},
            tier=Tier(said["tier"]),
            deed=TierRule.Deed(said["deed"]),
            conditions=[row.cleaned_data["condition"] for row in self.rows],
        )


class TermsForm(DeskForm):
    """The numbers around tiers."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.update(fields_for_model(TierTerms, fields=TERMS))

    @classmethod
    def of(cls, terms: TierTerms) -> TermsForm:
        return cls(initial={name: getattr(terms, name) for name in TERMS})

    def terms(self) -> TierTerms:
        return TierTerms(pk=1, **self.cleaned_data)


def keys_in(data: QueryDict) -> list[str]:
    return [key for key in data.getlist("row")[:20] if key.isalnum()]


def typed_so_far(form: DeskForm, data: QueryDict) -> dict[str, Any]:
    return {
        name: field.widget.value_from_datadict(data, form.files, form.add_prefix(name))
        for name, field in form.fields.items()
        if form.add_prefix(name) in data or isinstance(field, forms.BooleanField)
    }


def new_key() -> str:
    """Return a key by which a row of the page is known; rows come and go in any order."""
    return f"c{token_hex(4)}"
