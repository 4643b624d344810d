from __future__ import annotations

from typing import Any

from django import forms
from django.forms.models import model_to_dict
from django.utils.translation import gettext_lazy as _

from huiying.engagement.actions.policy import LONGEST_HOURS, MOST_TIMES
from huiying.engagement.drafts import PolicyDraft
from huiying.engagement.models import CarePolicy, CareRule, Means, Per
from huiying.kit.forms import Boxes, DeskForm, Segmented

FIELDS = ("times", "per", "means", "quiet_from", "quiet_until", "active")
CLOCK = {"type": "time"}


class CarePolicyForm(DeskForm):
    """How often customers of a tier hear from us; `version` is the one that was looked at."""

    times = forms.IntegerField(label=_("contacts"), min_value=1, max_value=MOST_TIMES)
    per = forms.ChoiceField(label=_("per"), choices=Per.choices, widget=Segmented)
    means = forms.MultipleChoiceField(
        label=_("by"),
        choices=Means.choices,
        widget=Boxes,
        help_text=_("Whatever is at least as close as one of these counts: a visit does where a call is asked for."),
    )
    quiet_from = forms.TimeField(label=_("quiet from"), widget=forms.TimeInput(attrs=CLOCK, format="%H:%M"))
    quiet_until = forms.TimeField(label=_("quiet until"), widget=forms.TimeInput(attrs=CLOCK, format="%H:%M"))
    active = forms.BooleanField(label=_("contacts are planned for this tier"), required=False)
    version = forms.IntegerField(widget=forms.HiddenInput)

    @classmethod
    def of(cls, policy: CarePolicy) -> CarePolicyForm:
        return cls(initial={name: getattr(policy, name) for name in (*FIELDS, "version")})

    def draft(self) -> PolicyDraft:
        given: dict[str, Any] = {name: self.cleaned_data[name] for name in FIELDS}
        return PolicyDraft(**{**given, "means": tuple(given["means"])})


class CareRuleForm(DeskForm):
    correctable_hours = forms.IntegerField(
        label=_("a record can be corrected for (hours)"), min_value=0, max_value=LONGEST_HOURS
    )
    told_at = forms.TimeField(
        label=_("account managers are told in the morning at"), widget=forms.TimeInput(attrs=CLOCK, format="%H:%M")
    )
    hand_days = forms.IntegerField(
        label=_("what a person planned counts as missed after (days)"), min_value=1, max_value=365
    )

    @classmethod
    def of_now(cls) -> CareRuleForm:
        return cls(initial=model_to_dict(CareRule.current(), list(cls.base_fields)))
