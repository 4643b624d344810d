"""What is written to many, by occasion: for a tag, a tier, a product (SPEC B2)."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from huiying.customers.models import Tag, Tier
from huiying.staff.models import User

from .interaction import Means

SENT_BY = [(Means.EMAIL.value, Means.EMAIL.label), (Means.SMS.value, Means.SMS.label)]


class TemplateQuerySet(models.QuerySet["Template"]):
    def active(self) -> Self:
        return self.filter(active=True)


class Template(models.Model):
    """The text as it is now; each earlier version is kept. A mailing takes a copy."""

    name = models.CharField(_("name"), max_length=80, unique=True)
    means = models.CharField(_("how"), max_length=8, choices=SENT_BY, default=Means.EMAIL)
    tier = models.CharField(_("tier"), max_length=12, choices=Tier, blank=True)
    tag = models.ForeignKey(Tag, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("tag"))
    product = models.CharField(_("product"), max_length=120, blank=True)
    subject = models.CharField(_("subject"), max_length=120, blank=True)
    text = models.TextField(_("text"), max_length=5000)
    active = models.BooleanField(_("active"), default=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = TemplateQuerySet.as_manager()

    class Meta:
        ordering = ["-active", "name"]

    def __str__(self) -> str:
        return self.name


class TemplateVersion(models.Model):
    """What a template said from then on."""

    template = models.ForeignKey(Template, models.CASCADE, related_name="versions", db_index=False)
    version = models.PositiveIntegerField()
    subject = models.CharField(max_length=120, blank=True)
    text = models.TextField()
    saved_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    saved_at = models.DateTimeField()

    class Meta:
        ordering = ["-version"]
        constraints = [models.UniqueConstraint(fields=["template", "version"], name="template_version_once")]

    def __str__(self) -> str:
        return f"{self.template_id} v{self.version}"
