"""The numbers and words by which needs are suggested, and how far the rules have looked."""

from __future__ import annotations

from typing import Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from huiying.engagement.detection.findings import Numbers


def between(least: float, most: float) -> list[MinValueValidator | MaxValueValidator]:
    return [MinValueValidator(least), MaxValueValidator(most)]


class NeedRules(models.Model):
    """One row; shares are in percent, spans in days."""

    words = models.TextField(
        _("general product words"),
        max_length=2000,
        default="系统 设备 账号 坐席 模块 套餐 方案 培训 耗材 配件 滤芯 容量 会员 新品 延保 保养 清洗",
        help_text=_("Beside the products themselves; separated by spaces."),
    )
    growth = models.PositiveSmallIntegerField(_("usage grew by, percent"), default=50, validators=between(10, 1000))
    fall = models.PositiveSmallIntegerField(_("usage fell by, percent"), default=50, validators=between(10, 100))
    fewest = models.PositiveSmallIntegerField(
        _("least use to judge by, times"), default=20, validators=between(1, 30000)
    )
    near = models.PositiveSmallIntegerField(_("near the limit from, percent"), default=80, validators=between(10, 100))
    asked = models.PositiveSmallIntegerField(_("consultations on one matter"), default=3, validators=between(2, 50))
    asked_within = models.PositiveSmallIntegerField(_("within days"), default=60, validators=between(7, 730))
    orders = models.PositiveSmallIntegerField(_("orders that make a rhythm"), default=3, validators=between(3, 50))
    ahead = models.PositiveSmallIntegerField(_("remind before it is due, days"), default=7, validators=between(0, 90))
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(pk=1), name="need_rules_once")]

    def __str__(self) -> str:
        return f"v{self.version}"

    @classmethod
    def now(cls) -> Self:
        return cls.objects.filter(pk=1).first() or cls(pk=1)

    def numbers(self) -> Numbers:
        return Numbers(
            growth=self.growth / 100,
            fall=self.fall / 100,
            fewest=self.fewest,
            near=self.near / 100,
            asked=self.asked,
            asked_within=self.asked_within,
            orders=self.orders,
            ahead=self.ahead,
        )


class ProductLimit(models.Model):
    """How often a product may be used in thirty days as it is sold: who comes near may want more."""

    product = models.CharField(_("product"), max_length=120, unique=True)
    times = models.PositiveIntegerField(_("times in thirty days"), validators=[MinValueValidator(1)])

    class Meta:
        ordering = ["product"]

    def __str__(self) -> str:
        return f"{self.product}: {self.times}"


class NeedWatch(models.Model):
    """How far the rules have looked: the journal entry, and in today's round the customer."""

    last_entry = models.BigIntegerField()
    round_on = models.DateField(null=True)
    last_customer = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.last_entry} {self.round_on} {self.last_customer}"
