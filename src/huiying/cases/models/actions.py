from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import F, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from huiying.journal.actors import Actor
from huiying.staff.models import Department, User

from .case import Case
from .offer import Offer


class ActionItemQuerySet(models.QuerySet["ActionItem"]):
    def visible_to(self, actor: Actor | None) -> Self:
        return self.filter(case__in=Case.objects.visible_to(actor))

    def kept_from(self, actor: Actor) -> models.QuerySet[models.Model, int]:
        """Return the keys of the items of cases of which the actor may learn nothing (SPEC C15)."""
        return self.filter(case__in=Case.objects.kept_from(actor)).values_list("pk", flat=True)

    def of_present_round(self, case: Case) -> Self:
        """Keep what carries out the solution agreed last: items done before it was offered belong to an earlier one."""
        agreed = Offer.objects.filter(case=case, episode=case.episode, state=Offer.State.ACCEPTED).order_by("-version")
        items = self.filter(case=case, episode=case.episode, dropped_at=None)
        return items.exclude(done_at__lt=Coalesce(Subquery(agreed.values("made_at")[:1]), F("created_at")))


class ActionItem(models.Model):
    """One thing a department does to carry out what was agreed, by a moment, with proof (SPEC C9)."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="action_items")
    episode = models.PositiveSmallIntegerField()
    title = models.CharField(_("what"), max_length=200)
    department = models.ForeignKey(
        Department, models.PROTECT, related_name="action_items", verbose_name=_("department")
    )
    owner = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="action_items", verbose_name=_("owner")
    )
    after = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="unlocks", verbose_name=_("only after")
    )
    due_at = models.DateTimeField(_("by when"))
    created_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    proof = models.TextField(_("proof"), blank=True)
    dropped_at = models.DateTimeField(null=True, blank=True)
    drop_reason = models.CharField(max_length=200, blank=True)

    objects = ActionItemQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        indexes = [
            models.Index(fields=["owner", "due_at"], name="action_owner_open", condition=Q(done_at=None)),
            models.Index(fields=["department", "due_at"], name="action_department_open", condition=Q(done_at=None)),
            models.Index(fields=["case"], name="action_case"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(done_at=None) | Q(dropped_at=None), name="action_done_or_dropped"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_open(self) -> bool:
        return self.done_at is None and self.dropped_at is None

    @property
    def concerns_customer_id(self) -> int | None:
        return self.case.customer_id
