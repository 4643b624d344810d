from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from huiying.kit.forms import Boxes, DeskForm
from huiying.staff.drafts import RoleDraft
from huiying.staff.models import Role, Scope
from huiying.staff.powers import POWERS


class PowersField(forms.MultipleChoiceField):
    """Powers by group, each a box to tick."""

    widget = Boxes

    def __init__(self, **kwargs: Any) -> None:
        groups = [(group, list(powers.items())) for group, powers in POWERS.items()]
        super().__init__(choices=groups, **kwargs)


class RoleForm(DeskForm):
    """What the people of a role may do, how far they see, and what they may promise alone."""

    name = forms.CharField(label=_("name"), max_length=60)
    name_en = forms.CharField(label=_("English name"), max_length=60, required=False)
    powers = PowersField(label=_("powers"), required=False)
    case_scope = forms.ChoiceField(
        label=_("sees cases of"),
        choices=Scope,
        help_text=_("One's own cases, and those where one is asked to act, are always seen."),
    )
    customer_scope = forms.ChoiceField(label=_("sees customers of"), choices=Scope)
    approval_limit = forms.DecimalField(
        label=_("approval limit"),
        min_value=Decimal(0),
        max_digits=12,
        decimal_places=2,
        help_text=_("In yuan: an offer up to it needs no approval. Beyond it somebody with a higher limit is asked."),
    )

    @classmethod
    def of(cls, role: Role) -> RoleForm:
        fields = ("name", "name_en", "powers", "case_scope", "customer_scope", "approval_limit")
        return cls(initial={name: getattr(role, name) for name in fields})

    def draft(self) -> RoleDraft:
        words = self.cleaned_data
        return RoleDraft(**words | {"powers": frozenset(words["powers"])})
