from __future__ import annotations

from datetime import date, timedelta
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from huiying.cases.models import Recusal
from huiying.customers.models import Customer, Tier, of_seen_customers
from huiying.journal.actors import Actor
from huiying.journal.models import Entry
from huiying.staff.models import User

from .care_policy import CarePolicy
from .interaction import Interaction, Means


class State(models.TextChoices):
    """What became of a planned contact."""

    PLANNED = "planned", _("planned")
    HELD = "held", _("held")
    DONE = "done", _("done")
    COVERED = "covered", _("covered")
    MISSED = "missed", _("missed")
    SKIPPED = "skipped", _("skipped")


HELD_THROUGHOUT = gettext_noop("A complaint was open until the period ended.")
IS_HELD_BACK = Q(state=State.HELD) | Q(skip_reason=HELD_THROUGHOUT)
OPEN = (State.PLANNED, State.HELD)
KEPT = (State.DONE, State.COVERED)


def naming(actor: Actor) -> models.QuerySet[Recusal, int | None]:
    """Return the keys of the customers who complain about the actor."""
    return Recusal.objects.customers_of_person(actor)


class PlannedContactQuerySet(models.QuerySet["PlannedContact"]):
    def visible_to(self, actor: Actor | None) -> Self:
        """Keep those of customers whom the actor may see, without what a complaint holds that names them."""
        seen = of_seen_customers(self, actor)
        return seen if actor is None else seen.exclude(IS_HELD_BACK, customer__in=naming(actor))

    def kept_from(self, actor: Actor) -> models.QuerySet[PlannedContact, int]:
        """Return the keys of those that were ever held while the customer complains about the actor (SPEC C15): what
        the journal says of them tells of the complaint."""
        from huiying.engagement.verbs import HELD, RELEASED

        told = Entry.objects.filter(customer_id__in=naming(actor), verb__in=(HELD.code, RELEASED.code))
        return self.filter(pk__in=told.values("subject_id")).values_list("pk", flat=True)

    def open(self) -> Self:
        return self.filter(state__in=OPEN)

    def by_policy(self) -> Self:
        return self.exclude(slot="")

    def overdue(self, today: date) -> Self:
        return self.filter(state=State.PLANNED, due_on__lt=today)

    def over(self, today: date, *, hand_days: int) -> Self:
        """Return those too late to be kept: the window ended, or the day that a person chose is long ago."""
        long_ago = today - timedelta(days=hand_days)
        return self.filter(Q(window_until__lt=today) | Q(slot="", due_on__lt=long_ago))

    def for_rows(self) -> Self:
        return self.select_related("customer", "owner", "policy")


class PlannedContact(models.Model):
    """A contact that is to take place: a slot of the tier's policy, the next step of a contact, or planned by hand.

    `slot` names what a policy asks for, "2026-03/1", and is empty for the other two; it falls between `window_from`
    and `window_until`. `tier` is the customer's when it was planned. Moved by hand, it stays where it was put.
    """

    customer = models.ForeignKey(Customer, models.PROTECT, related_name="planned_contacts", db_index=False)
    owner = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+", db_index=False)
    policy = models.ForeignKey(CarePolicy, models.PROTECT, null=True, blank=True, related_name="+")
    tier = models.CharField(max_length=12, choices=Tier)
    slot = models.CharField(max_length=12, blank=True)
    window_from = models.DateField(null=True, blank=True)
    window_until = models.DateField(null=True, blank=True)
    due_on = models.DateField(_("planned for"))
    means = models.CharField(_("how"), max_length=8, choices=Means, default=Means.PHONE)
    about = models.CharField(_("about what"), max_length=300, blank=True)
    state = models.CharField(max_length=8, choices=State, default=State.PLANNED)
    interaction = models.ForeignKey(Interaction, models.PROTECT, null=True, blank=True, related_name="planned")
    follows = models.OneToOneField(Interaction, models.PROTECT, null=True, blank=True, related_name="following")
    skip_reason = models.CharField(_("reason"), max_length=200, blank=True)
    is_excused = models.BooleanField(default=False)
    is_fixed = models.BooleanField(default=False)
    made_at = models.DateTimeField(auto_now_add=True)

    objects = PlannedContactQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "id"]
        indexes = [
            models.Index(fields=["owner", "due_on"], name="planned_owner_day"),
            models.Index(fields=["customer", "due_on"], name="planned_customer"),
            models.Index(fields=["window_until", "state"], name="planned_window"),
            models.Index(fields=["state", "due_on"], name="planned_state_day"),
            models.Index(fields=["customer"], condition=Q(state="held"), name="planned_held"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["customer", "slot"], condition=~Q(slot=""), name="planned_slot_once"),
            models.UniqueConstraint(fields=["interaction"], condition=~Q(slot=""), name="planned_one_slot_a_contact"),
            models.UniqueConstraint(fields=["interaction"], condition=Q(slot=""), name="planned_one_wish_a_contact"),
            models.CheckConstraint(
                condition=Q(state__in=["done", "covered"], interaction__isnull=False)
                | (~Q(state__in=["done", "covered"]) & Q(interaction=None)),
                name="planned_kept_by_contact",
            ),
            models.CheckConstraint(condition=~Q(state="skipped") | ~Q(skip_reason=""), name="planned_skip_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.get_means_display()} {self.due_on:%Y-%m-%d}"

    @property
    def concerns_customer_id(self) -> int:
        return self.customer_id

    @property
    def is_open(self) -> bool:
        return self.state in OPEN

    def is_over(self, today: date, *, hand_days: int) -> bool:
        """Say of this one what `over` says of many."""
        if self.slot:
            return self.window_until is not None and self.window_until < today
        return self.due_on < today - timedelta(days=hand_days)

    @property
    def may_fall_on(self) -> tuple[date | None, date | None]:
        """The days it may be moved to; what no policy asks for may fall on any."""
        return (self.window_from, self.window_until) if self.slot else (None, None)


class CareMorning(models.Model):
    """The last morning on which somebody was told what is planned for them: once each working day."""

    owner = models.OneToOneField(User, models.CASCADE, primary_key=True, related_name="care_morning")
    day = models.DateField()

    def __str__(self) -> str:
        return f"{self.owner_id} {self.day}"


class CareMark(models.Model):
    """How far a customer's contacts are planned, and by what: the heartbeat plans where this differs from what is."""

    customer = models.OneToOneField(Customer, models.CASCADE, primary_key=True, related_name="care_mark")
    owner = models.ForeignKey(User, models.CASCADE, related_name="+")
    policy = models.ForeignKey(CarePolicy, models.CASCADE, related_name="+")
    planned_until = models.DateField()

    def __str__(self) -> str:
        return f"{self.customer_id} → {self.planned_until}"
