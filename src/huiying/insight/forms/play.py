from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from huiying.engagement.forms.pool import carers
from huiying.insight.models import Play, Recipe
from huiying.kit.forms import DeskForm, Segmented
from huiying.staff.models import User


class BeginForm(DeskForm):
    """Which way, and who does it."""

    recipe = forms.ModelChoiceField(label=_("recipe"), queryset=Recipe.objects.filter(active=True), empty_label=None)
    owner = forms.ModelChoiceField(label=_("owner"), queryset=User.objects.none())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        owner = self.fields["owner"]
        assert isinstance(owner, forms.ModelChoiceField)
        owner.queryset = carers()


class StepForm(DeskForm):
    outcome = forms.CharField(label=_("what came of it"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}))


class EndForm(DeskForm):
    result = forms.ChoiceField(label=_("result"), choices=Play.Result.choices, widget=Segmented)
    reason = forms.CharField(
        label=_("reason"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Needed where the customer is lost or it was a false alarm."),
    )

    sets_status = forms.BooleanField(
        label=_("Also change the customer's status: won back makes them active, lost makes them lost"), required=False
    )

    def __init__(self, *args: Any, sets_status: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not sets_status:
            del self.fields["sets_status"]


class GiveForm(DeskForm):
    """Who goes on with it."""

    to = forms.ModelChoiceField(label=_("Who goes on with it"), queryset=User.objects.none())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        to = self.fields["to"]
        assert isinstance(to, forms.ModelChoiceField)
        to.queryset = carers()
