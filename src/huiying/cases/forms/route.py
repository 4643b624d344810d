from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from huiying.cases.actions.route import RouteDraft
from huiying.cases.models import Category, Kind, Route
from huiying.kit.forms import DeskForm
from huiying.staff.models import Team


class RouteForm(DeskForm):
    """Which new cases, and where to."""

    name = forms.CharField(label=_("name"), max_length=60)
    kind = forms.ChoiceField(label=_("kind"), choices=[("", _("any kind")), *Kind.choices], required=False)
    category = forms.ModelChoiceField(
        label=_("category"), queryset=Category.objects.none(), required=False, empty_label=_("any category")
    )
    vip_only = forms.BooleanField(label=_("only VIP"), required=False)
    team = forms.ModelChoiceField(label=_("team"), queryset=Team.objects.none())
    skill = forms.CharField(
        label=_("needs the skill"),
        max_length=30,
        required=False,
        help_text=_("Only people who have it get these cases in person; without anybody, the team does."),
    )
    to_manager = forms.BooleanField(
        label=_("to the account manager"),
        required=False,
        help_text=_("Where the customer has one; else to the least loaded person on shift in the team."),
    )
    active = forms.BooleanField(label=_("active"), required=False, initial=True)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        teams = Team.objects.filter(active=True, department__active=True).select_related("department")
        self.fields["team"].queryset = teams  # type: ignore[attr-defined]
        self.fields["category"].queryset = Category.objects.in_use().order_by("full_name")  # type: ignore[attr-defined]

    @classmethod
    def of(cls, route: Route) -> RouteForm:
        """Return the form as the route is now."""
        fields = ("name", "kind", "vip_only", "skill", "to_manager", "active")
        initial = {name: getattr(route, name) for name in fields}
        return cls(initial={**initial, "category": route.category_id, "team": route.team_id})

    def draft(self) -> RouteDraft:
        return RouteDraft(**self.cleaned_data)
