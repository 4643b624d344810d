from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from huiying.customers.models import Status, Tag, Tier
from huiying.customers.models.customer import CustomerQuerySet
from huiying.kit.forms import DeskForm
from huiying.staff.models import User


class SelectionForm(DeskForm):
    """Which customers the list shows; a wrong choice is as good as none."""

    q = forms.CharField(label=_("search"), required=False, max_length=100)
    tier = forms.ChoiceField(label=_("tier"), required=False, choices=[("", _("every tier")), *Tier.choices])
    status = forms.ChoiceField(label=_("status"), required=False, choices=[("", _("every status")), *Status.choices])
    owner = forms.ModelChoiceField(
        label=_("account manager"), required=False, queryset=User.objects.none(), empty_label=_("every account manager")
    )
    tag = forms.ModelChoiceField(label=_("tag"), required=False, queryset=Tag.objects.all(), empty_label=_("every tag"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        owner = self.fields["owner"]
        assert isinstance(owner, forms.ModelChoiceField)
        owner.queryset = User.objects.working().order_by("name")
        self.is_valid()

    @property
    def query(self) -> str:
        return str(self.cleaned_data.get("q") or "").strip()

    @property
    def narrows(self) -> bool:
        return any(self.cleaned_data.get(name) for name in self.fields)

    def narrowed(self, customers: CustomerQuerySet) -> CustomerQuerySet:
        """Keep those that fit, with what the list shows of them."""
        customers = customers.for_list()
        for name, lookup in (("tier", "tier"), ("status", "status"), ("owner", "owner"), ("tag", "tags")):
            chosen = self.cleaned_data.get(name)
            if chosen:
                customers = customers.filter(**{lookup: chosen})
        return customers
