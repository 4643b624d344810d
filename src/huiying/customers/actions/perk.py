"""The perks of tiers: what customers of a tier are entitled to (SPEC A9)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from huiying.customers import verbs
from huiying.customers.models import Perk, Tier
from huiying.customers.policies import may_set_tier_rules
from huiying.journal.actors import Actor
from huiying.journal.entries import record
from huiying.kit.guards import BadInput, ensure, ensure_sound


@dataclass(frozen=True, kw_only=True)
class PerkDraft:
    """A perk as it shall be."""

    name: str
    name_en: str = ""
    description: str = ""
    description_en: str = ""
    tiers: Sequence[str] = ()
    position: int = 0
    active: bool = True


@transaction.atomic
def add_perk(draft: PerkDraft, *, by: Actor, at: datetime) -> Perk:
    """Let customers of some tiers be entitled to something from now on."""
    ensure(may_set_tier_rules(by))
    perk = Perk()
    write(perk, draft)
    record(verbs.PERK_ADDED, perk, by=by, at=at, name=perk.name, name_en=perk.name_en)
    return perk


@transaction.atomic
def revise_perk(perk: Perk, draft: PerkDraft, *, by: Actor, at: datetime) -> None:
    """Change a perk; the journal keeps what it said before."""
    ensure(may_set_tier_rules(by))
    told = asdict(draft) | {"tiers": list(draft.tiers)}
    changes = {name: [getattr(perk, name), new] for name, new in told.items() if getattr(perk, name) != new}
    if changes:
        write(perk, draft)
        record(verbs.PERK_CHANGED, perk, by=by, at=at, name=perk.name, name_en=perk.name_en, changes=changes)


def write(perk: Perk, draft: PerkDraft) -> None:
    for name, value in asdict(draft).items():
        setattr(perk, name, list(value) if name == "tiers" else value)
    perk.name = perk.name.strip()
    if not perk.name:
        raise BadInput(_("Please give the perk a name."), field="name")
    if not perk.tiers or not set(perk.tiers) <= set(Tier.values):
        raise BadInput(_("Please choose for which tiers it is."), field="tiers")
    if Perk.objects.filter(name=perk.name).exclude(pk=perk.pk).exists():
        raise BadInput(_("There is a perk of this name already."), field="name")
    ensure_sound(perk)
    perk.save()
