from __future__ import annotations

from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from huiying.cases.forms.person import PersonChoice
from huiying.customers.models import Tier
from huiying.engagement.actions.succession import Wish
from huiying.engagement.belongings import belongings
from huiying.kit.forms import Boxes, DeskForm
from huiying.staff.models import User


class LeaverForm(DeskForm):
    who = forms.ModelChoiceField(label=_("from whom"), queryset=User.objects.none())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["who"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = User.objects.order_by("-is_active", "name")


class SuccessionForm(DeskForm):
    """What is handed over, and to whom: everything to all successors by load, or one person for a kind."""

    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    kinds = forms.MultipleChoiceField(label=_("what"), widget=Boxes)
    tiers = forms.MultipleChoiceField(
        label=_("only of customers with this tier"),
        required=False,
        choices=Tier.choices,
        widget=Boxes,
        help_text=_("None ticked: of all."),
    )
    successors = forms.ModelMultipleChoiceField(
        label=_("who takes over"),
        queryset=User.objects.none(),
        widget=forms.SelectMultiple(attrs={"size": 8}),
        help_text=_("Several: each customer goes to whoever has fewest, and all that concerns them goes along."),
    )
    reason = forms.CharField(label=_("reason"), max_length=200)

    def __init__(self, *args: Any, leaver: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds, successors = self.fields["kinds"], self.fields["successors"]
        assert isinstance(kinds, forms.MultipleChoiceField)
        assert isinstance(successors, forms.ModelMultipleChoiceField)
        kinds.choices = [(one.code, one.name) for one in belongings()]
        kinds.initial = [one.code for one in belongings()]
        successors.queryset = User.objects.working().exclude(pk=leaver.pk).order_by("name")
        for one in belongings():
            field = PersonChoice(
                label=_("{what}: all to").format(what=one.name), queryset=successors.queryset, required=False
            )
            field.empty_label = str(_("as above"))
            self.fields[f"own-{one.code}"] = field

    @property
    def main(self) -> list[forms.BoundField]:
        return [self[name] for name in ("kinds", "tiers", "successors", "reason")]

    @property
    def own(self) -> list[forms.BoundField]:
        return [self[name] for name in self.fields if name.startswith("own-")]

    def wish(self) -> Wish:
        said = self.cleaned_data
        own = {one.code: said[f"own-{one.code}"] for one in belongings() if said.get(f"own-{one.code}")}
        return Wish(
            kinds=said["kinds"],
            successors=list(said["successors"]),
            tiers=said["tiers"],
            own=own,
            reason=said.get("reason", ""),
        )
