from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from huiying.cases.models import Case, Kind, KindRule, Side
from huiying.cases.queries.related import case_meant
from huiying.journal.actors import Actor
from huiying.kit.forms import Boxes, DeskForm


class OtherCaseFields(DeskForm):
    """Another case, chosen from a list or named by its number."""

    number = forms.CharField(required=False, widget=forms.HiddenInput, max_length=20)
    q = forms.CharField(required=False, max_length=80)

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.actor = actor

    def clean(self) -> dict[str, Any]:
        """Take the chosen case; else the one whose number was typed."""
        cleaned = super().clean() or {}
        named = cleaned.get("number") or cleaned.get("q", "")
        cleaned["other"] = case_meant(named, by=self.actor, at=timezone.now())
        if cleaned["other"] is None:
            self.add_error("number", _("Please choose the other case from the list, or enter its full number."))
        return cleaned

    @property
    def other(self) -> Case:
        other: Case = self.cleaned_data["other"]
        return other


class RelationForm(OtherCaseFields):
    """Which case, and what it is to this one."""

    side = forms.ChoiceField(label=_("The other case is the …"), choices=Side.choices, initial=Side.SAME_INCIDENT)


class KindRulesForm(DeskForm):
    """The kinds of case that may be closed before their parts, and those of which every change of owner is accepted."""

    kinds = forms.MultipleChoiceField(
        label=_("may be closed while parts are open"), choices=Kind.choices, required=False, widget=Boxes
    )

    handed_over = forms.MultipleChoiceField(
        label=_("handed over at every change of owner"),
        choices=Kind.choices,
        required=False,
        widget=Boxes,
        help_text=_(
            "Into another team every case is handed over: until it is accepted there, who had it answers for it."
        ),
    )

    @classmethod
    def of_now(cls) -> KindRulesForm:
        rules = list(KindRule.objects.all())
        return cls(
            initial={
                "kinds": [rule.kind for rule in rules if rule.closes_over_parts],
                "handed_over": [rule.kind for rule in rules if rule.always_hands_over],
            }
        )
