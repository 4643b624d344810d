"""A need by hand, its plan, and the moves on its way (SPEC B4)."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import translation
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from huiying.customers.models import Customer
from huiying.engagement import need_verbs as verbs
from huiying.engagement.lifecycle import SELLING, Stage
from huiying.engagement.models.need import Decision, Delivered, Dismissal, FollowUp, Need, Presentation, Proposal
from huiying.engagement.need_policies import may_add_need, may_price, may_work_on
from huiying.engagement.queries.complaints import complaining
from huiying.journal.actors import Actor
from huiying.journal.entries import record
from huiying.kit.guards import BadInput, DomainError, Sentence, Stale, ensure, ensure_sound
from huiying.kit.turns import take_turns
from huiying.staff.models import User


class NoSelling(DomainError):
    """A complaint of the customer is open."""

    code = "complaint-open"


@dataclass(frozen=True, kw_only=True)
class NeedDraft:
    """What a person enters or changes of a need. Without sight of amounts, `value` is left as it is."""

    title: str
    description: str = ""
    product: str = ""
    owner: User | None = None
    value: Decimal | None = None
    next_step: str = ""
    next_on: date | None = None


@transaction.atomic
def add_need(customer: Customer, draft: NeedDraft, *, by: Actor, at: datetime) -> Need:
    """Enter a need that a colleague heard of: it is confirmed from the start."""
    ensure(may_add_need(by, customer))
    need = Need(customer=customer, stage=Stage.CONFIRMED, stage_since=at, created_at=at)
    fill(need, draft, by=by)
    need.owner = need.owner or User.objects.filter(pk=by.pk).first()
    need.save(force_insert=True)
    record(verbs.ENTERED, need, by=by, at=at)
    return need


@transaction.atomic
def revise_need(need: Need, draft: NeedDraft, *, by: Actor, at: datetime) -> None:
    """Change what is wanted, who looks after it and what comes next."""
    ensure(may_work_on(by, need))
    fill(need, draft, by=by)
    fields = {name: getattr(need, name) for name in (*draft.__dataclass_fields__,)}
    if not Need.objects.filter(pk=need.pk, version=need.version).update(**fields, version=F("version") + 1):
        raise Stale(_("Somebody changed this need meanwhile. Please look at it again."))
    record(verbs.REVISED, need, by=by, at=at)


def fill(need: Need, draft: NeedDraft, *, by: Actor) -> None:
    need.title = sound(draft.title, "title")
    need.description, need.product = draft.description.strip(), draft.product.strip()
    need.owner, need.next_step, need.next_on = draft.owner, draft.next_step.strip(), draft.next_on
    if may_price(by):
        need.value = draft.value
    ensure_sound(need)


@transaction.atomic
def confirm(need: Need, *, by: Actor, at: datetime) -> None:
    """Take a suggestion on: its owner is the account manager, else whoever confirms it."""
    ensure_free(need, Stage.CONFIRMED, by=by)
    owner = need.owner_id or need.customer.owner_id or by.pk
    twin = Need.objects.open().filter(customer=need.customer_id, topic=need.topic).exclude(pk=need.pk).exclude(topic="")
    if twin.exists():
        raise DomainError(_("Another need about the same is open already."))
    need.move_to(Stage.CONFIRMED, stage_since=at, owner_id=owner)
    record(verbs.CONFIRMED, need, by=by, at=at)


@transaction.atomic
def propose(need: Need, *, content: str, period: str, effect: str, by: Actor, at: datetime) -> Proposal:
    """Write down what we would do; from a proposal that was presented, the next version."""
    ensure(may_work_on(by, need))
    take_turns(f"need {need.pk}")
    made = Proposal(
        need=need,
        version=need.proposals.count() + 1,
        content=sound(content, "content"),
        period=sound(period, "period"),
        effect=sound(effect, "effect"),
        noted_by_id=by.pk,
        noted_at=at,
    )
    ensure_sound(made)
    if need.at_stage is not Stage.PROPOSED:
        need.move_to(Stage.PROPOSED, stage_since=at)
    made.save(force_insert=True)
    record(verbs.PROPOSED, need, by=by, at=at, version=made.version)
    return made


@transaction.atomic
def present(need: Need, *, on: date, means: str, heard: str, by: Actor, at: datetime) -> None:
    """Note that the customer was shown the proposal. Raises NoSelling while they have a complaint open."""
    ensure_free(need, Stage.PRESENTED, by=by)
    if need.consultations.filter(answered_at=None).exists():
        raise DomainError(_("Colleagues still owe an answer to your questions. Wait for it, or call the question off."))
    ensure_past(on, at)
    need.move_to(Stage.PRESENTED, stage_since=at)
    said = sound(heard, "heard")
    Presentation.objects.create(need=need, on=on, means=means, heard=said, noted_by_id=by.pk, noted_at=at)
    record(verbs.PRESENTED, need, by=by, at=at)


@transaction.atomic
def agree(need: Need, *, remark: str, by: Actor, at: datetime) -> None:
    """Note that the customer agreed."""
    ensure(may_work_on(by, need))
    need.move_to(Stage.AGREED, stage_since=at)
    Decision.objects.create(need=need, agreed=True, remark=remark.strip(), noted_by_id=by.pk, noted_at=at)
    record(verbs.AGREED, need, by=by, at=at)


@transaction.atomic
def decline(need: Need, *, reason: str, remark: str, by: Actor, at: datetime) -> None:
    """Note that the customer declined, and why."""
    ensure(may_work_on(by, need))
    ensure_among(reason, Decision.Reason.values)
    need.move_to(Stage.DECLINED, stage_since=at)
    Decision.objects.create(
        need=need, agreed=False, reason=reason, remark=remark.strip(), noted_by_id=by.pk, noted_at=at
    )
    record(verbs.DECLINED, need, by=by, at=at, reason=reason)


@transaction.atomic
def deliver(need: Need, *, on: date, what: str, ask_on: date, by: Actor, at: datetime) -> None:
    """Note what the customer got; on `ask_on` we ask how it is used."""
    ensure(may_work_on(by, need))
    ensure_past(on, at)
    if ask_on <= on:
        raise BadInput(_("Ask after the delivery how it is used, not before."), field="ask_on")
    with translation.override(settings.LANGUAGE_CODE):
        step = str(_("Ask how it is used"))
    need.move_to(Stage.DELIVERED, stage_since=at, next_on=ask_on, next_step=step)
    Delivered.objects.create(need=need, on=on, what=sound(what, "what"), noted_by_id=by.pk, noted_at=at)
    record(verbs.DELIVERED, need, by=by, at=at)


@transaction.atomic
def follow_up(need: Need, *, usage: str, feedback: str, by: Actor, at: datetime) -> None:
    """Note how it is used and what the customer says: the need has come to its end."""
    ensure(may_work_on(by, need))
    need.move_to(Stage.FOLLOWED_UP, stage_since=at, next_on=None, next_step="")
    said = {"usage": sound(usage, "usage"), "feedback": sound(feedback, "feedback")}
    FollowUp.objects.create(need=need, **said, noted_by_id=by.pk, noted_at=at)
    record(verbs.FOLLOWED_UP, need, by=by, at=at)


@transaction.atomic
def dismiss(need: Need, *, reason: str, remark: str, by: Actor, at: datetime) -> None:
    """Decide that there is nothing to do; what a rule found is not suggested again."""
    ensure(may_work_on(by, need))
    ensure_among(reason, Dismissal.Reason.values)
    need.move_to(Stage.DISMISSED, stage_since=at)
    Dismissal.objects.create(need=need, reason=reason, remark=remark.strip()[:200], noted_by_id=by.pk, noted_at=at)
    record(verbs.DISMISSED, need, by=by, at=at, reason=reason)


def ensure_free(need: Need, target: Stage, *, by: Actor) -> None:
    """Raise NoSelling where the move is a step of selling and a complaint that the actor may know of is open."""
    ensure(may_work_on(by, need))
    if target in SELLING and complaining([need.customer_id], by=by):
        raise NoSelling(_("{name} has a complaint open. First answer that; then speak of new things.").format(
            name=need.customer.name))  # fmt: skip


def sound(text: str, field: str, *, sentence: Sentence = _("Please fill this in.")) -> str:
    """Return the text trimmed. Raises BadInput where there is none."""
    if not text.strip():
        raise BadInput(sentence, field=field)
    return text.strip()


def ensure_past(day: date, at: datetime) -> None:
    if day > localdate(at):
        raise BadInput(_("This day lies in the future."), field="on")


def ensure_among(reason: str, reasons: Collection[str]) -> None:
    if reason not in reasons:
        raise BadInput(_("Please say why."), field="reason")
