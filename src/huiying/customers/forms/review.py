from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from huiying.customers.models import ReviewRule, Tier
from huiying.customers.models.customer import CustomerQuerySet
from huiying.kit.forms import DeskForm
from huiying.staff.models import Team, User

NOBODY = "nobody"
RULE_FIELDS = ("vip", "high", "potential", "ordinary", "project")


class ReviewSelectionForm(DeskForm):
    """Whose archives the work list shows; a wrong choice is as good as none."""

    owner = forms.ChoiceField(label=_("account manager"), required=False)
    team = forms.ModelChoiceField(
        label=_("team"), required=False, queryset=Team.objects.order_by("name"), empty_label=_("every team")
    )
    tier = forms.ChoiceField(label=_("tier"), required=False, choices=[("", _("every tier")), *Tier.choices])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = User.objects.working().order_by("name").values_list("pk", "name")
        owner = self.fields["owner"]
        assert isinstance(owner, forms.ChoiceField)
        owner.choices = [("", _("every account manager")), (NOBODY, _("without account manager")), *people]
        self.is_valid()

    @property
    def narrows(self) -> bool:
        return any(self.cleaned_data.get(name) for name in self.fields)

    def narrowed(self, customers: CustomerQuerySet) -> CustomerQuerySet:
        chosen = self.cleaned_data
        if chosen.get("owner"):
            customers = customers.unattended() if chosen["owner"] == NOBODY else customers.filter(owner=chosen["owner"])
        if chosen.get("team"):
            customers = customers.filter(team=chosen["team"])
        return customers.filter(tier=chosen["tier"]) if chosen.get("tier") else customers


class ReviewRuleForm(DeskForm):
    """After how many months archives are due."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in RULE_FIELDS:
            label = getattr(ReviewRule, name).field.verbose_name
            self.fields[name] = forms.IntegerField(label=label, min_value=1, max_value=60)

    def rule(self) -> ReviewRule:
        return ReviewRule(pk=1, **self.cleaned_data)
