"""What moving a card by hand means: the same actions as on the case's page, with the form of what is lacking."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from huiying.cases import policies
from huiying.cases.actions import accept, investigate
from huiying.cases.lifecycle import IllegalMove, Stage, ensure_move, missing
from huiying.cases.models import ActionItem, Case, Offer
from huiying.cases.queries.standing import standing
from huiying.journal.actors import Actor
from huiying.kit.guards import DomainError, Refused, ensure

Form = Callable[[Case, Actor], str]


def move_by_hand(case: Case, target: Stage, *, by: Actor, at: datetime) -> str:
    """Move a card to another column and return "", or the address of the form for what must be said first.

    Raises IllegalMove or Refused in words where it cannot be moved there.
    """
    way = (case.at_stage, target)
    if way == (Stage.RECEIVED, Stage.ACCEPTED):
        accept(case, by=by, at=at)
    elif way == (Stage.ACCEPTED, Stage.INVESTIGATING):
        investigate(case, by=by, at=at)
    elif case.at_stage is not target:
        return form_for(case, target, by=by)
    return ""


def form_for(case: Case, target: Stage, *, by: Actor) -> str:
    """Return the address of the form that brings the case there."""
    origin = case.at_stage
    try:
        ensure_move(origin, target)
    except IllegalMove as refusal:
        raise IllegalMove(with_what_is_missing(refusal, case)) from refusal
    form = FORMS.get((origin, target)) or (reopening if target is Stage.INVESTIGATING and not case.is_open else None)
    if form is None:
        raise IllegalMove(_("Nobody moves a case there by hand: it follows from what the customer says."))
    return form(case, by)


def with_what_is_missing(refusal: DomainError, case: Case) -> str:
    """Return the refusal, and what the present stage still asks for."""
    lacking = missing(case.at_stage, standing(case))
    if not lacking:
        return str(refusal)
    needs = _(", ").join(str(need.sentence) for need in lacking)
    return _("{refusal} Missing first: {needs}.").format(refusal=refusal, needs=needs)


def investigation(case: Case, by: Actor) -> str:
    ensure(policies.may_investigate(by, case))
    return reverse("cases:investigation", args=[case.number])


def offering(case: Case, by: Actor) -> str:
    """An offer that waits is decided first; else the next version is drafted."""
    waiting = Offer.objects.filter(case=case, state=Offer.State.WAITING).first()
    if waiting is None:
        ensure(policies.may_offer(by, case))
        return reverse("cases:offers", args=[case.number])
    if not policies.may_approve(by, waiting):
        raise Refused(_("The offer waits for approval; then the case moves on by itself."))
    return reverse("cases:offer_approval", args=[case.number, waiting.version])


def decision(case: Case, by: Actor) -> str:
    ensure(policies.may_decide(by, case))
    offered = Offer.objects.filter(case=case, state=Offer.State.OFFERED).first()
    if offered is None:
        raise IllegalMove(_("No offer is open to the customer's decision."))
    return reverse("cases:offer_decision", args=[case.number, offered.version])


def carrying_out(case: Case, by: Actor) -> str:
    """The next item to complete that the actor may; where none was agreed, the form to agree one."""
    items = list(ActionItem.objects.filter(case=case, episode=case.episode, done_at=None, dropped_at=None))
    for item in items:
        if policies.may_complete(by, item):
            return reverse("cases:action_completion", args=[case.number, item.pk])
    if items:
        raise Refused(_("“{title}” is still to be done by others.").format(title=items[0].title))
    ensure(policies.may_plan_actions(by, case))
    return reverse("cases:actions", args=[case.number])


def closing(case: Case, by: Actor) -> str:
    """The customer's word comes first; then the case is closed."""
    ensure(policies.may_close(by, case))
    lacking = missing(Stage.CONFIRMING, standing(case))
    return reverse("cases:confirmation" if lacking else "cases:closure", args=[case.number])


def confirmation(case: Case, by: Actor) -> str:
    ensure(policies.may_confirm(by, case))
    return reverse("cases:confirmation", args=[case.number])


def reopening(case: Case, by: Actor) -> str:
    ensure(policies.may_reopen(by, case))
    return reverse("cases:reopening", args=[case.number])


FORMS: dict[tuple[Stage, Stage], Form] = {
    (Stage.INVESTIGATING, Stage.DRAFTING): investigation,
    (Stage.DRAFTING, Stage.AGREEING): offering,
    (Stage.AGREEING, Stage.EXECUTING): decision,
    (Stage.AGREEING, Stage.DRAFTING): decision,
    (Stage.EXECUTING, Stage.CONFIRMING): carrying_out,
    (Stage.CONFIRMING, Stage.CLOSED): closing,
    (Stage.CONFIRMING, Stage.DRAFTING): confirmation,
}
