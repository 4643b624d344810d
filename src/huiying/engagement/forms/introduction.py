from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from huiying.customers.models import Tier
from huiying.engagement.actions.introducing import IntroductionDraft
from huiying.engagement.models import IntroductionRule, Means, Template
from huiying.kit.forms import DeskForm

PARTS = ("way", "mail_template", "sms_template", "days")
TIERS = (Tier.VIP, Tier.HIGH, Tier.POTENTIAL, Tier.ORDINARY)


class IntroductionsForm(DeskForm):
    """A row for each tier: what its customers hear of a hand-over."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for tier in TIERS:
            self.fields[f"{tier}-way"] = forms.ChoiceField(
                label=f"{tier.label} · {_('hears')}", choices=IntroductionRule.Way.choices
            )
            for part, means in (("mail_template", Means.EMAIL), ("sms_template", Means.SMS)):
                self.fields[f"{tier}-{part}"] = forms.ModelChoiceField(
                    label=f"{tier.label} · {means.label}",
                    queryset=Template.objects.active().filter(means=means),
                    required=False,
                    empty_label="—",
                )
            self.fields[f"{tier}-days"] = forms.IntegerField(
                label=f"{tier.label} · {_('call within, working days')}", min_value=1, max_value=30
            )
        for field in self.fields.values():
            field.widget.attrs["aria-label"] = field.label

    @classmethod
    def of_now(cls) -> IntroductionsForm:
        rules = IntroductionRule.by_tier()
        return cls(initial={f"{tier}-{part}": getattr(rules[tier], part) for tier in TIERS for part in PARTS})

    @property
    def lines(self) -> list[tuple[Tier, list[forms.BoundField]]]:
        return [(tier, [self[f"{tier}-{part}"] for part in PARTS]) for tier in TIERS]

    def drafts(self) -> dict[Tier, IntroductionDraft]:
        said = self.cleaned_data
        return {tier: IntroductionDraft(**{part: said[f"{tier}-{part}"] for part in PARTS}) for tier in TIERS}
