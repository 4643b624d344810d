"""Mailings: prepared, tried on oneself, released, paused, cancelled, and tried again where they failed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from huiying.channels.adapters.sms import HttpGateway
from huiying.engagement import mailing_verbs as verbs
from huiying.engagement.actions.template import ensure_sendable
from huiying.engagement.models.interaction import Means
from huiying.engagement.models.mailing import Mailing, MailingRules, Recipient
from huiying.engagement.models.template import Template
from huiying.engagement.policies import may_lead
from huiying.journal.actors import Actor
from huiying.journal.entries import record
from huiying.kit.guards import BadInput, DomainError, ensure, ensure_sound
from huiying.notifications.models import SmsGateway
from huiying.staff.models import User

State = Mailing.State


@dataclass(frozen=True, kw_only=True)
class MailingDraft:
    """What is written, and to whom: filters, or customers by number."""

    name: str
    means: str
    text: str
    subject: str = ""
    template: Template | None = None
    chosen: Mapping[str, Any] = field(default_factory=dict)


@transaction.atomic
def make_mailing(draft: MailingDraft, *, by: Actor, at: datetime) -> Mailing:
    """Prepare a mailing; nothing is sent yet."""
    ensure(may_lead(by))
    mailing = Mailing(made_by=User.objects.get(pk=by.pk), made_at=at)
    fill(mailing, draft)
    mailing.save(force_insert=True)
    record(verbs.MADE, mailing, by=by, at=at)
    return mailing


@transaction.atomic
def revise_mailing(mailing: Mailing, draft: MailingDraft, *, by: Actor, at: datetime) -> None:
    """Change what was not released yet; whoever changes it answers for it from then on."""
    ensure(may_lead(by))
    held = Mailing.objects.select_for_update().get(pk=mailing.pk)
    if held.state != State.DRAFT:
        raise DomainError(_("This mailing has been released and cannot be changed."))
    fill(held, draft)
    held.made_by_id = by.pk or 0
    held.save()
    record(verbs.REVISED, mailing, by=by, at=at)


def fill(mailing: Mailing, draft: MailingDraft) -> None:
    ensure_sendable(draft.means, draft.subject, draft.text)
    mailing.name, mailing.means = draft.name.strip(), draft.means
    mailing.subject, mailing.text = draft.subject.strip(), draft.text.strip()
    mailing.template, mailing.chosen = draft.template, dict(draft.chosen)
    mailing.product = draft.template.product if draft.template else ""
    if not any(mailing.chosen.values()):
        raise BadInput(_("Choose whom to write to: at least one filter, or customers by number."))
    ensure_sound(mailing)


@transaction.atomic
def release(mailing: Mailing, *, starts_at: datetime | None, by: Actor, at: datetime) -> None:
    """Let it be sent, now or later; recipients are written down by the heartbeat. Raises DomainError twice.

    It goes to those of the choice whom the one who releases it sees, as the preview told them: whoever prepared it may
    see others.
    """
    ensure(may_lead(by))
    ensure_road(mailing.means)
    begin = starts_at or at
    released = {"state": State.FILLING, "starts_at": begin, "made_by": by.pk or 0}
    if not Mailing.objects.filter(pk=mailing.pk, state=State.DRAFT).update(**released):
        raise DomainError(_("This mailing has been released already."))
    record(verbs.STARTED, mailing, by=by, at=at, starts_at=begin.isoformat())


def ensure_road(means: str) -> None:
    if means == Means.SMS and SmsGateway.now() is None:
        raise DomainError(_("No SMS gateway is set up. Ask an administrator, or send an e-mail instead."))
    if means == Means.EMAIL and not settings.EMAIL_URL:
        raise DomainError(_("No mail server is set up. Ask an administrator."))


@transaction.atomic
def pause(mailing: Mailing, *, by: Actor, at: datetime) -> None:
    ensure(may_lead(by))
    shift(mailing, {State.SENDING: State.PAUSED})
    record(verbs.PAUSED, mailing, by=by, at=at)


@transaction.atomic
def resume(mailing: Mailing, *, by: Actor, at: datetime) -> None:
    ensure(may_lead(by))
    shift(mailing, {State.PAUSED: State.SENDING})
    record(verbs.RESUMED, mailing, by=by, at=at)


@transaction.atomic
def cancel(mailing: Mailing, *, by: Actor, at: datetime) -> None:
    """Send to nobody else; what is on its way arrives."""
    ensure(may_lead(by))
    shift(mailing, dict.fromkeys((State.DRAFT, State.FILLING, State.SENDING, State.PAUSED), State.CANCELLED), at=at)
    waiting = Recipient.objects.filter(mailing=mailing, state=Recipient.State.WAITING)
    left = waiting.update(state=Recipient.State.SKIPPED, reason=Recipient.Reason.CANCELLED)
    record(verbs.CANCELLED, mailing, by=by, at=at, left=left)


@transaction.atomic
def retry(mailing: Mailing, *, by: Actor, at: datetime) -> int:
    """Send once more to those whom it did not reach; return how many."""
    ensure(may_lead(by))
    failed = Recipient.objects.filter(mailing=mailing, state=Recipient.State.FAILED)
    many = failed.update(state=Recipient.State.WAITING, due_at=at, attempts=0, error="", message=None)
    if not many:
        raise DomainError(_("Nothing has failed."))
    Mailing.objects.filter(pk=mailing.pk, state__in=[State.DONE, State.CANCELLED]).update(
        state=State.SENDING, ended_at=None
    )
    record(verbs.RETRIED, mailing, by=by, at=at, count=many)
    return many


def shift(mailing: Mailing, moves: Mapping[State, State], *, at: datetime | None = None) -> None:
    """Move along, unless somebody was faster."""
    for origin, target in moves.items():
        if Mailing.objects.filter(pk=mailing.pk, state=origin).update(state=target, ended_at=at):
            mailing.state = target
            return
    raise DomainError(_("The mailing is not in a state to do this. Please look at it again."))


@transaction.atomic
def revise_mailing_rules(values: Mapping[str, object], *, by: Actor, at: datetime) -> None:
    ensure(may_lead(by))
    rules = MailingRules.now()
    told = {name: str(value) for name, value in values.items()}
    for name, value in values.items():
        setattr(rules, name, value)
    ensure_sound(rules)
    rules.save()
    record(verbs.RULES_CHANGED, rules, by=by, at=at, **told)


def gateway() -> HttpGateway | None:
    """Return the company's gateway for short messages, where there is one."""
    kept = SmsGateway.now()
    if kept is None:
        return None
    parts = {name: getattr(kept, name) for name in ("url", "template", "header", "secret", "success")}
    return HttpGateway(**parts)
