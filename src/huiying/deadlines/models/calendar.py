from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from huiying.deadlines.arithmetic.calendar import DAY_MINUTES
from huiying.kit.text import in_reader_language
from huiying.staff.models import Department


class Calendar(models.Model):
    """A working calendar (SPEC C6, contract 4). One may belong to a department and those below it.

    A calendar with a `base` has the base's dated days and known years besides its own. `known_years` are those
    whose public holidays are announced.
    """

    code = models.SlugField(_("code"), max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=60)
    name_en = models.CharField(_("English name"), max_length=60, blank=True)
    zone = models.CharField(_("time zone"), max_length=60, default="Asia/Shanghai")
    base = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("takes its holidays from")
    )
    department = models.OneToOneField(
        Department, models.PROTECT, null=True, blank=True, related_name="calendar", verbose_name=_("department")
    )
    known_years = models.JSONField(default=list, blank=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return in_reader_language(self.name, self.name_en)


class CalendarHours(models.Model):
    """One opening of an ordinary weekday, in minutes since midnight, in force from a day on.

    All rows with the same `from_day` make one week, which holds until the next `from_day`. Monday is 0.
    """

    calendar = models.ForeignKey(Calendar, models.CASCADE, related_name="hours")
    from_day = models.DateField(_("from"), default=date(2000, 1, 1))
    weekday = models.PositiveSmallIntegerField(_("weekday"))
    opens = models.PositiveSmallIntegerField(_("opens"))
    closes = models.PositiveSmallIntegerField(_("closes"))

    class Meta:
        ordering = ["from_day", "weekday", "opens"]
        constraints = [
            models.UniqueConstraint(fields=["calendar", "from_day", "weekday", "opens"], name="calendar_opens_once"),
            models.CheckConstraint(
                condition=Q(weekday__lte=6, closes__lte=DAY_MINUTES, opens__lt=F("closes")), name="calendar_hours_day"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.calendar_id} {self.weekday} {self.opens}–{self.closes}"


class CalendarDay(models.Model):
    """A dated exception: a day off or a working day (调休). `hours` are [opens, closes] pairs; empty: the usual."""

    calendar = models.ForeignKey(Calendar, models.CASCADE, related_name="days")
    day = models.DateField(_("day"))
    working = models.BooleanField(_("working"))
    name = models.CharField(_("name"), max_length=60, blank=True)
    hours = models.JSONField(_("hours"), default=list, blank=True)

    class Meta:
        ordering = ["day"]
        constraints = [models.UniqueConstraint(fields=["calendar", "day"], name="calendar_day_once")]

    def __str__(self) -> str:
        return f"{self.day} {'+' if self.working else '−'} {self.name}"
