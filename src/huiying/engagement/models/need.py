"""A need of a customer on its way from a hint to something used (SPEC B4)."""

from __future__ import annotations

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from huiying.customers.models import Customer
from huiying.engagement.detection.findings import RULES, Rule
from huiying.engagement.lifecycle import ENDED, OPEN, Stage, ensure_move
from huiying.engagement.models.onboarding import Onboarding
from huiying.journal.actors import Actor
from huiying.kit.guards import Stale
from huiying.staff.models import User


class Origin(models.TextChoices):
    """Why there is a need: somebody entered it, or a rule of detection found it."""

    HAND = "hand", _("entered by hand")
    ANALYSIS = "analysis", _("found in the needs analysis of a new customer")
    SAID = Rule.SAID.value, _("the customer said so")
    GROWING = Rule.GROWING.value, _("usage grows strongly")
    LIMIT = Rule.LIMIT.value, _("usage is near the limit")
    FALLING = Rule.FALLING.value, _("usage falls")
    ASKED = Rule.ASKED.value, _("asks about it again and again")
    DUE = Rule.DUE.value, _("due again by their own rhythm")


class NeedQuerySet(models.QuerySet["Need"]):
    def visible_to(self, actor: Actor | None) -> Self:
        """Keep those of customers whom the actor may see, those found in an onboarding that they look after, and those
        on which they were consulted."""
        if actor is None:
            return self.none()
        consulted = Consultation.objects.filter(need=OuterRef("pk"), person_id=actor.pk)
        seen = Q(customer__in=Customer.objects.visible_to(actor)) | Q(onboarding__owner=actor.pk or 0)
        return self.filter((seen if actor.can("care.work") else Q(pk__in=[])) | Exists(consulted))

    def open(self) -> Self:
        return self.filter(stage__in=OPEN)

    def under_way(self) -> Self:
        """Keep what somebody took on and has not come to its end; a mere suggestion is none yet."""
        return self.open().exclude(stage=Stage.SUGGESTED)

    def overdue(self, today: date) -> Self:
        return self.open().filter(next_on__lt=today)

    def for_list(self) -> Self:
        return self.select_related("customer", "owner")


class Need(models.Model):
    """`topic` names what a rule found; of one topic a customer has one open need. `value` is what it may bring."""

    customer = models.ForeignKey(Customer, models.PROTECT, related_name="needs", db_index=False)
    title = models.CharField(_("need"), max_length=120, blank=True)
    description = models.TextField(_("description"), blank=True)
    product = models.CharField(_("product"), max_length=120, blank=True)
    origin = models.CharField(max_length=8, choices=Origin, default=Origin.HAND)
    topic = models.CharField(max_length=160, blank=True, editable=False)
    stage = models.CharField(_("stage"), max_length=12, choices=Stage, default=Stage.SUGGESTED)
    stage_since = models.DateTimeField()
    owner = models.ForeignKey(
        User, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("owner"), db_index=False
    )
    onboarding = models.ForeignKey(
        Onboarding, models.SET_NULL, null=True, blank=True, related_name="needs", editable=False
    )
    value = models.DecimalField(_("expected value"), max_digits=12, decimal_places=2, null=True, blank=True)
    next_step = models.CharField(_("next step"), max_length=200, blank=True)
    next_on = models.DateField(_("next step on"), null=True, blank=True)
    reminded_on = models.DateField(null=True, editable=False)
    created_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = NeedQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["customer", "-id"], name="need_customer"),
            models.Index(fields=["stage", "next_on"], name="need_stage"),
            models.Index(fields=["owner", "stage"], name="need_owner"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["customer", "topic"], condition=~Q(topic="") & ~Q(stage__in=ENDED), name="need_topic_once"
            ),
            models.CheckConstraint(condition=Q(value__gte=0) | Q(value=None), name="need_value_positive"),
        ]

    def __str__(self) -> str:
        return self.title or str(RULES[Rule(self.origin)]).format(product=self.product or "…")

    def get_absolute_url(self) -> str:
        return reverse("engagement:need", args=[self.pk])

    @property
    def concerns_customer_id(self) -> int:
        return self.customer_id

    @property
    def at_stage(self) -> Stage:
        return Stage(self.stage)

    @property
    def is_open(self) -> bool:
        return self.at_stage in OPEN

    def move_to(self, target: Stage, **changes: object) -> None:
        """Move along MOVES, unless somebody moved it meanwhile. Raises IllegalMove or Stale."""
        ensure_move(self.at_stage, target)
        mine = Need.objects.filter(pk=self.pk, stage=self.stage)
        if not mine.update(stage=target, version=F("version") + 1, **changes):
            raise Stale(_("Somebody moved this need meanwhile. Please look at it again."))
        self.stage, self.version = target, self.version + 1
        for name, value in changes.items():
            setattr(self, name, value)


