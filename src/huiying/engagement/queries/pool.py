"""What the pool's pages and its clock ask: who is in it, and until when somebody's customer is safe."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import DateTimeField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.timezone import get_current_timezone, localdate
from django.utils.translation import gettext_lazy as _

from huiying.customers.models import Customer
from huiying.customers.models.customer import CustomerQuerySet
from huiying.engagement.in_use import used
from huiying.engagement.models import Interaction, Means
from huiying.engagement.models.pool import Days, Extension, Holding, Lock, PoolPolicy
from huiying.engagement.pool_policies import may_see_pool
from huiying.engagement.protection import Away, Safe, Times, safe_until
from huiying.journal.actors import CLOCKWORK, Actor
from huiying.kit.guards import Sentence
from huiying.staff.models import Absence

FREED = (Holding.Begun.HANDED_OVER, Holding.Begun.ASSIGNED)


@dataclass(frozen=True, kw_only=True)
class Protection:
    """How a customer stands towards the pool. `kept_by` says what keeps them whatever the day; `warned_on` when the
    account manager was warned of this end, None where only of an earlier one or never."""

    customer: Customer
    holding: Holding | None
    safe: Safe
    last_day: date
    warned_on: date | None = None
    kept_by: Sentence = ""
    lock: Lock | None = None
    is_extended: bool = False

    def days_left(self, today: date) -> int:
        return (self.last_day - today).days

    def is_to_warn(self, today: date, warn_days: int) -> bool:
        """It ends within the days, and nobody has been warned of it."""
        return not self.kept_by and not self.is_warned and (self.safe.last_day - today).days <= warn_days

    def is_due(self, today: date) -> bool:
        return not self.kept_by and self.is_warned and self.last_day < today

    @property
    def is_warned(self) -> bool:
        return self.warned_on is not None


def pool_for(actor: Actor | None) -> CustomerQuerySet:
    """Return the customers without an account manager, for those who may claim or assign them; for others none.

    Of these a page shows only what `PoolRow` holds: `Customer.objects.visible_to` still says who sees a customer.
    """
    if actor is None or not may_see_pool(actor):
        return Customer.objects.none()
    return Customer.objects.current().unattended()


def real_contacts() -> QuerySet[Interaction]:
    """Contacts that count: no system message, no letter to many, none that says nothing."""
    said = Interaction.objects.filter(is_hollow=False).exclude(means=Means.SYSTEM)
    return said.exclude(external_ref__startswith="mailing:")


def with_times(customers: CustomerQuerySet, *, at: datetime) -> CustomerQuerySet:
    """Add `contacted_at` and `held_since`."""
    contacts = real_contacts().filter(customer=OuterRef("pk"), at__lte=at).order_by("-at")
    held = Holding.objects.open().filter(customer=OuterRef("pk"))
    return customers.annotate(
        contacted_at=Subquery(contacts.values("at")[:1], output_field=DateTimeField()),
        held_since=Coalesce(Subquery(held.values("since")[:1]), "created_at"),
    )


def nearing(policy: PoolPolicy, *, at: datetime) -> CustomerQuerySet:
    """Return the customers whose days may end within the warning: absences and extensions are asked of these only."""
    kinds: dict[Days, list[tuple[str, str]]] = defaultdict(list)
    for kind, days in policy.days().items():
        kinds[days].append(kind)
    condition = Q(pk__in=[])
    for days, pairs in kinds.items():
        due = Q(pk__in=[])
        if days.contact is not None:
            quiet_since = day_end(at, back=days.contact - policy.warn_days)
            due |= Q(held_since__lt=quiet_since) & (Q(contacted_at=None) | Q(contacted_at__lt=quiet_since))
        if days.progress is not None:
            due |= Q(held_since__lt=day_end(at, back=days.progress - policy.warn_days))
        among = Q(pk__in=[])
        for status, tier in pairs:
            among |= Q(status=status, tier=tier)
        condition |= among & due
    return with_times(Customer.objects.current().filter(owner__isnull=False), at=at).filter(condition)


def day_end(at: datetime, *, back: int) -> datetime:
    """Return the end of the day that lies so many days back."""
    day = localdate(at) - timedelta(days=back - 1)
    return datetime.combine(day, time.min, tzinfo=get_current_timezone())


def protections(
    customers: CustomerQuerySet, policy: PoolPolicy, *, by: Actor = CLOCKWORK, at: datetime
) -> list[Protection]:
    """Return how these customers stand, in their order, without those that no rule ever takes back; few statements.

    What keeps them is told as far as the actor may know of it.
    """
    rows = list(with_times(customers, at=at) if "contacted_at" not in customers.query.annotations else customers)
    keys = [row.pk for row in rows]
    held = {one.customer_id: one for one in Holding.objects.open().filter(customer__in=keys)}
    extended = dict(
        Extension.objects.filter(holding__in=[one.pk for one in held.values()]).values_list("holding", "days")
    )
    locks = {lock.customer_id: lock for lock in Lock.objects.standing(localdate(at)).filter(customer__in=keys)}
    away, uses, days = absences({row.owner_id for row in rows if row.owner_id}), used(keys, by=by), policy.days()
    found = []
    for row in rows:
        holding = held.get(row.pk)
        longer = extended.get(holding.pk, 0) if holding else 0
        times = times_of(row, holding, longer, away.get(row.owner_id or 0, ()), policy)
        kind = days.get((row.status, row.tier), Days())
        safe = safe_until(kind.contact, kind.progress, times)
        if safe is None:
            continue
        lock, warned = locks.get(row.pk), warning_of(safe, holding, policy)
        found.append(
            Protection(
                customer=row,
                holding=holding,
                safe=safe,
                last_day=never_unwarned(safe, warned, policy, today=localdate(at)),
                warned_on=warned,
                kept_by=_("locked") if lock else uses.get(row.pk, ""),
                lock=lock,
                is_extended=bool(longer),
            )
        )
    return found


def times_of(row: Customer, holding: Holding | None, extended: int, away: Away, policy: PoolPolicy) -> Times:
    since, contacted = localdate(row.held_since), row.contacted_at  # type: ignore[attr-defined]
    is_free = holding is not None and holding.begun in FREED
    return Times(
        since=since,
        contact_on=localdate(contacted) if contacted else None,
        extended=extended,
        free_until=since + timedelta(days=policy.grace_days) if is_free else None,
        away=away,
    )


def warning_of(safe: Safe, holding: Holding | None, policy: PoolPolicy) -> date | None:
    """Return the day of the last warning where it was of this end; a contact on that very day moves it on."""
    warned = holding.warned_on if holding else None
    earliest = max(safe.basis, safe.last_day - timedelta(days=policy.warn_days))
    return warned if warned is not None and warned >= earliest else None


def never_unwarned(safe: Safe, warned: date | None, policy: PoolPolicy, *, today: date) -> date:
    """Nobody loses a customer without having been warned the full days before, also after the rules changed."""
    return max(safe.last_day, (warned or today) + timedelta(days=policy.warn_days))


def absences(owners: Collection[int]) -> dict[int, list[tuple[date, date]]]:
    found: dict[int, list[tuple[date, date]]] = defaultdict(list)
    rows = Absence.objects.filter(user__in=owners) if owners else Absence.objects.none()
    for user, start, until in rows.values_list("user_id", "from_day", "until_day"):
        found[user].append((start, until))
    return found


def protection_of(customer: Customer, *, by: Actor, at: datetime) -> Protection | None:
    """Return how one customer stands, or None where no rule takes them back, or nobody looks after them."""
    policy = PoolPolicy.now()
    if not policy.is_active or customer.owner_id is None or customer.merged_into_id is not None:
        return None
    return next(iter(protections(Customer.objects.filter(pk=customer.pk), policy, by=by, at=at)), None)


def soon_reclaimed(by: Actor, *, at: datetime) -> list[Protection]:
    """Return the actor's customers that are warned of or will be, the nearest first."""
    policy = PoolPolicy.now()
    if not policy.is_active:
        return []
    mine = nearing(policy, at=at).filter(owner=by.pk or 0).select_related("owner")
    standing = protections(mine, policy, by=by, at=at)
    near = [one for one in standing if one.days_left(localdate(at)) <= policy.warn_days or one.is_warned]
    return sorted(near, key=lambda one: (bool(one.kept_by), one.last_day, one.customer.pk))


