"""The onboarding of a new customer: its steps, what was analysed, the meeting and what it decided (SPEC A6)."""

from __future__ import annotations

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from huiying.customers.models import Customer
from huiying.engagement.onboarding_lifecycle import Status, Step, ensure_move
from huiying.journal.actors import Actor
from huiying.kit.guards import Stale
from huiying.staff.models import Department, User


class OnboardingQuerySet(models.QuerySet["Onboarding"]):
    def visible_to(self, actor: Actor | None) -> Self:
        """Keep those of customers whom the actor may see, those they own, and whose meeting or task names them."""
        if actor is None:
            return self.none()
        met = Meeting.people.through.objects.filter(meeting__onboarding=OuterRef("pk"), user_id=actor.pk or 0)
        owing = MeetingTask.objects.filter(meeting__onboarding=OuterRef("pk"), owner_id=actor.pk)
        seen = Q(customer__in=Customer.objects.visible_to(actor)) if actor.can("care.work") else Q(pk__in=[])
        return self.filter(seen | Q(owner_id=actor.pk or 0) | Exists(met) | Exists(owing))

    def running(self) -> Self:
        return self.filter(status=Status.RUNNING)

    def overdue(self, now: datetime) -> Self:
        return self.running().filter(due_at__lt=now)

    def with_open(self, step: str) -> Self:
        open_steps = OnboardingStep.objects.filter(onboarding=OuterRef("pk"), step=step, met_at=None)
        return self.filter(Exists(open_steps))

    def for_list(self) -> Self:
        return self.select_related("customer", "owner").prefetch_related("steps__met_by")


class Onboarding(models.Model):
    """One customer's onboarding; a customer has one that is under way at most. `due_at` is its next step's deadline."""

    class Trigger(models.TextChoices):
        """What began it."""

        ENTERED = "entered", pgettext_lazy("began the onboarding", "the customer was entered")
        HAND = "hand", pgettext_lazy("began the onboarding", "somebody, by hand")

    customer = models.ForeignKey(Customer, models.PROTECT, related_name="onboardings", db_index=False)
    owner = models.ForeignKey(
        User, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("owner"), db_index=False
    )
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.RUNNING)
    trigger = models.CharField(max_length=8, choices=Trigger, default=Trigger.HAND)
    begun_at = models.DateTimeField()
    begun_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = OnboardingQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["customer", "-id"], name="onboarding_customer"),
            models.Index(fields=["status", "due_at", "id"], name="onboarding_due"),
            models.Index(fields=["owner", "status"], name="onboarding_owner"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["customer"], condition=Q(status="running"), name="onboarding_one_running"),
            models.CheckConstraint(
                condition=Q(status="running", ended_at=None) | ~Q(status="running") & Q(ended_at__isnull=False),
                name="onboarding_end_has_its_moment",
            ),
        ]

    def __str__(self) -> str:
        return str(_("{name}: onboarding")).format(name=self.customer.name)

    def get_absolute_url(self) -> str:
        return reverse("engagement:onboarding", args=[self.pk])

    @property
    def concerns_customer_id(self) -> int:
        return self.customer_id

    @property
    def at_status(self) -> Status:
        return Status(self.status)

    @property
    def is_running(self) -> bool:
        return self.at_status is Status.RUNNING

    def move_to(self, target: Status, **changes: object) -> None:
        """Move along MOVES, unless somebody moved it meanwhile. Raises IllegalMove or Stale."""
        ensure_move(self.at_status, target)
        mine = Onboarding.objects.filter(pk=self.pk, status=self.status)
        if not mine.update(status=target, version=F("version") + 1, **changes):
            raise Stale(_("Somebody changed this onboarding meanwhile. Please look at it again."))
        self.status, self.version = target, self.version + 1
        for name, value in changes.items():
            setattr(self, name, value)


class OnboardingStep(models.Model):
    """A step that is asked for; met at the moment of the deed, whoever noted it later."""

    onboarding = models.ForeignKey(Onboarding, models.CASCADE, related_name="steps", db_index=False)
    step = models.CharField(max_length=10, choices=Step)
    met_at = models.DateTimeField(null=True)
    met_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    interaction = models.ForeignKey("Interaction", models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["onboarding", "step"], name="onboarding_step_once")]

    def __str__(self) -> str:
        return f"{self.onboarding_id} {self.step}"


