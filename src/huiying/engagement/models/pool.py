"""The public pool: by which rules customers are taken back, who looked after whom when, and what keeps them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from huiying.customers.models import Customer, Status, Tier
from huiying.staff.models import User


def between(least: int, most: int) -> list[MinValueValidator | MaxValueValidator]:
    return [MinValueValidator(least), MaxValueValidator(most)]


@dataclass(frozen=True)
class Days:
    """After how many days without a contact, or without becoming an active customer; None: never."""

    contact: int | None = None
    progress: int | None = None


USUAL = {
    (status, tier): days
    for status, days in (
        (Status.LEAD, Days(30, 90)),
        (Status.INTERESTED, Days(30, 90)),
        (Status.ACTIVE, Days(180)),
        (Status.LOST, Days(180)),
    )
    for tier in (Tier.POTENTIAL, Tier.ORDINARY)
}


class PoolPolicy(models.Model):
    """One version of the rules; saving makes the next one, so that each reclaim can name those it followed."""

    version = models.PositiveIntegerField(unique=True)
    is_active = models.BooleanField(_("take customers back"), default=False)
    warn_days = models.PositiveSmallIntegerField(_("warn before, days"), default=7, validators=between(1, 60))
    grace_days = models.PositiveSmallIntegerField(
        _("free after a hand-over, days"), default=30, validators=between(0, 365)
    )
    extension_days = models.PositiveSmallIntegerField(
        _("an extension lasts, days"), default=30, validators=between(1, 365)
    )
    most_locks = models.PositiveSmallIntegerField(_("locks for each person"), default=3, validators=between(0, 100))
    lock_days = models.PositiveSmallIntegerField(
        _("a lock lasts at most, days"), default=90, validators=between(1, 730)
    )
    most_customers = models.PositiveIntegerField(
        _("customers for each person"), default=300, validators=between(1, 100_000)
    )
    most_claims = models.PositiveSmallIntegerField(_("claims a day"), default=10, validators=between(1, 1000))
    rest_days = models.PositiveSmallIntegerField(
        _("not one's own again for, days"), default=30, validators=between(0, 730)
    )
    made_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField()

    drafted: dict[tuple[str, str], Days] | None = None  # the lines of a version that is only tried

    class Meta:
        ordering = ["-version"]

    def __str__(self) -> str:
        return f"v{self.version}"

    @classmethod
    def now(cls) -> Self:
        """Return the version in force; an installation that never changed it has the defaults, switched off."""
        return cls.objects.prefetch_related("terms").first() or cls(version=0)

    def days(self) -> dict[tuple[str, str], Days]:
        """Return the days by status and tier; what is not named is never taken back."""
        if self.drafted is not None:
            return self.drafted
        if self.pk is None:
            return {(str(status), str(tier)): days for (status, tier), days in USUAL.items()}
        return {(term.status, term.tier): Days(term.contact_days, term.progress_days) for term in self.terms.all()}


class PoolTerm(models.Model):
    """One line of a version: the days that customers of a status and tier have."""

    policy = models.ForeignKey(PoolPolicy, models.CASCADE, related_name="terms", db_index=False)
    status = models.CharField(max_length=12, choices=Status)
    tier = models.CharField(max_length=12, choices=Tier)
    contact_days = models.PositiveSmallIntegerField(null=True, blank=True, validators=between(1, 3650))
    progress_days = models.PositiveSmallIntegerField(null=True, blank=True, validators=between(1, 3650))

    class Meta:
        constraints = [models.UniqueConstraint(fields=["policy", "status", "tier"], name="pool_term_once")]

    def __str__(self) -> str:
        return f"{self.status} {self.tier}: {self.contact_days} / {self.progress_days}"


class HoldingQuerySet(models.QuerySet["Holding"]):
    def open(self) -> Self:
        return self.filter(ended_at=None)


class Holding(models.Model):
    """One person looks after one customer, from when until when, and why it ended.

    `warned_on` is the day of the last warning; an extension takes it away, so that it is warned of anew.
    """

    class Begun(models.TextChoices):
        CLAIMED = "claimed", _("claimed")
        ASSIGNED = "assigned", _("assigned")
        HANDED_OVER = "handed", _("handed over")
        FOUND = "found", _("set in the archive")

    class End(models.TextChoices):
        RECLAIMED = "reclaimed", _("taken back by the rules")
        RELEASED = "released", pgettext_lazy("customer", "released")
        HANDED_OVER = "handed", _("handed over")
        CHANGED = "changed", _("changed in the archive")

    customer = models.ForeignKey(Customer, models.CASCADE, related_name="holdings", db_index=False)
    owner = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)
    since = models.DateTimeField()
    begun = models.CharField(max_length=10, choices=Begun, default=Begun.FOUND)
    ended_at = models.DateTimeField(null=True)
    end = models.CharField(max_length=10, choices=End, blank=True)
    reason = models.CharField(_("reason"), max_length=200, blank=True)
    warned_on = models.DateField(null=True)

    objects = HoldingQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["customer", "-id"], name="holding_customer"),
            models.Index(fields=["owner", "-since"], name="holding_owner"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["customer"], condition=Q(ended_at=None), name="holding_one_open"),
            models.CheckConstraint(
                condition=Q(ended_at=None, end="") | (Q(ended_at__isnull=False) & ~Q(end="")),
                name="holding_end_has_its_moment",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.customer_id}: {self.owner_id} {self.since:%Y-%m-%d}"


class Extension(models.Model):
    """More time that the account manager gave themselves, once while they look after the customer."""

    holding = models.OneToOneField(Holding, models.CASCADE, related_name="extension")
    days = models.PositiveSmallIntegerField()
    reason = models.CharField(_("reason"), max_length=200)
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.holding_id} +{self.days}"


class LockQuerySet(models.QuerySet["Lock"]):
    def standing(self, today: date) -> Self:
        return self.filter(lifted_at=None, until__gte=today)


class Lock(models.Model):
    """A customer is kept from being taken back through a day, for a reason."""

    customer = models.ForeignKey(Customer, models.CASCADE, related_name="locks", db_index=False)
    reason = models.CharField(_("reason"), max_length=200)
    until = models.DateField(_("until"))
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    by_lead = models.BooleanField(default=False)
    lifted_at = models.DateTimeField(null=True)

    objects = LockQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["customer"], condition=Q(lifted_at=None), name="lock_one_standing"),
            models.CheckConstraint(
                condition=Q(lifted_at=None) | Q(lifted_at__gte=F("made_at")), name="lock_lifted_later"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.customer_id} – {self.until}"

    def stands(self, today: date | None = None) -> bool:
        return self.lifted_at is None and self.until >= (today or localdate())


class PoolRound(models.Model):
    """How far today's round through the customers is; one row, moved by a conditional update."""

    on = models.DateField()
    last_customer = models.BigIntegerField(default=0)
    is_over = models.BooleanField(default=False)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(pk=1), name="pool_round_once")]

    def __str__(self) -> str:
        return f"{self.on} {self.last_customer}"
