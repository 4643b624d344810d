from __future__ import annotations

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef, Q, Subquery
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from huiying.cases.lifecycle import ENDED, OPEN, Stage, ensure_move
from huiying.channels.models.endpoint import Channel
from huiying.customers.models import Contact, Customer, Order
from huiying.journal.actors import Actor
from huiying.staff.actors import StaffActor, within_scope
from huiying.staff.models import Department, Team, User

from .category import Category


class Kind(models.TextChoices):
    CONSULTATION = "consultation", _("consultation")
    FAULT = "fault", _("technical fault")
    COMPLAINT = "complaint", _("complaint")
    SUGGESTION = "suggestion", _("suggestion")
    PRAISE = "praise", _("praise")


class Level(models.TextChoices):
    GENERAL = "general", _("general")
    COMPLEX = "complex", _("complex")
    MAJOR = "major", _("major")


class Urgency(models.TextChoices):
    URGENT = "urgent", _("urgent")
    NORMAL = "normal", _("normal")
    LOW = "low", _("low")


class Mood(models.TextChoices):
    CALM = "calm", _("calm")
    WORRIED = "worried", _("worried")
    ANGRY = "angry", _("angry")


ROW = (
    "number",
    "subject",
    "stage",
    "version",
    "caller_name",
    "customer_id",
    "customer__name",
    "customer__tier",
    "owner_id",
    "owner__name",
    "received_at",
    "due_at",
    "closed_at",
    "awaits_answer_since",
    "giver_id",
    "urged",
)


class CaseQuerySet(models.QuerySet["Case"]):
    def visible_to(self, actor: Actor | None) -> Self:
        """Keep what the actor may see: by the role's scope; one's own, and where one must act, always.

        Never a case in which they are named (SPEC C15).
        """
        from .recusal import Recusal

        if actor is None or not actor.can("cases.see"):
            return self.none()
        if not isinstance(actor, StaffActor):
            return self
        own = Q(owner_id=actor.pk) | Q(giver_id=actor.pk) | Q(registered_by_id=actor.pk)
        own |= Q(pk__among=asked_to_act(actor)) | Q(pk__among=served_by(actor)) | Q(pk__among=gathered_for(actor))
        seen = self.filter(within_scope(actor.case_scope, actor, own=own))
        return seen.exclude(pk__in=Recusal.objects.of_person(actor))

    def kept_from(self, actor: Actor) -> models.QuerySet[models.Model, int]:
        """Return the keys of the cases of which the actor may learn nothing, not even from the log (SPEC C15)."""
        from .recusal import Recusal

        return Recusal.objects.of_person(actor)

    def open(self) -> Self:
        return self.filter(stage__in=OPEN)

    def for_list(self) -> Self:
        return self.select_related("customer", "category", "owner", "team").defer("description", "demand")

    def for_rows(self) -> Self:
        """Fetch what a row or a card shows and nothing else: most of a long list's time went into filling objects."""
        return self.select_related("customer", "owner").only(*ROW)

    def for_page(self) -> Self:
        """Fetch what the page shows; `has_merged` says whether others were merged into the case, `has_splits` whether
        matters were taken out of it, `has_recusals` whether somebody of ours is named in it,
        `has_task_force` whether one was ever formed, `has_watchers` whether somebody watches it, `incident_number`
        which group incident it belongs to.
        """
        from .incident import Membership
        from .merge import Merge
        from .recusal import Recusal
        from .split import Split
        from .task_force import TaskForce
        from .watcher import Watcher

        merged = Merge.objects.standing().filter(into=OuterRef("pk"))
        parts = Split.objects.filter(source=OuterRef("pk"))
        named = Recusal.objects.standing().filter(case=OuterRef("pk"))
        forces = TaskForce.objects.filter(case=OuterRef("pk"))
        standing = Membership.objects.standing().filter(case=OuterRef("pk"))
        marks = {"has_merged": merged, "has_splits": parts, "has_recusals": named, "has_task_force": forces}
        marks["has_watchers"] = Watcher.objects.filter(case=OuterRef("pk"))
        marked = self.annotate(**{name: Exists(rows) for name, rows in marks.items()})
        return marked.annotate(incident_number=Subquery(standing.values("incident__number")[:1])).select_related(
            "customer__owner",
            "contact",
            "category",
            "owner",
            "team__lead",
            "department__head",
            "order",
            "registered_by",
            "first_receiver",
            "giver",
            "listening",
        )


