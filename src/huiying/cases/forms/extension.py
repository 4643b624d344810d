from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from huiying.deadlines.actions import ExtensionDraft
from huiying.deadlines.arithmetic.units import parse_length
from huiying.deadlines.models import Policy
from huiying.kit.forms import DeskForm
from huiying.kit.guards import DomainError


class ExtensionForm(DeskForm):
    """How much more time, why, and what the customer is told."""

    length = forms.CharField(label=_("how much longer"), max_length=12)
    reason = forms.CharField(
        label=_("why"),
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("For who approves; the customer does not see it."),
    )
    told = forms.CharField(label=_("what the customer is told"), widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, policy: Policy, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        longest = policy.extension
        self.fields["length"].help_text = _("At most {longest}; write for example 30m, 4h or 2d.").format(
            longest=longest
        )
        if longest is not None:
            self.fields["length"].initial = longest.code
        if not policy.extension_told:
            del self.fields["told"]

    def clean_length(self) -> Any:
        try:
            return parse_length(self.cleaned_data["length"])
        except DomainError as wrong:
            raise forms.ValidationError(str(wrong)) from wrong

    def draft(self) -> ExtensionDraft:
        return ExtensionDraft(
            length=self.cleaned_data["length"],
            reason=self.cleaned_data["reason"],
            told=self.cleaned_data.get("told", ""),
        )
