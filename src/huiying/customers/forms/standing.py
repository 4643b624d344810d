from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from huiying.customers.models import Tier
from huiying.kit.forms import Day, DeskForm, Segmented


class TierForm(DeskForm):
    tier = forms.ChoiceField(label=_("tier"), choices=Tier.choices, widget=Segmented)
    reason = forms.CharField(label=_("reason"), max_length=200, widget=forms.Textarea(attrs={"rows": 2}))

    until = forms.DateField(
        label=_("until"),
        required=False,
        widget=Day,
        help_text=_("Through this day the rules leave the tier alone; then they decide."),
    )


class DeclineForm(DeskForm):
    reason = forms.CharField(label=_("reason"), max_length=200, widget=forms.Textarea(attrs={"rows": 2}))


class TagForm(DeskForm):
    tag = forms.CharField(label=_("tag"), max_length=30)
