"""Why a customer has their tier, setting it by hand, giving it back to the rules; and what rules suggest."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext_noop as _
from ninja import Query, Schema
from ninja import Status as Answer
from pydantic import StringConstraints

from huiying.customers.actions.standing import confirm, decline, lift_override, set_tier
from huiying.customers.api.router import router
from huiying.customers.api.shown import CustomerBrief, brief, visible_customer
from huiying.customers.models import Override, Suggestion, Tier, TierRule
from huiying.customers.policies import may_see, may_see_amounts
from huiying.customers.queries.standing import Why, suggestions_for, why
from huiying.customers.tiering.conditions import without_amounts
from huiying.journal.actors import Actor
from huiying.kit.guards import ensure
from huiying.kit.paging import page_of
from huiying.kit.rest import Ask, Code, Day, Key, Line, Moment, Page, PageOf
from huiying.staff.api import Person, person
from huiying.staff.http import ApiRequest

Reason = Annotated[str, StringConstraints(min_length=1, max_length=200, strip_whitespace=True)]


class TierAsk(Ask):
    """A tier by hand, and why. Rules leave it alone through `until`; without that, as long as the settings say."""

    tier: Code[Tier]
    reason: Line
    until: Day | None = None


class DeclineAsk(Ask):
    reason: Reason


class RuleNamed(Schema):
    """A rule in one version, and the figures it looked at: word → figure. Amounts of money only for whoever may see
    them.
    """

    code: str
    version: int
    name: str
    tier: Code[Tier]
    figures: dict[str, Any]


class OverrideShown(Schema):
    """A tier set by hand, which rules leave alone through `until`."""

    tier: Code[Tier]
    reason: str
    set_by: Person | None
    set_at: Moment
    until: date


class SuggestionShown(Schema):
    """A rule thinks that the customer belongs in another tier."""

    id: int
    customer: str
    present: Code[Tier]
    rule: RuleNamed
    made_at: Moment


class TierShown(Schema):
    """Why: set by hand (`override`), given by a rule (`ruling`), else entered or imported. `today` is what the rules
    would decide now, `suggestion` what waits for an answer.
    """

    customer: str
    tier: Code[Tier]
    override: OverrideShown | None
    ruling: RuleNamed | None
    today: RuleNamed | None
    suggestion: SuggestionShown | None


@router.get("/customers/{number}/tier", response=TierShown, summary=_("Why a customer has their tier"))
def tier(request: ApiRequest, number: str) -> TierShown:
    customer = visible_customer(request, number)
    told = why(customer, by=request.actor, on=timezone.localdate())
    return tier_shown(customer.number, told, by=request.actor)


@router.post("/customers/{number}/tier", response=CustomerBrief, summary=_("Set a tier by hand"))
def change_tier(request: ApiRequest, number: str, ask: TierAsk) -> CustomerBrief:
    customer = visible_customer(request, number)
    set_tier(customer, ask.tier, reason=ask.reason, until=ask.until, by=request.actor, at=timezone.now())
    return brief(visible_customer(request, number), by=request.actor)


@router.delete(
    "/customers/{number}/tier", response=CustomerBrief, summary=_("Give a tier set by hand back to the rules")
)
def lift(request: ApiRequest, number: str) -> CustomerBrief:
    lift_override(visible_customer(request, number), by=request.actor, at=timezone.now())
    return brief(visible_customer(request, number), by=request.actor)


@router.get("/tier-suggestions", response=Page[SuggestionShown], summary=_("List tiers that rules suggest"))
def suggestions(request: ApiRequest, ask: Query[PageOf]) -> Page[SuggestionShown]:
    ensure(may_see(request.actor))
    page = page_of(suggestions_for(request.actor), by="-id", cursor=ask.cursor, limit=ask.limit)
    items = [suggestion_shown(one, by=request.actor) for one in page.items]
    return Page(items=items, next_cursor=page.next_cursor)


@router.post(
    "/tier-suggestions/{suggestion_id}/confirmation", response=CustomerBrief, summary=_("Follow a suggested tier")
)
def confirm_suggestion(request: ApiRequest, suggestion_id: Key) -> CustomerBrief:
    suggestion = visible_suggestion(request, suggestion_id)
    confirm(suggestion, by=request.actor, at=timezone.now())
    return brief(visible_customer(request, suggestion.customer.number), by=request.actor)


@router.post(
    "/tier-suggestions/{suggestion_id}/declination", response={204: None}, summary=_("Decline a suggested tier")
)
def decline_suggestion(request: ApiRequest, suggestion_id: Key, ask: DeclineAsk) -> Answer[None]:
    suggestion = visible_suggestion(request, suggestion_id)
    decline(suggestion, reason=ask.reason, by=request.actor, at=timezone.now())
    return Answer(204, None)


def visible_suggestion(request: ApiRequest, key: int) -> Suggestion:
    return get_object_or_404(suggestions_for(request.actor), pk=key)


def tier_shown(number: str, told: Why, *, by: Actor) -> TierShown:
    return TierShown(
        customer=number,
        tier=Tier(told.tier),
        override=override_shown(told.override) if told.override else None,
        ruling=rule_named(told.ruling.rule, told.ruling.figures, by=by) if told.ruling else None,
        today=rule_named(told.today, told.today_facts, by=by) if told.today else None,
        suggestion=suggestion_shown(told.suggestion, by=by) if told.suggestion else None,
    )


def override_shown(override: Override) -> OverrideShown:
    return OverrideShown(
        tier=Tier(override.tier),
        reason=override.reason,
        set_by=person(override.set_by),
        set_at=override.set_at,
        until=override.until,
    )


def suggestion_shown(suggestion: Suggestion, *, by: Actor) -> SuggestionShown:
    return SuggestionShown(
        id=suggestion.pk,
        customer=suggestion.customer.number,
        present=Tier(suggestion.customer.tier),
        rule=rule_named(suggestion.rule, suggestion.figures, by=by),
        made_at=suggestion.made_at,
    )


def rule_named(rule: TierRule, figures: dict[str, Any], *, by: Actor) -> RuleNamed:
    shown = figures if may_see_amounts(by) else without_amounts(figures)
    return RuleNamed(code=rule.code, version=rule.version, name=str(rule), tier=Tier(rule.tier), figures=shown)
