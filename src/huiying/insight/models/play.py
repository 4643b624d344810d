from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from huiying.customers.models import Customer
from huiying.journal.actors import Actor
from huiying.kit.text import in_reader_language
from huiying.staff.models import User

from .warning import ChurnWarning


class Recipe(models.Model):
    """A way to win a customer back, as the company keeps it: its steps, each due so many hours after the begin."""

    name = models.CharField(_("name"), max_length=60, unique=True)
    name_en = models.CharField(_("English name"), max_length=60, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    active = models.BooleanField(_("active"), default=True)

    class Meta:
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return in_reader_language(self.name, self.name_en)


class RecipeStep(models.Model):
    recipe = models.ForeignKey(Recipe, models.CASCADE, related_name="steps")
    position = models.PositiveSmallIntegerField()
    title = models.CharField(_("what"), max_length=120)
    title_en = models.CharField(_("what, in English"), max_length=120, blank=True)
    hours = models.PositiveIntegerField(_("due after, hours"))

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["recipe", "position"], name="recipe_step_once")]

    def __str__(self) -> str:
        return in_reader_language(self.title, self.title_en)


class PlayQuerySet(models.QuerySet["Play"]):
    def visible_to(self, actor: Actor | None) -> Self:
        """Keep those of customers whom the actor may see, and what the actor owns."""
        if actor is None or not actor.can("customers.see"):
            return self.none()
        return self.filter(Q(customer__in=Customer.objects.visible_to(actor)) | Q(owner_id=actor.pk or 0))

    def running(self) -> Self:
        return self.filter(result="")

    def for_page(self) -> Self:
        return self.select_related("customer__owner", "owner", "warning").prefetch_related("steps__done_by")


class Play(models.Model):
    """The work to win a warned customer back (挽回方案): an owner, steps with due moments, a result, what came after.

    `orders_after` and `amount_after` are those of the 60 days after the result, reckoned once they have passed.
    """

    class Result(models.TextChoices):
        WON_BACK = "won", _("won back")
        LOST = "lost", _("lost")
        FALSE_ALARM = "false", _("false alarm")

    FOLLOWED_DAYS = 60

    warning = models.ForeignKey(ChurnWarning, models.PROTECT, related_name="plays", db_index=False)
    customer = models.ForeignKey(Customer, models.PROTECT, related_name="plays")
    owner = models.ForeignKey(User, models.PROTECT, related_name="plays", verbose_name=_("owner"))
    recipe_name = models.CharField(_("recipe"), max_length=60)
    recipe_name_en = models.CharField(max_length=60, blank=True)
    begun_at = models.DateTimeField()
    begun_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    result = models.CharField(_("result"), max_length=8, choices=Result, blank=True)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    followed_on = models.DateField(null=True)
    orders_after = models.PositiveIntegerField(null=True)
    amount_after = models.DecimalField(max_digits=16, decimal_places=2, null=True)

    objects = PlayQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["warning"], condition=Q(result=""), name="play_one_running"),
            models.CheckConstraint(
                condition=Q(result="", ended_at=None) | ~Q(result="") & Q(ended_at__isnull=False),
                name="play_result_has_its_moment",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.customer} · {self.way}"

    @property
    def way(self) -> str:
        return in_reader_language(self.recipe_name, self.recipe_name_en)

    def get_absolute_url(self) -> str:
        return reverse("insight:warning", args=[self.warning_id])

    @property
    def concerns_customer_id(self) -> int:
        return self.customer_id

    @property
    def is_running(self) -> bool:
        return not self.result

    @property
    def next_step(self) -> PlayStep | None:
        return next((step for step in self.steps.all() if step.done_at is None), None)


class PlayStep(models.Model):
    play = models.ForeignKey(Play, models.CASCADE, related_name="steps", db_index=False)
    position = models.PositiveSmallIntegerField()
    title = models.CharField(_("what"), max_length=120)
    title_en = models.CharField(max_length=120, blank=True)
    due_at = models.DateTimeField(_("due"))
    done_at = models.DateTimeField(null=True)
    done_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    outcome = models.CharField(_("what came of it"), max_length=300, blank=True)

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["play", "position"], name="play_step_once")]

    def __str__(self) -> str:
        return in_reader_language(self.title, self.title_en)
