from __future__ import annotations

import uuid
from datetime import timedelta
from pathlib import Path
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from huiying.journal.actors import Actor
from huiying.staff.models import User


class State(models.TextChoices):
    OPEN = "open", _("columns to be checked")
    REHEARSING = "rehearsing", _("trying")
    REHEARSED = "rehearsed", _("tried")
    RUNNING = "running", _("importing")
    DONE = "done", _("imported")
    FAILED = "failed", _("stopped")


AT_WORK = (State.REHEARSING, State.RUNNING)


class ImportMapping(models.Model):
    """Which column held which field the last time a file had these columns."""

    kind = models.CharField(max_length=30)
    signature = models.CharField(max_length=64)
    mapping = models.JSONField(default=dict)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "signature"], name="import_mapping_once")]

    def __str__(self) -> str:
        return f"{self.kind} {self.signature[:8]}"


class ImportJobQuerySet(models.QuerySet["ImportJob"]):
    def visible_to(self, actor: Actor | None) -> Self:
        """Keep the actor's own; whoever changes settings sees all."""
        if actor is None:
            return self.none()
        return self if actor.can("settings.manage") else self.filter(user_id=actor.pk)

    def newest(self) -> Self:
        return self.select_related("user").order_by("-id")


class ImportJob(models.Model):
    """A file on its way into the system: what it is, how far it came, and which rows were given back.

    `problems` holds the first rejected rows for the page; the file of all of them is at `rejected_path`.
    """

    SHOWN_PROBLEMS = 30
    STUCK_AFTER = timedelta(minutes=3)

    kind = models.CharField(_("kind"), max_length=30)
    file_name = models.CharField(_("file"), max_length=200)
    path = models.CharField(max_length=500)
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+", verbose_name=_("by"))
    columns = models.JSONField(default=list)
    mapping = models.JSONField(default=dict)
    state = models.CharField(max_length=12, choices=State, default=State.OPEN)
    rows = models.PositiveIntegerField(default=0)
    stored = models.PositiveIntegerField(default=0)
    unchanged = models.PositiveIntegerField(default=0)
    rejected = models.PositiveIntegerField(default=0)
    problems = models.JSONField(default=list)
    error = models.TextField(blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    moved_at = models.DateTimeField(auto_now=True)

    objects = ImportJobQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["user", "-id"], name="import_job_user")]

    def __str__(self) -> str:
        return f"{self.file_name} ({self.kind})"

    @property
    def folder(self) -> Path:
        return Path(settings.MEDIA_ROOT) / "imports" / str(self.key)

    @property
    def rejected_path(self) -> Path:
        ending = ".xlsx" if Path(self.file_name).suffix.lower() in {".xlsx", ".xls", ".ods"} else ".csv"
        return self.folder / f"{Path(self.file_name).stem[:80]}-rejected{ending}"

    @property
    def rejected_name(self) -> str:
        """What the file of rejected rows is called where it is taken home."""
        facts = {"name": Path(self.file_name).stem[:80], "ending": self.rejected_path.suffix}
        return str(_("%(name)s (not imported)%(ending)s") % facts)

    @property
    def is_at_work(self) -> bool:
        return self.state in AT_WORK

    @property
    def is_stuck(self) -> bool:
        """Its worker has not been heard of for a while; it may be started again, which stores nothing twice."""
        return self.is_at_work and timezone.now() - self.moved_at > self.STUCK_AFTER

    def counts(self) -> dict[str, Any]:
        return {"stored": self.stored, "unchanged": self.unchanged, "rejected": self.rejected}
