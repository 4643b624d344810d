"""Keeping archives true: what was changed or confirmed when, and when each is to be looked through again (SPEC A5)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from itertools import product

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from huiying.customers import verbs
from huiying.customers.models import Block, Customer, Freshness, ReviewRule, Status, Tier
from huiying.customers.policies import may_arrange_reviews, may_revise
from huiying.customers.projects import projects_of, under_way
from huiying.customers.reviewing import MonthsLater, months_later
from huiying.journal.actors import CLOCKWORK, Actor
from huiying.journal.entries import record
from huiying.kit.guards import BadInput, ensure, ensure_sound
from huiying.kit.rows import update_each
from huiying.staff.models import User

RECKONED_AT_ONCE = 1_000
REVIEW_FIELDS = ["reviewed_on", "review_due_on", "review_told"]


@transaction.atomic
def confirm(customer: Customer, blocks: Sequence[Block], *, by: Actor, at: datetime) -> None:
    """Say that parts of the archive were looked through and are still true."""
    ensure(may_revise(by, customer))
    if not blocks:
        raise BadInput(_("Please say what you looked through."), field="blocks")
    write([(customer.pk, block) for block in blocks], by=by, at=at, confirmed=True)
    reckon([customer], at=at)
    record(verbs.CONFIRMED, customer, by=by, at=at, blocks=[block.value for block in blocks])


@transaction.atomic
def change_review_rule(rule: ReviewRule, *, by: Actor, at: datetime) -> None:
    """Let archives be reviewed after other spans, and move every date that this changes."""
    ensure(may_arrange_reviews(by))
    ensure_sound(rule)
    before = ReviewRule.current()
    months = {name: getattr(rule, name) for name in ("vip", "high", "potential", "ordinary", "project")}
    ReviewRule.objects.update_or_create(pk=1, defaults=months)
    move_dates(before, rule, at=at)
    record(verbs.REVIEW_RULE_CHANGED, ReviewRule(pk=1), by=by, at=at, **months)


def move_dates(before: ReviewRule, rule: ReviewRule, *, at: datetime) -> None:
    """Reckon the known dates by the new spans, each span in one statement; who is due no longer may be told again."""
    known, doing = Customer.objects.exclude(review_due_on=None), under_way()
    for tier, in_project in product(Tier, (False, True)):
        months = rule.months(tier, in_project=in_project)
        if months != before.months(tier, in_project=in_project):
            theirs = known.filter(doing if in_project else ~doing, tier=tier)
            theirs.update(review_due_on=MonthsLater("reviewed_on", months=months))
    known.filter(review_told=True, review_due_on__gt=localdate(at)).update(review_told=False)


def touch(customer: Customer, *blocks: Block, by: Actor, at: datetime) -> None:
    """Note that these parts were changed, as part of a larger deed."""
    touch_all([(customer.pk, block) for block in blocks], by=by, at=at)


def touch_all(touched: Iterable[tuple[int, Block]], *, by: Actor, at: datetime) -> None:
    """Note for many customers at once what was changed; the heartbeat reckons when they are due."""
    rows = list(dict.fromkeys(touched))
    if rows:
        write(rows, by=by, at=at)
        due = Customer.objects.filter(pk__among={key for key, _block in rows})
        due.exclude(review_due_on=None).update(review_due_on=None)


def write(rows: Iterable[tuple[int, Block]], *, by: Actor, at: datetime, confirmed: bool = False) -> None:
    who = by.pk if by.is_staff else None
    Freshness.objects.bulk_create(
        [Freshness(customer_id=key, block=block, at=at, by_id=who, confirmed=confirmed) for key, block in rows],
        batch_size=500,
        update_conflicts=True,
        unique_fields=["customer", "block"],
        update_fields=["at", "by", "confirmed"],
    )


def reckon(customers: Sequence[Customer], *, at: datetime) -> None:
    """Write when each archive is due: so many months after its oldest part was known to be true. Four statements."""
    rule, oldest, projects = ReviewRule.current(), oldest_parts(customers), projects_of(customers)
    for customer in customers:
        since = oldest.get(customer.pk)
        customer.reviewed_on = localdate(since or customer.created_at)
        customer.review_due_on = due_on(customer, rule, in_project=customer.pk in projects)
        customer.review_told = customer.review_told and is_due(customer, at=at)
    update_each(list(customers), REVIEW_FIELDS)


def due_on(customer: Customer, rule: ReviewRule, *, in_project: bool) -> date | None:
    """Return the day of the next review; None for those we lost."""
    if customer.status == Status.LOST or customer.reviewed_on is None:
        return None
    return months_later(customer.reviewed_on, rule.months(customer.tier, in_project=in_project))


def is_due(customer: Customer, *, at: datetime) -> bool:
    return customer.review_due_on is not None and customer.review_due_on <= localdate(at)


def oldest_parts(customers: Sequence[Customer]) -> dict[int, datetime]:
    """Return by customer since when the oldest part is known to be true; a part without a row since it was entered."""
    moments: dict[int, dict[str, datetime]] = {customer.pk: {} for customer in customers}
    for key, block, at in Freshness.objects.filter(customer__in=moments).values_list("customer_id", "block", "at"):
        moments[key][block] = at
    return {
        customer.pk: min(moments[customer.pk].get(block, customer.created_at) for block in Block)
        for customer in customers
    }


@transaction.atomic
def reckon_reviews(now: datetime) -> int:
    """Reckon the dates that are not known; a step of the heartbeat."""
    missing = Customer.objects.review_unreckoned().order_by("pk").select_for_update(skip_locked=True, of=("self",))
    customers = list(missing[:RECKONED_AT_ONCE])
    if customers:
        reckon(customers, at=now)
    return len(customers)


@transaction.atomic
def tell_of_reviews(now: datetime) -> int:
    """Tell each account manager once how many archives became due; a step of the heartbeat."""
    due = Customer.objects.to_review(localdate(now)).filter(review_told=False)
    told = 0
    for owner in User.objects.filter(pk__in=due.exclude(owner=None).values("owner").distinct()):
        count = due.filter(owner=owner).update(review_told=True)
        if count:
            record(verbs.REVIEWS_DUE, owner, by=CLOCKWORK, at=now, count=count)
            told += 1
    return told
