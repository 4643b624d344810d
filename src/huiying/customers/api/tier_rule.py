"""The rules for tiers: listed, added, changed, dropped, moved, and tried on the whole archive before."""

from __future__ import annotations

from typing import Annotated, Any

from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext_noop as _
from ninja import Schema
from ninja import Status as Answer
from pydantic import ConfigDict, Field, StringConstraints

from huiying.customers.actions.tier_rule import (
    MOST_CONDITIONS,
    RuleDraft,
    add_rule,
    drop_rule,
    move_up,
    revise_rule,
)
from huiying.customers.actions.trial import begin_trial, go_on
from huiying.customers.api.router import router
from huiying.customers.api.shown import ShortName, UpTo60
from huiying.customers.models import Customer, Tier, TierRule, Trial
from huiying.customers.policies import may_see_amounts, may_set_tier_rules
from huiying.customers.tiering.conditions import read_conditions, without_amounts
from huiying.customers.tiering.words import WORDS, Comparison
from huiying.journal.actors import Actor
from huiying.kit.guards import ensure
from huiying.kit.rest import Ask, Code, Key, Line, Moment
from huiying.staff.http import ApiRequest

Values = Annotated[list[Line], Field(max_length=50)]
Number = Annotated[float, Field(ge=-100, le=10**13)]


class ConditionAsk(Ask):
    """What is looked at, how it is compared and with what: a number, or of `tier`, `status`, `tag` and the like a list.
    `last` says how many of the last scores.
    """

    model_config = ConfigDict(extra="forbid")

    word: Annotated[str, StringConstraints(max_length=40), Field(json_schema_extra={"enum": list(WORDS)})]
    comparison: Code[Comparison]
    value: Number | Values | Line
    last: Annotated[int, Field(ge=1, le=20)] | None = None


class TierRuleAsk(Ask):
    """A rule as it shall be; it holds where all conditions do."""

    model_config = ConfigDict(extra="forbid")

    name: ShortName
    name_en: UpTo60 = ""
    tier: Code[Tier]
    deed: Code[TierRule.Deed] = TierRule.Deed.SET
    may_lower: bool = False
    active: bool = True
    conditions: Annotated[list[ConditionAsk], Field(max_length=MOST_CONDITIONS)] = []


class TierRuleRevisionAsk(TierRuleAsk):
    """`version` is the one that was read; a newer one there is a 409."""

    version: int = Field(ge=1, le=2**31 - 1)


class TrialAsk(Ask):
    """The rule to try, in place of the one called `code`, else above all others."""

    model_config = ConfigDict(extra="forbid")

    rule: TierRuleAsk
    code: Line = ""


class TierRuleShown(Schema):
    """One version of a rule; `retired_at` is empty for the one in force. Rules are asked by `position`."""

    code: str
    version: int
    position: int
    name: str
    name_en: str
    tier: Code[Tier]
    deed: Code[TierRule.Deed]
    may_lower: bool
    active: bool
    conditions: list[dict[str, Any]]
    reads: list[str]
    made_at: Moment
    retired_at: Moment | None


class WouldMove(Schema):
    """A customer whom the rules would raise, lower or suggest. Amounts only for whoever may see them."""

    kind: str
    customer: str
    name: str
    present: Code[Tier]
    tier: Code[Tier]
    rule: str
    figures: dict[str, Any]


class TrialShown(Schema):
    """How far a trial has come; ask again until `ended`. Nothing is changed by it. `held` would move but are held by
    hand; `moves` are the first sixty of each kind whom the caller may see, told at the end.
    """

    id: int
    ended: bool
    percent: int
    considered: int
    raised: int
    lowered: int
    suggested: int
    held: int
    moves: list[WouldMove]


@router.get("/tier-rules", response=list[TierRuleShown], summary=_("List the rules for tiers in force"))
def rules(request: ApiRequest) -> list[TierRuleShown]:
    ensure(may_set_tier_rules(request.actor))
    return [rule_shown(rule) for rule in TierRule.objects.current()]


@router.post("/tier-rules", response={201: TierRuleShown}, summary=_("Add a rule, to be asked before all others"))
def add(request: ApiRequest, ask: TierRuleAsk) -> Answer[TierRuleShown]:
    return Answer(201, rule_shown(add_rule(rule_draft(ask), by=request.actor, at=timezone.now())))


