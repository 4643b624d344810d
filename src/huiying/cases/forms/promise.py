from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from huiying.cases.actions import PromiseDraft
from huiying.kit.forms import DeskForm, Moment


class PromiseFields(DeskForm):
    """A promise that may go with another deed: both parts or neither."""

    promise = forms.CharField(
        label=_("promise to the customer"),
        max_length=200,
        required=False,
        help_text=_("It becomes a clock, and the customer sees it on their page."),
    )
    promise_due_at = forms.DateTimeField(label=_("by when"), required=False, widget=Moment)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("promise") and not cleaned.get("promise_due_at") and "promise_due_at" not in self.errors:
            self.add_error("promise_due_at", _("Please say by when."))
        if cleaned.get("promise_due_at") and not cleaned.get("promise") and "promise" not in self.errors:
            self.add_error("promise", _("Please write down what was promised."))
        return cleaned

    def promised(self) -> PromiseDraft | None:
        if not self.cleaned_data["promise"]:
            return None
        return PromiseDraft(text=self.cleaned_data["promise"], due_at=self.cleaned_data["promise_due_at"])


class PromiseForm(PromiseFields):
    """A promise by itself."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["promise"].required = self.fields["promise_due_at"].required = True

    def draft(self) -> PromiseDraft:
        return PromiseDraft(text=self.cleaned_data["promise"], due_at=self.cleaned_data["promise_due_at"])
