from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from huiying.kit.forms import DeskForm, Segmented


class WholeExportForm(DeskForm):
    reason = forms.CharField(
        label=_("what for"),
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("It stands in the operation log beside your name."),
    )
    form = forms.ChoiceField(
        label=_("kind of file"),
        choices=[("xlsx", _("workbook")), ("csv", _("plain text (CSV)"))],
        initial="xlsx",
        widget=Segmented,
    )