class Evidence(models.Model):
    """Why a need is suggested: the sentence that was said, or the figures. `ref` names the source; it counts once."""

    need = models.ForeignKey(Need, models.CASCADE, related_name="evidence", db_index=False)
    rule = models.CharField(max_length=8)
    ref = models.CharField(max_length=80)
    at = models.DateTimeField()
    quote = models.CharField(max_length=300, blank=True)
    figures = models.JSONField(default=dict)

    class Meta:
        ordering = ["-at", "-id"]
        constraints = [models.UniqueConstraint(fields=["need", "ref"], name="evidence_once")]

    def __str__(self) -> str:
        return self.ref


class Fact(models.Model):
    """Something that happened on the way of a need: who noted it when."""

    noted_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    noted_at = models.DateTimeField()

    class Meta:
        abstract = True


class Proposal(Fact):
    """What we would do for the customer; a later version replaces an earlier one."""

    need = models.ForeignKey(Need, models.CASCADE, related_name="proposals", db_index=False)
    version = models.PositiveSmallIntegerField()
    content = models.TextField(_("content"))
    period = models.CharField(_("period"), max_length=120)
    effect = models.TextField(_("expected effect"))

    class Meta:
        ordering = ["-version"]
        constraints = [models.UniqueConstraint(fields=["need", "version"], name="proposal_version")]

    def __str__(self) -> str:
        return f"{self.need_id} v{self.version}"


class Consultation(Fact):
    """A question to a colleague of product or technology, due on a day."""

    need = models.ForeignKey(Need, models.CASCADE, related_name="consultations")
    person = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("whom"))
    question = models.TextField(_("question"))
    due_on = models.DateField(_("answer by"))
    answer = models.TextField(_("answer"), blank=True)
    answered_at = models.DateTimeField(null=True)
    reminded_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["due_on"], condition=Q(answered_at=None), name="consultation_open")]

    def __str__(self) -> str:
        return f"{self.need_id} → {self.person_id}"


class Presentation(Fact):
    """The proposal was shown to the customer; what they said to it."""

    need = models.ForeignKey(Need, models.CASCADE, related_name="presentations")
    on = models.DateField(_("when"))
    means = models.CharField(_("how"), max_length=8)
    heard = models.TextField(_("what the customer said"))

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.need_id} {self.on}"


class Decision(Fact):
    """What the customer decided; a refusal has its reason."""

    class Reason(models.TextChoices):
        PRICE = "price", _("too expensive")
        BUDGET = "budget", _("no budget now")
        TIMING = "timing", _("not the right time")
        OTHER_SUPPLIER = "other", _("chose another supplier")
        UNFIT = "unfit", _("does not fit the need")
        GONE = "gone", _("the need is gone")

    need = models.ForeignKey(Need, models.CASCADE, related_name="decisions")
    agreed = models.BooleanField()
    reason = models.CharField(_("reason"), max_length=8, choices=Reason, blank=True)
    remark = models.TextField(_("what the customer said"), blank=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(condition=Q(agreed=True) | ~Q(reason=""), name="decision_declined_why"),
        ]

    def __str__(self) -> str:
        return f"{self.need_id} {self.agreed}"


class Delivered(Fact):
    """What the customer got, and when we ask how it is used."""

    need = models.OneToOneField(Need, models.CASCADE, related_name="delivered")
    on = models.DateField(_("delivered on"))
    what = models.TextField(_("what was delivered"))

    def __str__(self) -> str:
        return f"{self.need_id} {self.on}"


class FollowUp(Fact):
    """How what was delivered is used, and what the customer says of it."""

    need = models.OneToOneField(Need, models.CASCADE, related_name="follow_up")
    usage = models.TextField(_("how it is used"))
    feedback = models.TextField(_("what the customer says"))

    def __str__(self) -> str:
        return str(self.need_id)


class Dismissal(Fact):
    """Why a need is none; what a rule found is not suggested again."""

    class Reason(models.TextChoices):
        MISTAKEN = "mistaken", _("misread: the customer wants nothing")
        COVERED = "covered", _("already covered")
        UNFIT = "unfit", _("we offer nothing for it")
        DOUBLE = "double", _("another entry is about the same")

    need = models.ForeignKey(Need, models.CASCADE, related_name="dismissals")
    reason = models.CharField(_("reason"), max_length=8, choices=Reason)
    remark = models.CharField(_("remark"), max_length=200, blank=True)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.need_id} {self.reason}"
