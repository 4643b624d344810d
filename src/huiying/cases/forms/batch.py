from __future__ import annotations

from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from huiying.cases.actions.changes import STEPS
from huiying.cases.models import Batch, Category, Urgency
from huiying.kit.forms import DeskForm, Rounds

from .handling import AssignmentForm


class BatchForm(DeskForm):
    """Which cases, by their numbers, and the form's own key: sent twice, it is one batch."""

    cases = forms.CharField(max_length=30_000, widget=forms.HiddenInput)
    key = forms.UUIDField(widget=forms.HiddenInput)

    @classmethod
    def about(cls, numbers: list[str]) -> BatchForm:
        return cls(initial={"cases": " ".join(numbers), "key": uuid4()})

    @property
    def numbers(self) -> list[str]:
        return str(self["cases"].value() or "").split()

    def wanted(self) -> dict[str, object]:
        """Return the change as a batch keeps it."""
        return {"name": self.cleaned_data["name"]}


class BatchAssignmentForm(BatchForm, AssignmentForm):
    reason = None  # type: ignore[assignment]  # of many cases there is no one reason

    def wanted(self) -> dict[str, object]:
        person, team = self.cleaned_data["to"], self.cleaned_data["team"]
        return {"person": person.pk} if person else {"team": team.pk}


class BatchUrgencyForm(BatchForm):
    name = forms.ChoiceField(label=_("urgency"), choices=[*STEPS.items(), *Urgency.choices], widget=Rounds)


class BatchCategoryForm(BatchForm):
    category = forms.ModelChoiceField(label=_("category"), queryset=Category.objects.none())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["category"].queryset = Category.objects.in_use().order_by("path")  # type: ignore[attr-defined]

    def wanted(self) -> dict[str, object]:
        return {"category": self.cleaned_data["category"].pk}


class BatchTagForm(BatchForm):
    name = forms.CharField(label=_("tag"), max_length=20)


FORMS: dict[Batch.Deed, type[BatchForm]] = {
    Batch.Deed.ASSIGNMENT: BatchAssignmentForm,
    Batch.Deed.URGENCY: BatchUrgencyForm,
    Batch.Deed.CATEGORY: BatchCategoryForm,
    Batch.Deed.TAG: BatchTagForm,
    Batch.Deed.UNTAG: BatchTagForm,
}
