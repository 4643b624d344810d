"""The settings of perks: what customers of each tier are entitled to."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from huiying.customers.actions.perk import PerkDraft, add_perk, revise_perk
from huiying.customers.models import Perk, Tier
from huiying.customers.policies import may_set_tier_rules
from huiying.journal.models import Entry
from huiying.kit.forms import Boxes, DeskForm
from huiying.kit.guards import BadInput, ensure
from huiying.staff.http import DeskRequest

NAMES = ("name", "name_en", "description", "description_en", "tiers", "position", "active")


class PerkForm(DeskForm):
    """What customers of some tiers are entitled to."""

    name = forms.CharField(label=gettext_lazy("name"), max_length=60)
    name_en = forms.CharField(label=gettext_lazy("English name"), max_length=60, required=False)
    description = forms.CharField(
        label=gettext_lazy("description"), max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    description_en = forms.CharField(
        label=gettext_lazy("English description"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    tiers = forms.MultipleChoiceField(label=gettext_lazy("for tiers"), choices=Tier.choices, widget=Boxes)
    position = forms.IntegerField(label=gettext_lazy("place"), min_value=0, max_value=1000, initial=10)
    active = forms.BooleanField(label=gettext_lazy("active"), required=False, initial=True)

    def draft(self) -> PerkDraft:
        return PerkDraft(**{name: self.cleaned_data[name] for name in NAMES})


@require_GET
def perks(request: DeskRequest) -> HttpResponse:
    ensure(may_set_tier_rules(request.actor))
    names: dict[str, Any] = dict(Tier.choices)
    rows = [(perk, [names.get(tier, tier) for tier in perk.tiers]) for perk in Perk.objects.all()]
    history = Entry.objects.filter(subject_type=Perk._meta.label_lower).order_by("-id")[:10]
    return render(request, "customers/settings/perks.html", {"rows": rows, "history": history})


def new_perk(request: DeskRequest) -> HttpResponse:
    ensure(may_set_tier_rules(request.actor))
    return edit(request, None)


def perk(request: DeskRequest, pk: int) -> HttpResponse:
    ensure(may_set_tier_rules(request.actor))
    return edit(request, get_object_or_404(Perk, pk=pk))


def edit(request: DeskRequest, kept: Perk | None) -> HttpResponse:
    known = {name: getattr(kept, name) for name in NAMES} if kept else {"tiers": [Tier.VIP]}
    form = PerkForm(request.POST) if request.method == "POST" else PerkForm(initial=known)
    if form.is_bound and form.is_valid():
        try:
            save(request, kept, form)
        except BadInput as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("Saved."))
            return redirect("customers:settings_perks")
    return render(
        request, "customers/settings/perk.html", {"form": form, "perk": kept}, status=422 if form.is_bound else 200
    )


def save(request: DeskRequest, kept: Perk | None, form: PerkForm) -> None:
    if kept is None:
        add_perk(form.draft(), by=request.actor, at=now())
    else:
        revise_perk(kept, form.draft(), by=request.actor, at=now())
