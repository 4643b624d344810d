from __future__ import annotations

from datetime import datetime, time

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from huiying.kit.forms import Day, DeskForm, Rounds

SCOPES = {
    "read": _("read: look at what I may see"),
    "write": _("write: do what I may do"),
    "admin": _("administer: also change settings and people, where I may"),
}


class TokenForm(DeskForm):
    """A key for a program."""

    name = forms.CharField(label=_("What uses it?"), max_length=60)
    scope = forms.ChoiceField(label=_("What may it do?"), choices=SCOPES.items(), widget=Rounds, initial="read")
    until = forms.DateField(
        label=_("Good until"), required=False, widget=Day, help_text=_("Empty: until it is revoked.")
    )

    def scopes(self) -> list[str]:
        return ["read"] if self.cleaned_data["scope"] == "read" else ["read", self.cleaned_data["scope"]]

    def expires_at(self) -> datetime | None:
        day = self.cleaned_data["until"]
        return timezone.make_aware(datetime.combine(day, time.max)) if day else None