def asked_to_act(actor: StaffActor) -> models.QuerySet[models.Model, int]:
    """Return the keys of cases with an action item for the actor or, unassigned, for their department."""
    from .actions import ActionItem

    mine = Q(owner_id=actor.pk) | Q(owner=None, department_id=actor.department_id, department__isnull=False)
    return ActionItem.objects.filter(mine).values_list("case_id", flat=True)


def served_by(actor: StaffActor) -> models.QuerySet[models.Model, int]:
    """Return the keys of cases in whose task force the actor serves."""
    from .task_force import TaskForceMember

    return TaskForceMember.objects.serving(actor).values_list("task_force__case_id", flat=True)


def gathered_for(actor: StaffActor) -> models.QuerySet[models.Model, int]:
    """Return the keys of cases of the group incidents that the actor leads or works on: each is to be verified."""
    from .incident import Membership

    theirs = Q(incident__lead_id=actor.pk) | Q(incident__people__user_id=actor.pk or 0)
    return Membership.objects.standing().filter(theirs).values_list("case_id", flat=True)


class Case(models.Model):
    """A matter a customer brought to us, from the first word to the verified cure (SPEC C1).

    `version` grows with every change and is what live pages watch. `episode` counts reopenings, beginning with 1.
    `link_edition` counts how often the customer's link was made void because it was another's case. `first_receiver`
    accepted it first (首接); `giver` hands it over and answers for it until that is accepted.
    """

    number = models.CharField(_("number"), max_length=20, unique=True)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    stage = models.CharField(_("stage"), max_length=13, choices=Stage, default=Stage.RECEIVED)
    episode = models.PositiveSmallIntegerField(_("episode"), default=1)
    version = models.PositiveIntegerField(default=1)
    customer = models.ForeignKey(
        Customer, models.PROTECT, null=True, blank=True, related_name="cases", verbose_name=_("customer")
    )
    contact = models.ForeignKey(
        Contact, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("contact")
    )
    caller_name = models.CharField(_("name of the caller"), max_length=60, blank=True)
    channel = models.CharField(_("channel"), max_length=12, choices=Channel)
    subject = models.CharField(_("subject"), max_length=200)
    description = models.TextField(_("description"))
    demand = models.TextField(_("core demand"), blank=True)
    occurred_at = models.DateTimeField(_("when it happened"), null=True, blank=True)
    occurred_where = models.CharField(_("where it happened"), max_length=120, blank=True)
    product = models.CharField(_("product"), max_length=120, blank=True)
    order = models.ForeignKey(
        Order, models.SET_NULL, null=True, blank=True, related_name="cases", verbose_name=_("order")
    )
    order_number = models.CharField(_("order number"), max_length=60, blank=True)
    expected_at = models.DateTimeField(_("expected resolution"), null=True, blank=True)
    mood = models.CharField(_("mood"), max_length=8, choices=Mood, default=Mood.CALM)
    urgency = models.CharField(_("urgency"), max_length=8, choices=Urgency, default=Urgency.NORMAL)
    level = models.CharField(_("level"), max_length=8, choices=Level, default=Level.GENERAL)
    category = models.ForeignKey(
        Category, models.PROTECT, null=True, blank=True, related_name="cases", verbose_name=_("category")
    )
    tags = models.JSONField(_("tags"), default=list, blank=True)
    progress = models.PositiveSmallIntegerField(_("progress"), default=0)
    department = models.ForeignKey(
        Department, models.PROTECT, null=True, blank=True, related_name="cases", verbose_name=_("department")
    )
    team = models.ForeignKey(Team, models.PROTECT, null=True, blank=True, related_name="cases", verbose_name=_("team"))
    owner = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="cases", verbose_name=_("owner")
    )
    registered_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("registered by")
    )
    first_receiver = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("first received by")
    )
    giver = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+", db_index=False)
    urged = models.PositiveSmallIntegerField(_("urged"), default=0)
    routing = models.JSONField(default=dict, blank=True)
    received_at = models.DateTimeField(_("received"))
    stage_since = models.DateTimeField(_("in this stage since"))
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)
    due_at = models.DateTimeField(_("next deadline"), null=True, blank=True)
    awaits_answer_since = models.DateTimeField(null=True, blank=True)
    source = models.CharField(max_length=40, blank=True)
    external_ref = models.CharField(_("outside number"), max_length=80, blank=True)
    link_edition = models.PositiveSmallIntegerField(default=0)

    has_merged: bool
    incident_number: str | None
    has_splits: bool
    has_recusals: bool
    has_task_force: bool
    has_watchers: bool

    objects = CaseQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["-received_at", "-id"], name="case_newest"),
            models.Index(fields=["stage", "due_at", "id"], name="case_open_due", condition=Q(stage__in=OPEN)),
            models.Index(fields=["owner", "due_at"], name="case_owner_open", condition=Q(stage__in=OPEN)),
            models.Index(fields=["team", "stage", "due_at"], name="case_team_open", condition=Q(stage__in=OPEN)),
            models.Index(fields=["due_at", "id"], name="case_due"),
            models.Index(fields=["team", "due_at", "id"], name="case_team_due", condition=Q(stage__in=OPEN)),
            models.Index(fields=["stage", "stage_since"], name="case_stage_since", condition=Q(stage__in=OPEN)),
            models.Index(fields=["giver"], name="case_giver", condition=Q(giver__isnull=False)),
            models.Index(fields=["closed_at"], name="case_closed", condition=Q(closed_at__isnull=False)),
            models.Index(fields=["customer", "-received_at"], name="case_customer"),
            models.Index(fields=["category", "-received_at"], name="case_category"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["source", "external_ref"], condition=~Q(external_ref=""), name="case_source_once"
            ),
            models.CheckConstraint(condition=Q(progress__lte=100), name="case_progress_percent"),
            models.CheckConstraint(condition=Q(episode__gte=1), name="case_episode_from_one"),
            models.CheckConstraint(
                condition=Q(stage__in=ENDED, closed_at__isnull=False) | (~Q(stage__in=ENDED) & Q(closed_at=None)),
                name="case_closed_has_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.subject}"

    def get_absolute_url(self) -> str:
        return reverse("cases:case", args=[self.number])

    @property
    def headline(self) -> str:
        """How mails about the case are called; answers are found by the number."""
        return f"[{self.number}] {self.subject}"

    @property
    def concerns_customer_id(self) -> int | None:
        return self.customer_id

    @property
    def at_stage(self) -> Stage:
        return Stage(self.stage)

    @property
    def is_open(self) -> bool:
        return self.at_stage not in ENDED

    @property
    def is_untouched(self) -> bool:
        """Nobody has looked into it yet, so no findings, offers or action items can be there."""
        return self.episode == 1 and self.at_stage in (Stage.RECEIVED, Stage.ACCEPTED)

    @property
    def customer_name(self) -> str:
        """Whom it is about, as a list shows it; "" for an anonymous caller."""
        return self.customer.name if self.customer else self.caller_name

    def move_to(self, stage: Stage, *, at: datetime) -> None:
        """Move along MOVES, in memory; the action saves. Raises IllegalMove."""
        ensure_move(self.at_stage, stage)
        self.stage = stage
        self.stage_since = at
        self.closed_at = at if stage in ENDED else None
