from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from huiying.staff.models import Team

from .case import Kind
from .category import Category


class Route(models.Model):
    """Where new cases go (SPEC C5): the first route, by position, whose conditions all hold. Empty means any.

    `to_manager` sends it to the customer's own account manager where there is one.
    """

    position = models.PositiveSmallIntegerField(_("position"), default=0)
    name = models.CharField(_("name"), max_length=60)
    kind = models.CharField(_("kind"), max_length=12, blank=True)
    category = models.ForeignKey(
        Category, models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("category")
    )
    vip_only = models.BooleanField(_("only VIP"), default=False)
    skill = models.CharField(_("needs the skill"), max_length=30, blank=True)
    team = models.ForeignKey(Team, models.PROTECT, related_name="+", verbose_name=_("team"))
    to_manager = models.BooleanField(_("to the account manager"), default=False)
    active = models.BooleanField(_("active"), default=True)

    class Meta:
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return self.name

    @property
    def kind_label(self) -> str:
        """The kind it asks for in the reader's language, or "" for any."""
        return str(Kind(self.kind).label) if self.kind else ""