@dataclass(frozen=True, kw_only=True)
class PoolRow:
    """What may be known of a customer before they are claimed: no contact, no phone, no words."""

    number: str
    name: str
    region: str
    industry: str
    tier: str
    tier_name: Sentence
    status: Sentence
    contacted_on: date | None
    since: datetime
    why: Sentence
    had: str
    is_resting: bool = False
    is_seen: bool = False


def rows_of(customers: Sequence[Customer], *, by: Actor, policy: PoolPolicy, at: datetime) -> list[PoolRow]:
    """Return the rows of a page: what happened before they came to the pool is fetched for all at once."""
    keys = [customer.pk for customer in customers]
    last = last_holdings(keys)
    timed = with_times(Customer.objects.filter(pk__in=keys), at=at).only("pk")
    contacts = {one.pk: one.contacted_at for one in timed}  # type: ignore[attr-defined]
    seen = set(Customer.objects.visible_to(by).filter(pk__in=keys).values_list("pk", flat=True))
    resting_since = at - timedelta(days=policy.rest_days)
    rows = []
    for customer in customers:
        holding, contacted = last.get(customer.pk), contacts.get(customer.pk)
        ended = holding.ended_at if holding else None
        rows.append(
            PoolRow(
                number=customer.number,
                name=customer.name,
                region=customer.region,
                industry=customer.industry,
                tier=customer.tier,
                tier_name=customer.get_tier_display(),
                status=customer.get_status_display(),
                contacted_on=localdate(contacted) if contacted else None,
                since=ended or customer.created_at,
                why=holding.get_end_display() if holding and ended else _("never had an account manager"),
                had=holding.owner.name if holding else "",
                is_resting=customer.pk in own_lately(by, [holding], since=resting_since),
                is_seen=customer.pk in seen,
            )
        )
    return rows


def last_holdings(customers: Collection[int]) -> dict[int, Holding]:
    """Return by customer who looked after them last."""
    newest = Holding.objects.filter(customer=OuterRef("customer")).order_by("-id").values("pk")[:1]
    rows = Holding.objects.filter(customer__in=customers, pk=Subquery(newest)).select_related("owner")
    return {row.customer_id: row for row in rows}


def own_lately(by: Actor, holdings: Iterable[Holding | None], *, since: datetime) -> set[int]:
    """Return the customers that the person lost or released too lately to claim them again."""
    return {
        one.customer_id
        for one in holdings
        if one is not None and one.owner_id == by.pk and one.ended_at is not None and one.ended_at > since
    }
