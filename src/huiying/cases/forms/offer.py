from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from huiying.cases.actions import OfferDraft, RemedyDraft
from huiying.cases.models import Remedy
from huiying.kit.forms import DeskForm, Moment, Segmented


class RemedyForm(DeskForm):
    """One row: what is given, and what it costs us."""

    kind = forms.ChoiceField(label=_("what"), choices=[("", "—"), *Remedy.Kind.choices], required=False)
    amount = forms.DecimalField(
        label=_("amount (yuan)"), min_value=Decimal(0), max_digits=12, decimal_places=2, required=False
    )
    detail = forms.CharField(label=_("detail"), max_length=200, required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if (cleaned.get("amount") or cleaned.get("detail")) and not cleaned.get("kind"):
            self.add_error("kind", _("Please say what is given."))
        return cleaned


RemedyFormSet = forms.formset_factory(RemedyForm, extra=3, max_num=8)


class OfferForm(DeskForm):
    """A solution in words the customer understands; remedies are rows beside it."""

    text = forms.CharField(
        label=_("solution"),
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The customer reads exactly this."),
    )
    improvement = forms.CharField(
        label=_("improvement promised"), widget=forms.Textarea(attrs={"rows": 2}), required=False
    )
    aftercare = forms.CharField(label=_("after-care"), widget=forms.Textarea(attrs={"rows": 2}), required=False)
    valid_until = forms.DateTimeField(label=_("valid until"), widget=Moment, required=False)

    def draft(self, remedies: list[dict[str, Any]]) -> OfferDraft:
        return OfferDraft(
            **self.cleaned_data,
            remedies=[
                RemedyDraft(kind=row["kind"], amount=row["amount"] or Decimal(0), detail=row["detail"])
                for row in remedies
                if row.get("kind")
            ],
        )


class ApprovalForm(DeskForm):
    approved = forms.TypedChoiceField(
        label=_("your decision"),
        choices=[("yes", _("approve")), ("no", _("refuse"))],
        coerce=lambda word: word == "yes",
        widget=Segmented,
    )
    comment = forms.CharField(label=_("comment"), widget=forms.Textarea(attrs={"rows": 2}), required=False)


class DecisionForm(DeskForm):
    accepted = forms.TypedChoiceField(
        label=_("the customer"),
        choices=[("yes", _("agrees")), ("no", _("does not agree"))],
        coerce=lambda word: word == "yes",
        widget=Segmented,
    )
    comment = forms.CharField(label=_("in their words"), widget=forms.Textarea(attrs={"rows": 2}), required=False)
