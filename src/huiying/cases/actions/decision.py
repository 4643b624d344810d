"""The customer's decision on an offer, given on their own page or told to us (SPEC C8)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from huiying.cases.actions.action_item import finish_if_all_done
from huiying.cases.actions.step import ensure_timely, held, move, step
from huiying.cases.lifecycle import Stage
from huiying.cases.models import Case, Offer
from huiying.cases.policies import may_decide
from huiying.cases.verbs import OFFER_ACCEPTED, OFFER_DECLINED
from huiying.journal.actors import Actor
from huiying.kit.guards import BadInput, DomainError, ensure

State = Offer.State


@transaction.atomic
def accept_offer(made: Offer, *, by: Actor, at: datetime, comment: str = "") -> Case:
    """The customer agrees: what was offered is now to be carried out."""
    case, made = ensure_open(made, by=by, at=at)
    write_decision(made, State.ACCEPTED, at=at, comment=comment)
    move(case, Stage.EXECUTING, at=at)
    step(OFFER_ACCEPTED, case, by=by, at=at, version=made.version)
    finish_if_all_done(case, by=by, at=at)
    return case


@transaction.atomic
def decline_offer(made: Offer, *, by: Actor, at: datetime, comment: str) -> Case:
    """The customer does not agree, and says why: the next version is drafted."""
    case, made = ensure_open(made, by=by, at=at)
    if not comment.strip():
        raise BadInput(_("Please say what should be different."), field="comment")
    write_decision(made, State.DECLINED, at=at, comment=comment)
    move(case, Stage.DRAFTING, at=at)
    step(OFFER_DECLINED, case, by=by, at=at, version=made.version)
    return case


def ensure_open(made: Offer, *, by: Actor, at: datetime) -> tuple[Case, Offer]:
    case = held(made.case)
    ensure(by.is_customer or by.can("cases.offer"))
    made = Offer.objects.get(pk=made.pk)
    if made.state != State.OFFERED:
        raise DomainError(_("Offer {version} is no longer open to a decision.").format(version=made.version))
    if by.is_customer and made.valid_until is not None and made.valid_until < at:
        raise DomainError(_("This offer has expired. We will contact you with a new one."))
    ensure_timely(may_decide(by, case), _("The customer decides while the solution is being agreed."))
    return case, made


def write_decision(made: Offer, state: str, *, at: datetime, comment: str) -> None:
    made.state, made.decided_at, made.decision_comment = state, at, comment.strip()
    made.save(update_fields=["state", "decided_at", "decision_comment"])
