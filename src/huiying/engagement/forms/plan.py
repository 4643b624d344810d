from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from huiying.engagement.drafts import PlanDraft
from huiying.engagement.models import Means
from huiying.kit.forms import Day, DeskForm


class PlanForm(DeskForm):
    """A contact planned by hand."""

    due_on = forms.DateField(label=_("planned for"), widget=Day)
    means = forms.ChoiceField(label=_("how"), choices=Means.choices)
    about = forms.CharField(
        label=_("on what occasion"),
        max_length=300,
        widget=forms.Textarea(
            attrs={"rows": 2, "placeholder": _("e.g. ask how the new filters do after the first month")}
        ),
    )

    def draft(self) -> PlanDraft:
        return PlanDraft(**self.cleaned_data)


class SkipForm(DeskForm):
    reason = forms.CharField(
        label=_("why is it skipped?"), max_length=200, widget=forms.Textarea(attrs={"rows": 2, "autofocus": True})
    )


class MoveForm(DeskForm):
    """Another day, where no calendar is at hand to drag in."""

    to = forms.DateField(label=_("planned for"), widget=Day)