@router.get("/tier-rules/{code}", response=TierRuleShown, summary=_("Show a rule as it is in force"))
def rule(request: ApiRequest, code: str) -> TierRuleShown:
    return rule_shown(current_rule(request, code))


@router.put("/tier-rules/{code}", response=TierRuleShown, summary=_("Write the next version of a rule"))
def revise(request: ApiRequest, code: str, ask: TierRuleRevisionAsk) -> TierRuleShown:
    current_rule(request, code)
    read = get_object_or_404(TierRule, code=code, version=ask.version)
    return rule_shown(revise_rule(read, rule_draft(ask), by=request.actor, at=timezone.now()))


@router.delete("/tier-rules/{code}", response={204: None}, summary=_("Let a rule be asked no longer"))
def drop(request: ApiRequest, code: str) -> Answer[None]:
    drop_rule(current_rule(request, code), by=request.actor, at=timezone.now())
    return Answer(204, None)


@router.get("/tier-rules/{code}/versions", response=list[TierRuleShown], summary=_("List every version of a rule"))
def versions(request: ApiRequest, code: str) -> list[TierRuleShown]:
    ensure(may_set_tier_rules(request.actor))
    return [rule_shown(rule) for rule in TierRule.objects.filter(code=code).order_by("-version")]


@router.post("/tier-rules/{code}/moving-up", response=TierRuleShown, summary=_("Ask a rule one place earlier"))
def moving_up(request: ApiRequest, code: str) -> TierRuleShown:
    return rule_shown(move_up(current_rule(request, code), by=request.actor, at=timezone.now()))


@router.post("/tier-trials", response={201: TrialShown}, summary=_("Try a rule on the whole archive"))
def begin(request: ApiRequest, ask: TrialAsk) -> Answer[TrialShown]:
    replaced = current_rule(request, ask.code) if ask.code else None
    begun = begin_trial(rule_draft(ask.rule), of=replaced, by=request.actor, at=timezone.now())
    return Answer(201, trial_shown(go_on(begun, at=timezone.now()), by=request.actor))


@router.post("/tier-trials/{trial_id}", response=TrialShown, summary=_("Go on with one's trial, and show it"))
def go_on_trying(request: ApiRequest, trial_id: Key) -> TrialShown:
    ensure(may_set_tier_rules(request.actor))
    begun = get_object_or_404(Trial, pk=trial_id, made_by=request.actor.pk)
    return trial_shown(go_on(begun, at=timezone.now()), by=request.actor)


def current_rule(request: ApiRequest, code: str) -> TierRule:
    ensure(may_set_tier_rules(request.actor))
    return get_object_or_404(TierRule.objects.current(), code=code)


def rule_draft(ask: TierRuleAsk) -> RuleDraft:
    plain = {name: getattr(ask, name) for name in TierRuleAsk.model_fields if name != "conditions"}
    return RuleDraft(**plain, conditions=read_conditions(one.model_dump() for one in ask.conditions))


def rule_shown(rule: TierRule) -> TierRuleShown:
    plain = [name for name in TierRuleShown.model_fields if name != "reads"]
    reads = [one.reads() for one in read_conditions(rule.conditions)]
    return TierRuleShown(**{name: getattr(rule, name) for name in plain}, reads=reads)


def trial_shown(trial: Trial, *, by: Actor) -> TrialShown:
    counted = ("percent", "considered", "raised", "lowered", "suggested", "held")
    ended = trial.ended_at is not None
    told = {name: getattr(trial, name) for name in counted}
    return TrialShown(id=trial.pk, ended=ended, moves=moves_of(trial, by=by) if ended else [], **told)


def moves_of(trial: Trial, *, by: Actor) -> list[WouldMove]:
    seen = Customer.objects.visible_to(by).in_bulk({line["customer"] for line in trial.lines})
    amounts = may_see_amounts(by)
    return [
        WouldMove(
            kind=line["kind"],
            customer=seen[line["customer"]].number,
            name=seen[line["customer"]].name,
            present=Tier(line["old"]),
            tier=Tier(line["new"]),
            rule=line["rule"],
            figures=line["figures"] if amounts else without_amounts(line["figures"]),
        )
        for line in trial.lines
        if line["customer"] in seen
    ]
