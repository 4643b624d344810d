from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from huiying.kit.forms import DeskForm


class PressingForm(DeskForm):
    """What a leader wants to hear."""

    text = forms.CharField(label=_("what shall be answered"), widget=forms.Textarea(attrs={"rows": 3}))


class PressingAnswerForm(DeskForm):
    """How the case stands, for the leader who asked."""

    text = forms.CharField(label=_("how the case stands"), widget=forms.Textarea(attrs={"rows": 4}))
