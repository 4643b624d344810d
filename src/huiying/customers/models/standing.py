from __future__ import annotations

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from huiying.journal.actors import Actor
from huiying.staff.models import User

from .customer import Customer, Tier
from .tier_rule import TierRule


class Ruling(models.Model):
    """Which rule gave the customer their tier, when, and by which figures; kept while that tier stands."""

    customer = models.OneToOneField(Customer, models.CASCADE, related_name="ruling")
    rule = models.ForeignKey(TierRule, models.PROTECT, related_name="+")
    tier = models.CharField(max_length=12, choices=Tier)
    figures = models.JSONField(default=dict)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.customer_id} {self.tier}"


class OverrideQuerySet(models.QuerySet["Override"]):
    def standing(self) -> Self:
        return self.filter(ended_at=None)

    def run_out(self, today: date) -> Self:
        """Keep those whose last day is over."""
        return self.standing().filter(until__lt=today)

    def to_remind_of(self, *, today: date, by: date) -> Self:
        """Keep those that end between today and `by`, of whom nobody was reminded yet."""
        return self.standing().filter(reminded_at=None, until__gte=today, until__lte=by)


class Override(models.Model):
    """A tier set by hand (SPEC A4): while it stands, rules leave the tier alone. It holds through its last day."""

    customer = models.ForeignKey(Customer, models.PROTECT, related_name="overrides")
    tier = models.CharField(_("tier"), max_length=12, choices=Tier)
    reason = models.CharField(_("reason"), max_length=200)
    set_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    set_at = models.DateTimeField()
    until = models.DateField(_("until"))
    reminded_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    objects = OverrideQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["until"], name="override_until", condition=Q(ended_at=None))]
        constraints = [
            models.UniqueConstraint(fields=["customer"], condition=Q(ended_at=None), name="override_one_stands"),
        ]

    def __str__(self) -> str:
        return f"{self.get_tier_display()} {self.until}"

    @property
    def concerns_customer_id(self) -> int:
        return self.customer_id


class SuggestionQuerySet(models.QuerySet["Suggestion"]):
    def open(self) -> Self:
        return self.filter(settled_at=None)

    def declined(self) -> Self:
        return self.filter(outcome=Suggestion.Outcome.DECLINED)

    def visible_to(self, actor: Actor | None) -> Self:
        """Keep those of customers whom the actor may see."""
        return self.filter(customer__in=Customer.objects.visible_to(actor).current())

    def for_list(self) -> Self:
        return self.select_related("customer__owner", "customer__figures", "rule")


class Suggestion(models.Model):
    """A rule thinks that a customer belongs in another tier; somebody confirms it, or declines with a reason."""

    class Outcome(models.TextChoices):
        CONFIRMED = "confirmed", _("confirmed")
        DECLINED = "declined", _("declined")
        LAPSED = "lapsed", _("no longer fits")

    customer = models.ForeignKey(Customer, models.PROTECT, related_name="suggestions")
    rule = models.ForeignKey(TierRule, models.PROTECT, related_name="+")
    tier = models.CharField(_("tier"), max_length=12, choices=Tier)
    figures = models.JSONField(default=dict)
    made_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=10, choices=Outcome, blank=True)
    settled_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    reason = models.CharField(_("reason"), max_length=200, blank=True)

    objects = SuggestionQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["customer"], condition=Q(settled_at=None), name="suggestion_one_open"),
            models.CheckConstraint(
                condition=Q(settled_at=None, outcome="") | Q(settled_at__isnull=False) & ~Q(outcome=""),
                name="suggestion_settled_how",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.customer_id} → {self.tier}"

    @property
    def concerns_customer_id(self) -> int:
        return self.customer_id


class Tally(models.Model):
    """How far a walk over all customers has come, in order of their keys, and what it found on the way."""

    next_pk = models.BigIntegerField(default=0)
    last_pk = models.BigIntegerField(default=0)
    considered = models.PositiveIntegerField(default=0)
    raised = models.PositiveIntegerField(default=0)
    lowered = models.PositiveIntegerField(default=0)
    suggested = models.PositiveIntegerField(default=0)
    held = models.PositiveIntegerField(default=0)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True

    @property
    def percent(self) -> int:
        if self.ended_at is not None:
            return 100
        return min(99, 100 * self.next_pk // self.last_pk) if self.last_pk else 0


class RoundQuerySet(models.QuerySet["Round"]):
    def claim(self, round_: Round, *, up_to: int, count: int) -> bool:
        """Take the customers up to this key, unless another worker has already done so."""
        mine = self.filter(pk=round_.pk, next_pk=round_.next_pk, ended_at=None)
        return bool(mine.update(next_pk=up_to, considered=F("considered") + count))


class Round(Tally):
    """The night's decision on every customer's tier; one a day, shared by whoever walks it."""

    day = models.DateField(unique=True)

    objects = RoundQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.day}"


class Trial(Tally):
    """What rules would do that are not in force yet, tried on the whole archive. Nothing is changed by it.

    `rules` are the rules as data; `lines` the first customers whom they would move: key → what and why.
    """

    made_by = models.ForeignKey(User, models.CASCADE, related_name="+")
    made_at = models.DateTimeField()
    rules = models.JSONField(default=list)
    lines = models.JSONField(default=list)

    def __str__(self) -> str:
        return f"{self.made_at}"
