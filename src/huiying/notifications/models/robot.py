from __future__ import annotations

from datetime import datetime
from typing import Self
from urllib.parse import urlsplit

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from huiying.notifications.matrix import ROBOTS
from huiying.staff.models import Team, User


class RobotQuerySet(models.QuerySet["Robot"]):
    def of_the_house(self) -> Self:
        """Keep those of teams and of the company: what somebody set up for themself is theirs."""
        return self.filter(user=None).select_related("team__department")

    def rested(self, now: datetime) -> Self:
        return self.filter(Q(rests_until=None) | Q(rests_until__lte=now))


class Robot(models.Model):
    """A robot in a group of WeCom, DingTalk or Feishu: a team's, the company's (neither team nor user), or one's own.

    `url` holds its key and `secret` its signing key: neither is ever shown again nor written to the journal.
    """

    kind = models.CharField(_("kind"), max_length=8, choices=[(road.value, road.label) for road in ROBOTS])
    name = models.CharField(_("name"), max_length=60)
    team = models.ForeignKey(Team, models.CASCADE, null=True, blank=True, related_name="robots", verbose_name=_("team"))
    user = models.ForeignKey(User, models.CASCADE, null=True, blank=True, related_name="robots")
    url = models.CharField(max_length=500)
    secret = models.CharField(max_length=200, blank=True)
    rests_until = models.DateTimeField(null=True)

    objects = RobotQuerySet.as_manager()

    class Meta:
        ordering = ["team__name", "kind", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(team=None) | Q(user=None), name="robot_one_owner"),
            models.UniqueConstraint(fields=["kind", "team"], condition=Q(team__isnull=False), name="robot_team_once"),
            models.UniqueConstraint(fields=["kind", "user"], condition=Q(user__isnull=False), name="robot_own_once"),
            models.UniqueConstraint(fields=["kind"], condition=Q(team=None, user=None), name="robot_company_once"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def hint(self) -> str:
        """What may be shown of its address: the server and the last characters, by which one knows it again."""
        return f"{urlsplit(self.url).hostname} …{self.url[-4:]}"


class Handle(models.Model):
    """What somebody is called in WeCom, DingTalk or Feishu, so that a group's robot can call them."""

    user = models.ForeignKey(User, models.CASCADE, related_name="handles")
    kind = models.CharField(max_length=8, choices=[(road.value, road.label) for road in ROBOTS])
    name = models.CharField(max_length=80)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "kind"], name="handle_once")]

    def __str__(self) -> str:
        return f"{self.user_id} {self.kind}: {self.name}"
