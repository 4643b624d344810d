from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from huiying.customers.models import Tier
from huiying.insight.models.warning import WarningQuerySet
from huiying.kit.forms import DeskForm
from huiying.staff.models import Team, User

STATES = [("", _("open")), ("untouched", _("nobody at work")), ("play", _("being won back")), ("ended", _("settled"))]


class WarningsForm(DeskForm):
    """Which warnings the list shows; a wrong choice is as good as none."""

    state = forms.ChoiceField(label=_("state"), required=False, choices=STATES)
    tier = forms.ChoiceField(label=_("tier"), required=False, choices=[("", _("every tier")), *Tier.choices])
    owner = forms.ModelChoiceField(
        label=_("account manager"), required=False, queryset=User.objects.none(), empty_label=_("every account manager")
    )
    team = forms.ModelChoiceField(
        label=_("team"), required=False, queryset=Team.objects.none(), empty_label=_("every team")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, queryset in (
            ("owner", User.objects.working().order_by("name")),
            ("team", Team.objects.filter(active=True).order_by("name")),
        ):
            field = self.fields[name]
            assert isinstance(field, forms.ModelChoiceField)
            field.queryset = queryset
        self.is_valid()

    @property
    def narrows(self) -> bool:
        return any(self.cleaned_data.get(name) for name in self.fields)

    def narrowed(self, warnings: WarningQuerySet) -> WarningQuerySet:
        state = self.cleaned_data.get("state")
        warnings = warnings.exclude(ended_at=None) if state == "ended" else warnings.standing()
        if state == "untouched":
            warnings = warnings.exclude(plays__result="", plays__isnull=False)
        if state == "play":
            warnings = warnings.filter(plays__result="")
        for name, lookup in (("tier", "customer__tier"), ("owner", "customer__owner"), ("team", "customer__team")):
            chosen = self.cleaned_data.get(name)
            if chosen:
                warnings = warnings.filter(**{lookup: chosen})
        return warnings
