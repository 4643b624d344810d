from __future__ import annotations

from datetime import date
from typing import Any, Self, TypeVar

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from huiying.customers.numbers import name_key
from huiying.journal.actors import Actor
from huiying.kit.lookups import Written
from huiying.staff.actors import StaffActor, within_scope
from huiying.staff.models import Department, Scope, Team, User

from .tag import Tag


class Tier(models.TextChoices):
    """The standing of a customer (SPEC A4)."""

    VIP = "vip", "VIP"
    HIGH = "high", _("high value")
    POTENTIAL = "potential", _("potential")
    ORDINARY = "ordinary", _("ordinary")


class Status(models.TextChoices):
    LEAD = "lead", _("lead")
    INTERESTED = "interested", _("interested")
    ACTIVE = "active", _("active customer")
    LOST = "lost", _("lost")


Rows = TypeVar("Rows", bound=models.QuerySet[Any])


def of_seen_customers(rows: Rows, actor: Actor | None) -> Rows:
    """Keep the rows of customers whom the actor may see; of who sees all, no customer is asked."""
    seen = Customer.objects.visible_to(actor)
    return rows.filter(customer__in=seen) if seen.query.where else rows


class CustomerQuerySet(models.QuerySet["Customer"]):
    def visible_to(self, actor: Actor | None) -> Self:
        """Keep what the actor may see: by the role's customer scope; their own always, and those of whom they stand in
        for today."""
        if actor is None or not actor.can("customers.see"):
            return self.none()
        if not isinstance(actor, StaffActor) or actor.customer_scope == Scope.ALL:
            return self
        own = Q(owner_id__in=[actor.pk, *actor.stands_in_for]) if actor.stands_in_for else Q(owner_id=actor.pk)
        return self.filter(within_scope(actor.customer_scope, actor, own=own))

    def current(self) -> Self:
        return self.filter(merged_into=None)

    def worth_at_least(self, percentile: float) -> Self:
        """Keep whose lifetime value is beyond that of this share, 0–100, of all buyers."""
        return self.filter(figures__value_percentile__gte=Written(percentile))

    def at_risk(self, churn: int) -> Self:
        """Keep whose churn risk, 0–100, is at least this."""
        return self.filter(figures__churn__gte=Written(churn))

    def unattended(self) -> Self:
        return self.filter(owner=None)

    def to_review(self, today: date) -> Self:
        """Keep whose archive is due to be looked through."""
        return self.filter(merged_into=None, review_due_on__lte=today)

    def review_unreckoned(self) -> Self:
        """Keep for whom the next review is not known (any more): the heartbeat reckons it."""
        return self.filter(review_due_on=None, merged_into=None).exclude(status=Status.LOST)

    def for_list(self) -> Self:
        return self.select_related("owner", "figures").prefetch_related("tags")

    def for_page(self) -> Self:
        return self.select_related("owner", "team", "department", "merged_into", "figures").prefetch_related("tags")


class Customer(models.Model):
    """An organisation or a person we serve (SPEC A1). Anonymous complainants have no row here.

    `reviewed_on` is since when the oldest part of the archive is known to be true; `review_due_on` when it is to be
    looked through again, empty until the heartbeat has reckoned it and for those we lost. `review_told`: its account
    manager knows.
    """

    class Kind(models.TextChoices):
        ORGANISATION = "organisation", _("organisation")
        PERSON = "person", pgettext_lazy("kind of customer", "person")

    number = models.CharField(_("customer number"), max_length=20, unique=True)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind, default=Kind.PERSON)
    name = models.CharField(_("name"), max_length=120)
    name_key = models.CharField(max_length=120, db_index=True, editable=False)
    credit_code = models.CharField(_("credit code"), max_length=18, blank=True)
    industry = models.CharField(_("industry"), max_length=60, blank=True)
    headcount = models.PositiveIntegerField(_("headcount"), null=True, blank=True)
    revenue = models.DecimalField(_("yearly revenue"), max_digits=16, decimal_places=2, null=True, blank=True)
    main_business = models.CharField(_("main business"), max_length=200, blank=True)
    yearly_purchases = models.DecimalField(
        _("yearly purchases"), max_digits=16, decimal_places=2, null=True, blank=True
    )
    source = models.CharField(_("source"), max_length=60, blank=True)
    region = models.CharField(_("region"), max_length=60, blank=True)
    address = models.CharField(_("address"), max_length=200, blank=True)
    first_contact_on = models.DateField(_("first contact"), null=True, blank=True)
    expected_on = models.DateField(_("expected cooperation"), null=True, blank=True)
    since = models.DateField(_("customer since"), null=True, blank=True)
    status = models.CharField(_("status"), max_length=12, choices=Status, default=Status.ACTIVE)
    tier = models.CharField(_("tier"), max_length=12, choices=Tier, default=Tier.ORDINARY)
    owner = models.ForeignKey(
        User,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="customers",
        verbose_name=_("account manager"),
        db_index=False,
    )
    team = models.ForeignKey(Team, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("team"))
    department = models.ForeignKey(
        Department, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("department")
    )
    decision_maker = models.CharField(_("key decision-maker"), max_length=60, blank=True)
    preferences = models.CharField(_("preferences"), max_length=300, blank=True)
    special_requirements = models.TextField(_("special requirements"), blank=True)
    remarks = models.TextField(_("remarks"), blank=True)
    in_project = models.BooleanField(_("project under way"), default=False)
    reviewed_on = models.DateField(null=True, editable=False)
    review_due_on = models.DateField(null=True, editable=False)
    review_told = models.BooleanField(default=False, editable=False)
    tags = models.ManyToManyField(Tag, blank=True, related_name="customers", verbose_name=_("tags"))
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="merged_from", editable=False
    )
    external_ref = models.CharField(_("outside number"), max_length=80, blank=True, db_index=True)
    version = models.PositiveIntegerField(default=1, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    updated_at = models.DateTimeField(auto_now=True)

    objects = CustomerQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["owner", "id"], name="customer_owner"),
            models.Index(fields=["tier", "id"], name="customer_tier"),
            models.Index(fields=["review_due_on", "id"], name="customer_review", condition=Q(merged_into=None)),
            models.Index(
                fields=["id"],
                name="customer_review_open",
                condition=Q(review_due_on=None, merged_into=None) & ~Q(status="lost"),
            ),
            models.Index(
                fields=["review_due_on", "owner"],
                name="customer_review_untold",
                condition=Q(review_told=False, review_due_on__isnull=False, merged_into=None, owner__isnull=False),
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["credit_code"],
                condition=~Q(credit_code="") & Q(merged_into=None),
                name="customer_credit_code_once",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("customers:customer", args=[self.number])

    @property
    def concerns_customer_id(self) -> int:
        """The journal files the customer's own entries under the customer."""
        return self.pk

    @property
    def is_vip(self) -> bool:
        return self.tier == Tier.VIP

    def key_name(self) -> None:
        """Keep the key by which names are compared; actions call it before saving."""
        self.name_key = name_key(self.name)
