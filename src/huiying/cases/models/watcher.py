from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from huiying.staff.models import User

from .case import Case


class Watcher(models.Model):
    """Somebody who wants to hear of a case that is not theirs (SPEC K4). It gives them no sight of it."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="watchers", db_index=False)
    user = models.ForeignKey(User, models.CASCADE, related_name="watching", verbose_name=_("watched by"))
    since = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["case", "user"], name="watcher_once")]

    def __str__(self) -> str:
        return f"{self.user_id} → {self.case_id}"
