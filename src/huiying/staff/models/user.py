from __future__ import annotations

from typing import Any, Self

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from huiying.journal.actors import Actor
from huiying.kit.text import username_key
from huiying.staff.powers import ADMINISTER

from .organisation import Department, Team
from .role import Role


class UserQuerySet(models.QuerySet["User"]):
    def working(self) -> Self:
        return self.filter(is_active=True)

    def on_shift(self) -> Self:
        return self.working().filter(is_on_shift=True)

    def led_by(self, actor: Actor) -> Self:
        """Keep who belongs to a team that the actor leads, or to a department, with those below, that the actor heads.

        Where one stands in the company counts here, not how far one's role sees.
        """
        headed = list(Department.objects.filter(head=actor.pk or 0).values_list("path", flat=True))
        led = Q(team__lead=actor.pk or 0)
        for path in headed:
            led |= Q(department__path__startswith=path)
        return self.filter(led)

    def with_standing(self) -> Self:
        return self.select_related("role", "department", "team")


class UserManager(BaseUserManager["User"].from_queryset(UserQuerySet)):  # type: ignore[misc]  # built at run time
    def get_by_natural_key(self, username: str | None) -> User:
        user: User = self.get(username=username_key(username or ""))
        return user

    def administrators(self) -> Any:
        """Return the working people whose role may change settings."""
        return self.working().filter(role__in=Role.objects.holding(ADMINISTER))


class User(AbstractBaseUser):
    """Somebody who works here. What they may do follows from their one role; where, from team and department."""

    username = models.CharField(
        _("sign-in name"),
        max_length=60,
        unique=True,
        validators=[UnicodeUsernameValidator()],
        error_messages={"unique": _("Somebody already has this sign-in name.")},
    )
    name = models.CharField(_("name"), max_length=60)
    email = models.EmailField(_("e-mail"), blank=True)
    phone = models.CharField(_("phone"), max_length=32, blank=True)
    role = models.ForeignKey(Role, models.PROTECT, related_name="users", verbose_name=_("role"))
    department = models.ForeignKey(
        Department, models.PROTECT, null=True, blank=True, related_name="people", verbose_name=_("department")
    )
    team = models.ForeignKey(Team, models.PROTECT, null=True, blank=True, related_name="people", verbose_name=_("team"))
    language = models.CharField(_("language"), max_length=10, blank=True)
    skills = models.JSONField(_("skills"), default=list, blank=True)
    is_on_shift = models.BooleanField(_("on shift"), default=False)
    is_active = models.BooleanField(_("active"), default=True)
    joined_at = models.DateTimeField(_("joined"), auto_now_add=True)

    objects = UserManager()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        ordering = ["name"]
        indexes = [models.Index(fields=["team", "is_on_shift"], name="user_team_shift")]

    def __str__(self) -> str:
        return self.name

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name
