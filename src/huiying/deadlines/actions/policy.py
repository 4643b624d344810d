"""Changing policies: a change is the next version; clocks that run keep the version they started by."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from huiying.deadlines.arithmetic.units import LONGEST, Length, Unit
from huiying.deadlines.catalogue import published
from huiying.deadlines.models import Calendar, Policy
from huiying.deadlines.models.policy import Recipient
from huiying.deadlines.policies import may_set_deadlines
from huiying.deadlines.verbs import ESCALATED, MISSED, POLICY_ADDED, POLICY_CHANGED, TOLD, WARNED
from huiying.journal.actors import Actor
from huiying.journal.entries import record
from huiying.kit.guards import BadInput, Stale, ensure

HIGHEST = 1000
KEPT = ("kind", "yields_to", "repeats", "keeps_owner", "pauses_on", "resumes_on", "resets_on")


@dataclass(frozen=True, kw_only=True)
class Step:
    """A step of the ladder as it is set: at this percentage, tell them."""

    percent: int
    to: str


@dataclass(frozen=True, kw_only=True)
class PolicyDraft:
    """A policy as it shall be; `length` None is “as promised”."""

    name: str
    unit: Unit
    length: Length | None
    steps: Sequence[Step]
    name_en: str = ""
    calendar: Calendar | None = None
    conditions: dict[str, list[str]] = field(default_factory=dict)
    starts_on: Sequence[str] = ()
    stops_on: Sequence[str] = ()
    cancels_on: Sequence[str] = ()
    pausable: bool = True
    pause_cap_days: int = 10
    extension: Length | None = None
    extension_times: int = 1
    extension_told: bool = True
    active: bool = True


@transaction.atomic
def revise_policy(policy: Policy, draft: PolicyDraft, *, by: Actor, at: datetime) -> Policy:
    """Write the next version of a policy; it holds for clocks that start from now on.

    Raises BadInput for what makes no sense and Stale when somebody has written a newer version meanwhile.
    """
    ensure(may_set_deadlines(by))
    ensure_sensible(draft)
    if not Policy.objects.filter(pk=policy.pk, retired_at=None).update(retired_at=at):
        raise Stale(_("Somebody changed this policy after you opened it. Please look at it again."))
    following = written(policy, draft)
    following.code, following.version, following.position = policy.code, policy.version + 1, policy.position
    following.save()
    published()
    record(POLICY_CHANGED, following, by=by, at=at, **names(following), version=following.version)
    return following


@transaction.atomic
def add_variant(policy: Policy, draft: PolicyDraft, *, by: Actor, at: datetime) -> Policy:
    """Add a policy of the same clock that is asked before this one, for some situations only."""
    ensure(may_set_deadlines(by))
    ensure_sensible(draft)
    if not draft.conditions:
        raise BadInput(_("Say for which situations the variant is; else it would replace this policy."))
    variant = written(policy, draft)
    variant.code = free_code(policy)
    variant.position = max(policy.position - 1, 0)
    variant.save()
    published()
    record(POLICY_ADDED, variant, by=by, at=at, **names(variant))
    return variant


def ensure_sensible(draft: PolicyDraft) -> None:
    if not draft.name.strip():
        raise BadInput(_("Please give the policy a name."), field="name")
    if draft.unit is Unit.STATUTORY and draft.length is not None and draft.length.minutes:
        raise BadInput(_("Statutory deadlines are counted in days, for example 15d."), field="length")
    if draft.extension is not None and draft.unit is Unit.STATUTORY and draft.extension.minutes:
        raise BadInput(_("Statutory deadlines are counted in days, for example 15d."), field="extension")
    if not 1 <= draft.pause_cap_days <= LONGEST.days:
        raise BadInput(_("The longest pause is at least one day."), field="pause_cap_days")
    percents = [step.percent for step in draft.steps]
    if len(set(percents)) < len(percents) or not all(0 <= percent <= HIGHEST for percent in percents):
        raise BadInput(_("Each step of the ladder has its own percentage, from 0 to 1000."), field="ladder")
    if 100 not in percents:
        raise BadInput(_("The ladder needs a step at 100%: that is when the deadline is missed."), field="ladder")
    if not {step.to for step in draft.steps} <= set(Recipient.values):
        raise BadInput(_("Please choose whom each step tells."), field="ladder")


def written(like: Policy, draft: PolicyDraft) -> Policy:
    """Return an unsaved policy as drafted, in all else like the given one."""
    length = draft.length
    in_days = length is not None and (length.days > 0 or draft.unit is Unit.STATUTORY)
    return Policy(
        **{name: getattr(like, name) for name in KEPT},
        name=draft.name.strip()[:60],
        name_en=draft.name_en.strip()[:60],
        unit=draft.unit,
        minutes=length.minutes if length is not None and not in_days else None,
        days=length.days if length is not None and in_days else None,
        as_promised=length is None,
        calendar=draft.calendar,
        conditions=draft.conditions,
        starts_on=list(draft.starts_on),
        stops_on=list(draft.stops_on),
        cancels_on=list(draft.cancels_on),
        pausable=draft.pausable,
        pause_cap_days=draft.pause_cap_days,
        extension_minutes=draft.extension.minutes if draft.extension is not None else 0,
        extension_days=draft.extension.days if draft.extension is not None else 0,
        extension_times=draft.extension_times,
        extension_told=draft.extension_told,
        ladder=[asdict(step) | {"verb": verb_at(step.percent)} for step in draft.steps],
        active=draft.active,
    )


def verb_at(percent: int) -> str:
    """Return what happens at a percentage: watched from the start, warned, missed, escalated."""
    if percent == 0:
        return TOLD.code
    if percent < 100:
        return WARNED.code
    return MISSED.code if percent == 100 else ESCALATED.code


def free_code(like: Policy) -> str:
    taken = set(Policy.objects.values_list("code", flat=True))
    stem = like.code[:34]
    return next(code for number in range(2, 1000) if (code := f"{stem}-{number}") not in taken)


def names(policy: Policy) -> dict[str, object]:
    return {"name": policy.name, "name_en": policy.name_en, "code": policy.code}
