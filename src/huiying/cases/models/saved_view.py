from __future__ import annotations

from typing import Self
from urllib.parse import urlencode

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from huiying.staff.actors import StaffActor
from huiying.staff.models import Department, Team, User


class SavedViewQuerySet(models.QuerySet["SavedView"]):
    def visible_to(self, actor: StaffActor) -> Self:
        """Keep the actor's own and those shared with their team, their department or everybody."""
        shared = Q(audience=SavedView.Audience.EVERYBODY)
        if actor.team_id:
            shared |= Q(audience=SavedView.Audience.TEAM, team_id=actor.team_id)
        if actor.department_id:
            shared |= Q(audience=SavedView.Audience.DEPARTMENT, department_id=actor.department_id)
        return self.filter(shared | Q(owner_id=actor.pk))

    def kept(self) -> Self:
        return self.filter(removed_at=None)


class SavedView(models.Model):
    """The filters of a list under a name, for oneself or shared (SPEC K6).

    `filters` are those of the list's address. Who opens somebody else's view applies its filters to the cases that
    they themselves may see: "mine" is the reader's.
    """

    class Audience(models.TextChoices):
        ME = "me", _("only me")
        TEAM = "team", _("my team")
        DEPARTMENT = "department", _("my department")
        EVERYBODY = "everybody", _("everybody")

    name = models.CharField(_("name"), max_length=30)
    filters = models.JSONField()
    owner = models.ForeignKey(User, models.CASCADE, related_name="saved_views", verbose_name=_("by"))
    audience = models.CharField(_("shown to"), max_length=10, choices=Audience, default=Audience.ME)
    team = models.ForeignKey(Team, models.CASCADE, null=True, related_name="+")
    department = models.ForeignKey(Department, models.CASCADE, null=True, related_name="+")
    removed_at = models.DateTimeField(null=True)

    objects = SavedViewQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "name"], condition=Q(removed_at=None), name="saved_view_name_once"
            ),
            models.CheckConstraint(
                condition=~Q(audience="team") | Q(team__isnull=False), name="saved_view_team_has_team"
            ),
            models.CheckConstraint(
                condition=~Q(audience="department") | Q(department__isnull=False), name="saved_view_has_department"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_shared(self) -> bool:
        return self.audience != self.Audience.ME

    @property
    def query(self) -> str:
        """The address of the list that it names, without the question mark."""
        return urlencode({**self.filters, "saved": self.pk})
