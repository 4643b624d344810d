"""Telling customers of their new account manager: by rules for each tier, over the mailings or by a planned call.

Messages leave a day later, when the hand-over can no longer be undone, and only where the new account manager still
looks after the customer then. Opt-outs, consent, quiet hours, open complaints and the rest between two messages hold as
for any mailing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.timezone import localdate
from django.utils.translation import gettext, pgettext
from django.utils.translation import gettext_lazy as _

from huiying.customers.models import Customer, Tier
from huiying.deadlines.catalogue import catalogue
from huiying.engagement import mailing_verbs, verbs
from huiying.engagement import pool_verbs as pool
from huiying.engagement.actions.mailing_filling import rows_of
from huiying.engagement.models import Means, PlannedContact, State
from huiying.engagement.models.introduction import Introduction, IntroductionRule
from huiying.engagement.models.mailing import Mailing, Recipient
from huiying.engagement.models.succession import Succession
from huiying.engagement.models.template import Template
from huiying.engagement.pool_policies import may_set_pool_rules
from huiying.engagement.queries.introductions import Telling, mailing_of, tellings
from huiying.journal.actors import CLOCKWORK, Actor
from huiying.journal.entries import record
from huiying.kit.guards import BadInput, ensure, ensure_sound
from huiying.staff.models import User

Way = IntroductionRule.Way
FAR = 60


@dataclass(frozen=True, kw_only=True)
class IntroductionDraft:
    """What customers of a tier hear."""

    way: str
    mail_template: Template | None = None
    sms_template: Template | None = None
    days: int = 2


@transaction.atomic
def revise_introductions(drafts: Mapping[Tier, IntroductionDraft], *, by: Actor, at: datetime) -> None:
    """Set what customers hear by tier. A tier that hears a message needs a template."""
    ensure(may_set_pool_rules(by))
    known = IntroductionRule.by_tier()
    for tier, draft in drafts.items():
        if draft.way == Way.MESSAGE and not (draft.mail_template or draft.sms_template):
            raise BadInput(_("Choose a template for the message."), field=f"{tier}-mail_template")
        rule = known[tier]
        wanted = {name: getattr(draft, name) for name in IntroductionDraft.__dataclass_fields__}
        if rule.pk and all(getattr(rule, name) == value for name, value in wanted.items()):
            continue
        for name, value in wanted.items():
            setattr(rule, name, value)
        ensure_sound(rule)
        rule.save()
        record(pool.INTRODUCTIONS_CHANGED, rule, by=by, at=at, tier=str(tier), way=draft.way)


@transaction.atomic
def introduce(customers: Sequence[Customer], *, name: str, maker: User, at: datetime) -> int:
    """Let customers, each with the new account manager as owner, hear of it as the rules say; return how many do."""
    calls: list[Telling] = []
    written: dict[Template, list[Telling]] = defaultdict(list)
    for told in tellings(customers, now=at):
        if told.words is None:
            calls.append(told)
        else:
            written[told.words].append(told)
    for told in calls:
        plan_call(told, at=at)
    return len(calls) + sum(write(words, some, name=name, maker=maker, at=at) for words, some in written.items())


def plan_call(told: Telling, *, at: datetime) -> None:
    """Plan a call by which the new account manager introduces themself."""
    manager, customer = told.customer.owner, told.customer
    assert manager is not None
    with translation.override(settings.LANGUAGE_CODE):
        about = gettext("Introduce yourself as the new account manager.")
    planned = PlannedContact.objects.create(
        customer=customer,
        owner=manager,
        tier=customer.tier,
        due_on=working_day(manager, after=localdate(at), days=told.rule.days),
        means=Means.PHONE,
        about=about,
        is_fixed=True,
    )
    Introduction.objects.create(customer=customer, manager=manager, planned=planned, made_at=at)
    record(verbs.PLANNED, planned, by=CLOCKWORK, at=at, day=planned.due_on.isoformat())


def working_day(person: User, *, after: date, days: int) -> date:
    """Return the last of so many working days after a day, by the calendar of the person's department."""
    known = catalogue()
    calendar, left = known.calendar(known.calendar_of(person.department_id)), days
    for step in range(1, FAR):
        day = after + timedelta(days=step)
        left -= calendar.is_working_day(day)
        if not left:
            return day
    return after + timedelta(days=days)


def write(words: Template, some: Sequence[Telling], *, name: str, maker: User, at: datetime) -> int:
    """Make a mailing of the template and write its recipients down; they are written to a day later."""
    mailing = mailing_of(words)
    with translation.override(settings.LANGUAGE_CODE):
        title = pgettext("mailing", "New account manager: %(name)s") % {"name": name}
    mailing.name, mailing.made_by, mailing.made_at = title[:80], maker, at
    mailing.state, mailing.starts_at = Mailing.State.SENDING, at + Succession.UNDONE_WITHIN
    mailing.save(force_insert=True)
    record(mailing_verbs.MADE, mailing, by=CLOCKWORK, at=at)
    managers = {one.customer.pk: one.customer.owner for one in some}
    rows = rows_of(mailing, [one.to for one in some if one.to is not None], mailing.starts_at)
    Recipient.objects.bulk_create(rows)
    Introduction.objects.bulk_create(
        Introduction(customer=row.customer, manager=managers[row.customer_id], recipient=row, made_at=at)
        for row in rows
    )
    return len(rows)


@transaction.atomic
def drop_overtaken(customer: Customer, *, at: datetime) -> int:
    """Skip the calls that would introduce somebody who looks after the customer no longer; return how many."""
    overtaken = PlannedContact.objects.open().filter(introduction__customer=customer)
    rows = list(overtaken.exclude(introduction__manager=customer.owner_id))
    with translation.override(settings.LANGUAGE_CODE):
        why = gettext("Somebody else looks after the customer by now.")
    for planned in rows:
        planned.state, planned.skip_reason, planned.is_excused = State.SKIPPED, why, True
        planned.save(update_fields=["state", "skip_reason", "is_excused"])
        record(verbs.SKIPPED, planned, by=CLOCKWORK, at=at, day=planned.due_on.isoformat())
    return len(rows)
