from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from huiying.kit.forms import DeskForm
from huiying.staff.actions.absence import AbsenceDraft
from huiying.staff.models import User


class AbsenceForm(DeskForm):
    """Who is away, when, and who stands in. One's own form does not ask for the person."""

    user = forms.ModelChoiceField(label=_("person"), queryset=User.objects.working())
    from_day = forms.DateField(label=_("from"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    until_day = forms.DateField(
        label=_("until"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("Both days included."),
    )
    substitute = forms.ModelChoiceField(
        label=_("substitute"),
        queryset=User.objects.working(),
        required=False,
        empty_label=_("nobody in particular"),
        help_text=_("Gets what would come to them in person; other new cases go to the team."),
    )
    note = forms.CharField(label=_("note"), max_length=60, required=False)

    def __init__(self, *args: Any, of: User | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.of = of
        if of is not None:
            del self.fields["user"]
            self.fields["substitute"].queryset = User.objects.working().exclude(pk=of.pk)  # type: ignore[attr-defined]

    @property
    def person(self) -> User:
        return self.of or self.cleaned_data["user"]

    def draft(self) -> AbsenceDraft:
        said = self.cleaned_data
        return AbsenceDraft(
            from_day=said["from_day"], until_day=said["until_day"], substitute=said["substitute"], note=said["note"]
        )
