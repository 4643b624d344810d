from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from huiying.kit.forms import DeskForm


class MergeForm(DeskForm):
    """Why the two are one; which of their values stand is chosen beside them."""

    reason = forms.CharField(
        label=_("how you know that it is the same customer"),
        max_length=200,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
