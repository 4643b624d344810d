from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Tag(models.Model):
    """A free label with a colour (SPEC A4)."""

    class Colour(models.TextChoices):
        GREY = "grey", _("grey")
        PINE = "pine", _("green")
        BLUE = "blue", _("blue")
        AMBER = "amber", _("amber")
        RED = "red", _("red")
        PURPLE = "purple", _("purple")

    name = models.CharField(_("name"), max_length=30, unique=True)
    colour = models.CharField(_("colour"), max_length=8, choices=Colour, default=Colour.GREY)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
