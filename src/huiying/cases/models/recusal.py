from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from huiying.journal.actors import Actor
from huiying.staff.models import User

from .case import Case


class RecusalQuerySet(models.QuerySet["Recusal"]):
    def standing(self) -> Self:
        return self.filter(lifted_at=None)

    def of_person(self, actor: Actor) -> models.QuerySet[Recusal, int]:
        """Return the keys of the cases in which the actor is named."""
        return self.standing().filter(user_id=actor.pk or 0).values_list("case_id", flat=True)

    def customers_of_person(self, actor: Actor) -> models.QuerySet[Recusal, int | None]:
        """Return the keys of the customers who name the actor: what their complaint does elsewhere would tell of it."""
        named = self.standing().filter(user_id=actor.pk or 0, case__customer__isnull=False)
        return named.values_list("case__customer_id", flat=True)

    def numbers_kept_from(self, actor: Actor) -> models.QuerySet[Recusal, str]:
        """Return the numbers of the cases in which the actor is named."""
        return self.standing().filter(user_id=actor.pk or 0).values_list("case__number", flat=True)


class Recusal(models.Model):
    """Somebody of ours is named in a complaint: while it stands they know nothing of the case (SPEC C15)."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="recusals")
    user = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("complained about"))
    named_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    named_at = models.DateTimeField()
    lifted_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    lifted_at = models.DateTimeField(null=True)
    reason = models.CharField(_("why they are no longer named"), max_length=200, blank=True)

    objects = RecusalQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["case", "user"], condition=Q(lifted_at=None), name="recusal_one_standing"),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.user_id}"
