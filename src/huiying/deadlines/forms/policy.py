from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from huiying.deadlines.actions.policy import HIGHEST, PolicyDraft, Step
from huiying.deadlines.arithmetic.units import Unit, parse_length
from huiying.deadlines.models import Calendar, Policy
from huiying.deadlines.models.policy import Recipient
from huiying.deadlines.vocabulary import known_deeds, known_words
from huiying.kit.forms import Boxes, DeskForm, Segmented
from huiying.kit.guards import DomainError

STEPS = 4
DEEDS = ("starts_on", "stops_on", "cancels_on")
EXTENSION = ("extension_times", "extension_told")
PLAIN = ("name", "name_en", "unit", "pausable", "pause_cap_days", *EXTENSION, "active", *DEEDS)


class PolicyForm(DeskForm):
    """One version of a policy. Conditions are asked word by word; a word with nothing chosen is not looked at."""

    name = forms.CharField(label=_("name"), max_length=60)
    name_en = forms.CharField(label=_("English name"), max_length=60, required=False)
    unit = forms.ChoiceField(label=_("counted in"), choices=Unit.choices, widget=Segmented)
    length = forms.CharField(
        label=_("length"), max_length=12, help_text=_("Minutes, hours or days, for example 30m, 4h or 2d.")
    )
    calendar = forms.ModelChoiceField(
        label=_("calendar"),
        queryset=Calendar.objects.none(),
        required=False,
        empty_label=_("the department's, else the company's"),
    )
    pausable = forms.BooleanField(label=_("may be paused"), required=False)
    pause_cap_days = forms.IntegerField(label=_("longest pause in days"), min_value=1, max_value=3650, initial=10)
    extension = forms.CharField(
        label=_("may be extended by"),
        max_length=12,
        required=False,
        help_text=_("Empty: not at all. Somebody else has to approve it."),
    )
    extension_times = forms.IntegerField(
        label=_("how often at most"), required=False, min_value=1, max_value=20, initial=1
    )
    extension_told = forms.BooleanField(label=_("tell the customer"), required=False, initial=True)
    active = forms.BooleanField(label=_("active"), required=False)
    starts_on = forms.MultipleChoiceField(label=_("starts on"), required=False, widget=Boxes)
    stops_on = forms.MultipleChoiceField(label=_("is met by"), required=False, widget=Boxes)
    cancels_on = forms.MultipleChoiceField(label=_("is dropped on"), required=False, widget=Boxes)

    def __init__(self, *args: Any, policy: Policy, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.policy = policy
        self.fields["calendar"].queryset = Calendar.objects.all()  # type: ignore[attr-defined]  # a model choice
        if policy.as_promised:
            for name in ("length", "extension"):
                del self.fields[name]
        for name in DEEDS:
            self.fields[name].choices = known_deeds(besides=getattr(policy, name))  # type: ignore[attr-defined]
        self.add_words()
        self.add_steps()

    def add_words(self) -> None:
        for word, known in known_words().items():
            self.fields[f"word_{word}"] = forms.MultipleChoiceField(
                label=str(known.label), choices=known.codes, required=False, widget=Boxes
            )

    def add_steps(self) -> None:
        for number in range(1, STEPS + 1):
            self.fields[f"percent_{number}"] = forms.IntegerField(
                label="%", required=False, min_value=0, max_value=HIGHEST
            )
            self.fields[f"to_{number}"] = forms.ChoiceField(
                label=_("tells"), required=False, choices=[("", "—"), *Recipient.choices]
            )

    @classmethod
    def of(cls, policy: Policy) -> PolicyForm:
        """Return the form as the policy is now."""
        initial: dict[str, Any] = {name: getattr(policy, name) for name in PLAIN}
        initial |= {"length": policy.length.code, "calendar": policy.calendar_id}
        initial |= {"extension": policy.extension.code if policy.extension else ""}
        initial |= {f"word_{word}": codes for word, codes in policy.conditions.items()}
        for number, rung in enumerate(policy.rungs[:STEPS], 1):
            initial |= {f"percent_{number}": rung.percent, f"to_{number}": rung.to}
        return cls(initial=initial, policy=policy)

    @property
    def words(self) -> list[forms.BoundField]:
        return [self[name] for name in self.fields if name.startswith("word_")]

    @property
    def steps(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        return [(self[f"percent_{number}"], self[f"to_{number}"]) for number in range(1, STEPS + 1)]

    @property
    def deeds(self) -> list[forms.BoundField]:
        return [self[name] for name in DEEDS]

    @property
    def basics(self) -> list[forms.BoundField]:
        names = ("name", "name_en", "unit", "length", "calendar", "pausable", "pause_cap_days", "active")
        return [self[name] for name in names if name in self.fields]

    @property
    def extending(self) -> list[forms.BoundField]:
        return [self[name] for name in ("extension", *EXTENSION) if "extension" in self.fields]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        for name in ("length", "extension"):
            if cleaned.get(name):
                try:
                    cleaned[name] = parse_length(cleaned[name])
                except DomainError as wrong:
                    self.add_error(name, str(wrong))
        return cleaned

    def draft(self) -> PolicyDraft:
        """Return the policy as drafted; what the form does not ask about stays as it was."""
        said = self.cleaned_data
        untaught = {word: codes for word, codes in self.policy.conditions.items() if word not in known_words()}
        chosen = {word: said[f"word_{word}"] for word in known_words() if said[f"word_{word}"]}
        return PolicyDraft(
            **{name: said[name] for name in PLAIN if name not in {"unit", "extension_times"}},
            unit=Unit(said["unit"]),
            length=said.get("length"),
            extension=said.get("extension") or None,
            extension_times=said["extension_times"] or 1,
            calendar=said["calendar"],
            conditions=untaught | chosen,
            steps=[
                Step(percent=said[f"percent_{number}"], to=said[f"to_{number}"])
                for number in range(1, STEPS + 1)
                if said[f"percent_{number}"] is not None
            ],
        )
