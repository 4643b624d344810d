from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from huiying.kit.text import in_reader_language


class Scope(models.TextChoices):
    """How far a role sees (SPEC I1)."""

    OWN = "own", _("own")
    TEAM = "team", _("own team")
    DEPARTMENT = "department", _("own department")
    DEPARTMENT_TREE = "department_tree", _("department and below")
    ALL = "all", _("everything")


class RoleQuerySet(models.QuerySet["Role"]):
    def holding(self, *powers: str) -> list[int]:
        """Return the keys of the roles that hold all powers; roles are few, and SQLite cannot ask JSON for a member."""
        return [role.pk for role in self if set(powers) <= set(role.powers)]


class Role(models.Model):
    """What somebody may do (`powers`, codes from `staff.powers`), how far they see, and what they may promise alone.

    `approval_limit` is money in the installation's currency: offers up to it need no approval (SPEC C8).
    """

    code = models.SlugField(_("code"), max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=60)
    name_en = models.CharField(_("English name"), max_length=60, blank=True)
    powers = models.JSONField(_("powers"), default=list)
    case_scope = models.CharField(_("sees cases of"), max_length=16, choices=Scope, default=Scope.TEAM)
    customer_scope = models.CharField(_("sees customers of"), max_length=16, choices=Scope, default=Scope.ALL)
    approval_limit = models.DecimalField(_("approval limit"), max_digits=12, decimal_places=2, default=0)

    objects = RoleQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(condition=models.Q(approval_limit__gte=0), name="role_limit_not_negative")
        ]

    def __str__(self) -> str:
        return in_reader_language(self.name, self.name_en)
