from __future__ import annotations

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from huiying.cases.actions.saved_view import ViewDraft, audiences_of
from huiying.cases.models import SavedView
from huiying.kit.forms import DeskForm, Rounds
from huiying.staff.actors import StaffActor

from .selection import SelectionForm


class SavedViewForm(DeskForm):
    """A name for the filters of a list, and whom they are shown to."""

    query = forms.CharField(max_length=2000, required=False, widget=forms.HiddenInput)
    name = forms.CharField(label=_("name"), max_length=30, widget=forms.TextInput(attrs={"autofocus": True}))
    audience = forms.ChoiceField(label=_("shown to"), widget=Rounds, initial=SavedView.Audience.ME)

    def __init__(self, *args: Any, actor: StaffActor, view: SavedView | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.actor, self.view = actor, view
        allowed = audiences_of(actor, view)
        self.fields["audience"].choices = [  # type: ignore[attr-defined]
            (code, label) for code, label in SavedView.Audience.choices if code in allowed
        ]

    def draft(self) -> ViewDraft:
        given = self.cleaned_data
        filters = SelectionForm(QueryDict(given["query"]), actor=self.actor).filters()
        return ViewDraft(name=given["name"], audience=given["audience"], filters=filters)


class ViewRevisionForm(SavedViewForm):
    """A view's name and audience; its filters only where asked for."""

    with_filters = forms.BooleanField(label=_("keep the filters as they are set now"), required=False)

    def draft(self) -> ViewDraft:
        draft = super().draft()
        if self.cleaned_data["with_filters"] or self.view is None:
            return draft
        return ViewDraft(name=draft.name, audience=draft.audience, filters=self.view.filters)
