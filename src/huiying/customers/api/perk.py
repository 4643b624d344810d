"""What customers of each tier are entitled to."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext_noop as _
from ninja import Schema
from ninja import Status as Answer
from pydantic import ConfigDict, Field, StringConstraints

from huiying.customers.actions.perk import PerkDraft, add_perk, revise_perk
from huiying.customers.api.router import router
from huiying.customers.api.shown import ShortName, UpTo60, visible_customer
from huiying.customers.models import Perk, Tier
from huiying.customers.policies import may_see, may_set_tier_rules
from huiying.kit.guards import ensure
from huiying.kit.rest import Ask, Code, Key, only_given
from huiying.staff.http import ApiRequest

UpTo300 = Annotated[str, StringConstraints(max_length=300)]
Tiers = Annotated[list[Code[Tier]], Field(min_length=1, max_length=4)]


class PerkFields(Ask):
    model_config = ConfigDict(extra="forbid")

    name_en: UpTo60 = ""
    description: UpTo300 = ""
    description_en: UpTo300 = ""
    position: int = Field(0, ge=0, le=1000)
    active: bool = True


class PerkAsk(PerkFields):
    """What customers of these tiers are entitled to."""

    name: ShortName
    tiers: Tiers


class PerkRevisionAsk(PerkFields):
    """Only what is sent is changed."""

    name: ShortName = ""
    tiers: Tiers = [Tier.VIP]


class PerkShown(Schema):
    id: int
    name: str
    name_en: str
    description: str
    description_en: str
    tiers: list[Code[Tier]]
    position: int
    active: bool


@router.get("/perks", response=list[PerkShown], summary=_("List the perks of tiers"))
def perks(request: ApiRequest) -> list[PerkShown]:
    ensure(may_see(request.actor))
    return [perk_shown(perk) for perk in Perk.objects.all()]


@router.get("/customers/{number}/perks", response=list[PerkShown], summary=_("What a customer is entitled to"))
def perks_of_customer(request: ApiRequest, number: str) -> list[PerkShown]:
    return [perk_shown(perk) for perk in Perk.objects.for_tier(visible_customer(request, number).tier)]


@router.post("/perks", response={201: PerkShown}, summary=_("Add a perk"))
def enter_perk(request: ApiRequest, ask: PerkAsk) -> Answer[PerkShown]:
    return Answer(201, perk_shown(add_perk(PerkDraft(**dict(ask)), by=request.actor, at=timezone.now())))


@router.patch("/perks/{perk_id}", response=PerkShown, summary=_("Change a perk"))
def change_perk(request: ApiRequest, perk_id: Key, ask: PerkRevisionAsk) -> PerkShown:
    ensure(may_set_tier_rules(request.actor))
    kept = get_object_or_404(Perk, pk=perk_id)
    known = PerkDraft(**{name: getattr(kept, name) for name in PerkAsk.model_fields})
    revise_perk(kept, replace(known, **only_given(ask)), by=request.actor, at=timezone.now())
    return perk_shown(kept)


def perk_shown(perk: Perk) -> PerkShown:
    return PerkShown(**{name: getattr(perk, "pk" if name == "id" else name) for name in PerkShown.model_fields})
