from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from huiying.journal.actors import Actor
from huiying.staff.models import User

from .case import Case


class TaskForceQuerySet(models.QuerySet["TaskForce"]):
    def standing(self) -> Self:
        return self.filter(closed_at=None)

    def for_page(self) -> Self:
        """Fetch what the page shows, in two look-ups."""
        people = TaskForceMember.objects.select_related("user__department").order_by("id")
        return self.select_related("lead").prefetch_related(models.Prefetch("members", people))


class TaskForce(models.Model):
    """People of several departments who solve one very complex case together (专项小组, SPEC C5).

    Its lead is one of its members. The first plan has a clock; a plan may be put down anew until it is disbanded.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="task_forces")
    lead = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("led by"))
    purpose = models.TextField(_("what it is to achieve"))
    formed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    formed_at = models.DateTimeField()
    plan = models.TextField(_("plan"), blank=True)
    planned_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    planned_at = models.DateTimeField(null=True)
    result = models.TextField(_("result"), blank=True)
    closed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    closed_at = models.DateTimeField(null=True)

    objects = TaskForceQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["case"], condition=Q(closed_at=None), name="task_force_one_standing"),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.purpose[:20]}"

    @property
    def member_ids(self) -> set[int]:
        return {member.user_id for member in self.members.all()}


class TaskForceMemberQuerySet(models.QuerySet["TaskForceMember"]):
    def serving(self, actor: Actor) -> Self:
        return self.filter(user_id=actor.pk or 0, task_force__closed_at=None)


class TaskForceMember(models.Model):
    """Somebody who serves in a task force, sees its case and works on it as far as their role lets them."""

    task_force = models.ForeignKey(TaskForce, models.CASCADE, related_name="members")
    user = models.ForeignKey(User, models.PROTECT, related_name="+")

    objects = TaskForceMemberQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["task_force", "user"], name="task_force_member_once")]

    def __str__(self) -> str:
        return f"{self.task_force_id} {self.user_id}"
