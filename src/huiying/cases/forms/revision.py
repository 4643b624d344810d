from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from huiying.cases.models import Case, Category, Kind, Level, Mood, Urgency
from huiying.kit.forms import DeskForm, HiddenMoment, Moment, Segmented


class RevisionForm(DeskForm):
    """Correct what was taken down. `version` is the one that was on the screen."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    subject = forms.CharField(label=_("subject"), max_length=200)
    kind = forms.ChoiceField(label=_("kind"), choices=Kind.choices, widget=Segmented)
    level = forms.ChoiceField(label=_("level"), choices=Level.choices, widget=Segmented)
    urgency = forms.ChoiceField(label=_("urgency"), choices=Urgency.choices, widget=Segmented)
    mood = forms.ChoiceField(label=_("mood"), choices=Mood.choices, widget=Segmented)
    category = forms.ModelChoiceField(label=_("category"), queryset=Category.objects.none(), required=False)
    product = forms.CharField(label=_("product"), max_length=120, required=False)
    order_number = forms.CharField(label=_("order number"), max_length=60, required=False)
    demand = forms.CharField(label=_("core demand"), widget=forms.Textarea(attrs={"rows": 2}), required=False)
    occurred_at = forms.DateTimeField(label=_("when it happened"), widget=Moment, required=False)
    occurred_where = forms.CharField(label=_("where it happened"), max_length=120, required=False)
    expected_at = forms.DateTimeField(label=_("expected resolution"), widget=Moment, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["category"].queryset = Category.objects.in_use()  # type: ignore[attr-defined]
        self.differences: list[Difference] = []
        for name in self.corrected:
            self.fields[name].show_hidden_initial = True  # what stood there when the form was opened
            if isinstance(self.fields[name].widget, Moment):
                self.fields[name].hidden_widget = HiddenMoment

    @property
    def corrected(self) -> list[str]:
        return [name for name in self.fields if name != "version"]

    @classmethod
    def of(cls, case: Case) -> RevisionForm:
        names = [name for name in cls.base_fields if name != "category"]
        return cls(initial={**{name: getattr(case, name) for name in names}, "category": case.category_id})

    def changes(self) -> dict[str, object]:
        """Return what the person changed, but for what they leave as somebody else has changed it meanwhile."""
        mine = [name for name in self.changed_data if self.data.get(f"take-{name}") != "theirs"]
        return {name: self.cleaned_data[name] for name in mine if name != "version"}

    def compare(self, case: Case) -> None:
        """Show where the person's input meets a change of somebody else's, and begin from the case as it is now."""
        present = RevisionForm.of(case)
        data = dict(self.data.items())
        for name in self.corrected:
            opened, now = self.data.get(f"initial-{name}", ""), text_of(present, name)
            if name in self.changed_data and opened != now:
                typed = self.data.get(name, "")
                self.differences.append(Difference(name, *(self.said(name, text) for text in (opened, now, typed))))
            data[f"initial-{name}"] = now
            data[name] = self.data.get(name, "") if name in self.changed_data else now
        data["version"] = str(case.version)
        self.data = data

    def said(self, name: str, text: str) -> str:
        """Return the value as the person reads it."""
        choices = getattr(self.fields[name], "choices", ())
        return next((str(label) for value, label in choices if str(value) == text), text.replace("T", " "))


@dataclass(frozen=True)
class Difference:
    """One field that two people changed."""

    name: str
    opened: str
    now: str
    typed: str

    @property
    def label(self) -> object:
        return RevisionForm.base_fields[self.name].label


def text_of(form: RevisionForm, name: str) -> str:
    """Return the value as the browser sends it."""
    value = form[name].value()
    text = form.fields[name].widget.format_value(value) if isinstance(value, datetime) else value
    return "" if text is None else str(text)
