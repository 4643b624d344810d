from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from huiying.journal.actors import Actor
from huiying.staff.actors import StaffActor
from huiying.staff.models import Department, User

from .case import Case


class IncidentQuerySet(models.QuerySet["Incident"]):
    def visible_to(self, actor: Actor | None) -> Self:
        """Keep those of which the actor sees a case, and those the actor leads, declared or works on."""
        if actor is None or not actor.can("cases.see"):
            return self.none()
        if not isinstance(actor, StaffActor):
            return self
        cases = Case.objects.visible_to(actor).filter(pk=OuterRef("case_id"))
        members = Membership.objects.filter(Exists(cases), incident=OuterRef("pk"), left_at=None)
        people = IncidentPerson.objects.filter(incident=OuterRef("pk"), user_id=actor.pk or 0)
        own = Q(lead_id=actor.pk) | Q(declared_by_id=actor.pk) | Exists(people)
        return self.filter(own | Exists(members))

    def live(self) -> Self:
        return self.filter(state=Incident.State.LIVE)


class Incident(models.Model):
    """A matter that several customers complain of (群体性投诉, SPEC C12): one team, one answer, each one verified.

    `version` grows with every change. `team_at`, `answered_at` and `verified_at` say when its three duties were met.
    """

    class State(models.TextChoices):
        LIVE = "live", pgettext_lazy("incident", "under way")
        ENDED = "ended", pgettext_lazy("incident", "ended")
        CALLED_OFF = "called_off", pgettext_lazy("incident", "called off")

    number = models.CharField(_("number"), max_length=20, unique=True)
    title = models.CharField(_("what it is about"), max_length=120)
    known = models.TextField(_("what is known"), blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.LIVE)
    version = models.PositiveIntegerField(default=1)
    lead = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("lead"))
    department = models.ForeignKey(Department, models.PROTECT, null=True, related_name="+")
    declared_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    declared_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    cause = models.TextField(_("cause"), blank=True)
    measures = models.TextField(_("measures"), blank=True)
    ended_at = models.DateTimeField(null=True)

    objects = IncidentQuerySet.as_manager()

    class Meta:
        ordering = ["-declared_at", "-id"]
        indexes = [models.Index(fields=["state", "due_at"], name="incident_due")]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="live", ended_at=None) | (~Q(state="live") & Q(ended_at__isnull=False)),
                name="incident_ended_has_time",
            )
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"

    def get_absolute_url(self) -> str:
        return reverse("cases:incident", args=[self.number])

    @property
    def is_live(self) -> bool:
        return self.state == self.State.LIVE

    def gathered(self) -> MembershipQuerySet:
        """Return its cases; of one that was called off, those it had until then."""
        return self.members.filter(Q(left_at=None) | Q(left_at=self.ended_at, left_at__isnull=False))


class IncidentPerson(models.Model):
    """Somebody who works on an incident."""

    incident = models.ForeignKey(Incident, models.CASCADE, related_name="people")
    user = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["incident", "user"], name="incident_person_once")]

    def __str__(self) -> str:
        return f"{self.incident_id} {self.user}"


class Statement(models.Model):
    """What all customers of an incident are told. Versions follow each other; the latest one holds."""

    incident = models.ForeignKey(Incident, models.PROTECT, related_name="statements")
    version = models.PositiveSmallIntegerField()
    text = models.TextField(_("statement"))
    made_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["version"]
        constraints = [models.UniqueConstraint(fields=["incident", "version"], name="statement_version_once")]

    def __str__(self) -> str:
        return f"{self.incident_id} v{self.version}"


class MembershipQuerySet(models.QuerySet["Membership"]):
    def standing(self) -> Self:
        return self.filter(left_at=None)

    def untold(self) -> Self:
        """Keep members of live incidents who have not been told the latest statement, nor could not be."""
        latest = Statement.objects.filter(incident=OuterRef("incident")).order_by("-version").values("version")[:1]
        live = self.standing().filter(incident__state=Incident.State.LIVE)
        return live.annotate(latest=models.Subquery(latest)).filter(told__lt=models.F("latest"))


class Membership(models.Model):
    """A case of an incident. `told` is the version of the statement its customer got last, 0 for none.

    `cured` is what verifying with this customer brought: empty while nobody has asked.
    """

    incident = models.ForeignKey(Incident, models.PROTECT, related_name="members")
    case = models.ForeignKey(Case, models.PROTECT, related_name="memberships")
    joined_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    joined_at = models.DateTimeField()
    told = models.PositiveSmallIntegerField(default=0)
    told_at = models.DateTimeField(null=True)
    not_told = models.CharField(max_length=200, blank=True)
    cured = models.BooleanField(null=True)
    verified_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    verified_at = models.DateTimeField(null=True)
    remark = models.CharField(_("remark"), max_length=200, blank=True)
    left_at = models.DateTimeField(null=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["case"], condition=Q(left_at=None), name="incident_one_for_a_case"),
            models.CheckConstraint(
                condition=Q(cured=None, verified_at=None) | Q(cured__isnull=False, verified_at__isnull=False),
                name="incident_member_verified_has_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.incident_id} ∋ {self.case_id}"
