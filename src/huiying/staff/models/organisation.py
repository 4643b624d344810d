from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from huiying.kit.text import in_reader_language


class Department(models.Model):
    """A department of the company. `path` names its ancestors and itself, "/1/4/", so a subtree is one prefix."""

    name = models.CharField(_("name"), max_length=60)
    name_en = models.CharField(_("English name"), max_length=60, blank=True)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("part of")
    )
    path = models.CharField(max_length=200, editable=False, db_index=True, default="/")
    head = models.ForeignKey(
        "staff.User", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("head")
    )
    active = models.BooleanField(_("active"), default=True)

    class Meta:
        ordering = ["path"]
        constraints = [models.UniqueConstraint(fields=["parent", "name"], name="department_name_once")]

    def __str__(self) -> str:
        return in_reader_language(self.name, self.name_en)

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep the path true; moving a department is done by `staff.actions.organisation`, which moves its subtree."""
        super().save(*args, **kwargs)
        path = f"{self.parent.path if self.parent else '/'}{self.pk}/"
        if path != self.path:
            self.path = path
            type(self).objects.filter(pk=self.pk).update(path=path)


class Team(models.Model):
    """A team inside a department; its lead is who escalations reach first."""

    name = models.CharField(_("name"), max_length=60)
    name_en = models.CharField(_("English name"), max_length=60, blank=True)
    department = models.ForeignKey(Department, models.PROTECT, related_name="teams", verbose_name=_("department"))
    lead = models.ForeignKey(
        "staff.User", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("team lead")
    )
    active = models.BooleanField(_("active"), default=True)

    class Meta:
        ordering = ["department__path", "name"]
        constraints = [models.UniqueConstraint(fields=["department", "name"], name="team_name_once")]

    def __str__(self) -> str:
        return in_reader_language(self.name, self.name_en)
