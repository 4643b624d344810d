"""Offers: versions of a solution, approved where they exceed the maker's limit, decided by the customer (SPEC C8)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from huiying.cases.actions.step import ensure_timely, held, move, step
from huiying.cases.lifecycle import Stage
from huiying.cases.models import Approval, Case, Offer, Remedy
from huiying.cases.policies import limit_of, may_approve, may_offer
from huiying.cases.verbs import OFFER_APPROVED, OFFER_REFUSED, OFFER_WAITS, OFFERED
from huiying.journal.actors import Actor
from huiying.kit.guards import BadInput, DomainError, ensure

State = Offer.State


@dataclass(frozen=True, kw_only=True)
class RemedyDraft:
    """One thing to give; `amount` is what it costs us."""

    kind: str
    amount: Decimal = Decimal(0)
    detail: str = ""


@dataclass(frozen=True, kw_only=True)
class OfferDraft:
    """What the customer shall be offered."""

    text: str
    remedies: Sequence[RemedyDraft] = ()
    improvement: str = ""
    aftercare: str = ""
    valid_until: datetime | None = None

    @property
    def amount(self) -> Decimal:
        return sum((remedy.amount for remedy in self.remedies), Decimal(0))


@transaction.atomic
def offer(case: Case, draft: OfferDraft, *, by: Actor, at: datetime) -> Offer:
    """Make the next version of the solution. Within the limit it goes to the customer, beyond it to approval."""
    case = held(case)
    ensure(by.can("cases.offer"), _("You are not allowed to offer solutions."))
    ensure_timely(may_offer(by, case), _("An offer can be made once facts and cause are recorded."))
    ensure_complete(draft, at=at)
    supersede_pending(case)
    made = write_offer(case, draft, by=by, at=at)
    if made.amount <= limit_of(by):
        put_to_customer(case, made, by=by, at=at)
        return made
    Approval.objects.create(offer=made, asked_at=at)
    step(OFFER_WAITS, case, by=by, at=at, version=made.version, amount=str(made.amount))
    return made


@transaction.atomic
def approve(made: Offer, *, by: Actor, at: datetime, comment: str = "") -> Offer:
    """Approve an offer that waits; it goes to the customer."""
    case, made = ensure_waiting(made, by=by)
    decide_approval(made, approved=True, by=by, at=at, comment=comment)
    step(OFFER_APPROVED, case, by=by, at=at, version=made.version)
    put_to_customer(case, made, by=by, at=at)
    return made


@transaction.atomic
def refuse(made: Offer, *, by: Actor, at: datetime, comment: str) -> Offer:
    """Refuse an offer that waits, saying why; the handler drafts the next version."""
    case, made = ensure_waiting(made, by=by)
    if not comment.strip():
        raise BadInput(_("Please say why, so that the next version can be better."), field="comment")
    decide_approval(made, approved=False, by=by, at=at, comment=comment)
    made.state = State.REFUSED
    made.save(update_fields=["state"])
    step(OFFER_REFUSED, case, by=by, at=at, version=made.version)
    return made


def ensure_complete(draft: OfferDraft, *, at: datetime) -> None:
    if not draft.text.strip():
        raise BadInput(_("Please describe the solution in words the customer understands."), field="text")
    for remedy in draft.remedies:
        if remedy.kind not in Remedy.Kind.values:
            raise BadInput(
                _("“{value}” is not one of: {codes}.").format(value=remedy.kind, codes=", ".join(Remedy.Kind.values)),
                field="remedies",
            )
        if remedy.amount < 0:
            raise BadInput(_("An amount cannot be negative."), field="remedies")
    if draft.valid_until is not None and draft.valid_until <= at:
        raise BadInput(_("An offer must stay valid until a moment in the future."), field="valid_until")


def supersede_pending(case: Case) -> None:
    pending = Offer.objects.filter(case=case, state__in=[State.WAITING, State.OFFERED])
    pending.update(state=State.SUPERSEDED)


def write_offer(case: Case, draft: OfferDraft, *, by: Actor, at: datetime) -> Offer:
    last = Offer.objects.filter(case=case).aggregate(last=Max("version"))["last"] or 0  # safe: the case's row is held
    made = Offer.objects.create(
        case=case,
        episode=case.episode,
        version=last + 1,
        state=State.WAITING,
        text=draft.text.strip(),
        improvement=draft.improvement.strip(),
        aftercare=draft.aftercare.strip(),
        valid_until=draft.valid_until,
        amount=draft.amount,
        made_by_id=by.pk if by.is_staff else None,
        made_at=at,
    )
    Remedy.objects.bulk_create(
        [Remedy(offer=made, kind=item.kind, amount=item.amount, detail=item.detail[:200]) for item in draft.remedies]
    )
    return made


def put_to_customer(case: Case, made: Offer, *, by: Actor, at: datetime) -> None:
    made.state = State.OFFERED
    made.offered_at = at
    made.save(update_fields=["state", "offered_at"])
    if case.stage != Stage.AGREEING:
        move(case, Stage.AGREEING, at=at)
    step(OFFERED, case, by=by, at=at, version=made.version, amount=str(made.amount))


def ensure_waiting(made: Offer, *, by: Actor) -> tuple[Case, Offer]:
    case = held(made.case)
    made = Offer.objects.select_related("approval").get(pk=made.pk)
    if made.state != State.WAITING:
        raise DomainError(_("Offer {version} does not wait for approval.").format(version=made.version))
    ensure(
        may_approve(by, made),
        _("This approval needs somebody else whose limit reaches {amount}.").format(amount=made.amount),
    )
    return case, made


def decide_approval(made: Offer, *, approved: bool, by: Actor, at: datetime, comment: str) -> None:
    approval = made.approval
    approval.approved, approval.decided_at, approval.comment = approved, at, comment.strip()
    approval.decided_by_id = by.pk if by.is_staff else None
    approval.save()