class NeedsAnalysis(models.Model):
    """What a new customer wants; a later version replaces an earlier one, which is kept."""

    class Type(models.TextChoices):
        PURCHASE = "purchase", _("purchase")
        ADVICE = "advice", _("technical advice")
        CUSTOM = "custom", _("custom service")

    class Priority(models.TextChoices):
        HIGH = "high", pgettext_lazy("priority", "high")
        MEDIUM = "medium", pgettext_lazy("priority", "medium")
        LOW = "low", pgettext_lazy("priority", "low")

    onboarding = models.ForeignKey(Onboarding, models.CASCADE, related_name="analyses", db_index=False)
    version = models.PositiveSmallIntegerField()
    type = models.CharField(_("type of need"), max_length=10, choices=Type)
    priority = models.CharField(_("priority"), max_length=6, choices=Priority, default=Priority.MEDIUM)
    wanted = models.TextField(_("what the customer wants"))
    is_complex = models.BooleanField(_("complex: needs several departments"), default=False)
    noted_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    noted_at = models.DateTimeField()

    class Meta:
        ordering = ["-version"]
        constraints = [models.UniqueConstraint(fields=["onboarding", "version"], name="needs_analysis_version")]

    def __str__(self) -> str:
        return f"{self.onboarding_id} v{self.version}"


class CallingOff(models.Model):
    """Why an onboarding was called off, each time it was."""

    class Reason(models.TextChoices):
        NO_INTEREST = "no_interest", _("the customer wants nothing")
        UNREACHABLE = "unreachable", _("nobody can be reached")
        UNFIT = "unfit", _("we have nothing for them")
        MISTAKEN = "mistaken", _("begun by mistake")
        MERGED = "merged", _("the same customer was entered twice")

    onboarding = models.ForeignKey(Onboarding, models.CASCADE, related_name="callings_off")
    reason = models.CharField(_("reason"), max_length=12, choices=Reason)
    remark = models.CharField(_("remark"), max_length=200, blank=True)
    noted_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    noted_at = models.DateTimeField()

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.onboarding_id} {self.reason}"


class Meeting(models.Model):
    """A meeting across departments about what the customer wants; `guests` are people who have no sign-in here."""

    onboarding = models.ForeignKey(Onboarding, models.CASCADE, related_name="meetings")
    held_at = models.DateTimeField(_("when"))
    people = models.ManyToManyField(User, related_name="+", verbose_name=_("who took part"))
    departments = models.ManyToManyField(Department, related_name="+", verbose_name=_("departments"), blank=True)
    guests = models.CharField(_("who else took part"), max_length=200, blank=True)
    decisions = models.TextField(_("what was decided"))
    noted_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    noted_at = models.DateTimeField()

    class Meta:
        ordering = ["-held_at", "-id"]

    def __str__(self) -> str:
        return f"{self.onboarding_id} {self.held_at:%Y-%m-%d}"


class FormerMeeting(models.Model):
    """How the record of a meeting read before it was corrected; `people` are their names."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="former")
    people = models.TextField(_("who took part"))
    guests = models.CharField(_("who else took part"), max_length=200, blank=True)
    decisions = models.TextField(_("what was decided"))
    replaced_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    replaced_at = models.DateTimeField()

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.meeting_id} {self.replaced_at:%Y-%m-%d}"


class MeetingTaskQuerySet(models.QuerySet["MeetingTask"]):
    def visible_to(self, actor: Actor | None) -> Self:
        return self.filter(meeting__onboarding__in=Onboarding.objects.visible_to(actor))

    def open(self) -> Self:
        """Keep what is still to do; where the onboarding was called off, nothing is."""
        owed = self.filter(done_at=None).exclude(meeting__onboarding__status=Status.CALLED_OFF)
        return owed.select_related("meeting__onboarding__customer", "owner")


class MeetingTask(models.Model):
    """What a meeting decided that somebody does by a day."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="tasks")
    what = models.CharField(_("task"), max_length=200)
    owner = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("owner"), db_index=False)
    due_on = models.DateField(_("due on"))
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    outcome = models.CharField(_("what came of it"), max_length=300, blank=True)

    objects = MeetingTaskQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "id"]
        indexes = [models.Index(fields=["owner", "due_on"], name="meeting_task_open", condition=Q(done_at=None))]

    def __str__(self) -> str:
        return self.what

    @property
    def onboarding(self) -> Onboarding:
        return self.meeting.onboarding
