from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from huiying.journal.actors import Actor
from huiying.staff.models import User

from .case import Case, Kind


class Side(models.TextChoices):
    """How one case stands to another; the label says what the other one is to it."""

    DUPLICATE_OF = "duplicate_of", _("original")
    CHILD_OF = "child_of", _("main case")
    CAUSED_BY = "caused_by", _("cause")
    FOLLOW_UP_OF = "follow_up_of", _("earlier case")
    SAME_INCIDENT = "same_incident", _("same incident")
    PARENT_OF = "parent_of", _("part")
    FOLLOWED_BY = "followed_by", _("later case")
    CAUSE_OF = "cause_of", _("consequence")
    ORIGINAL_OF = "original_of", _("duplicate")

    @property
    def back(self) -> Side:
        """Return how the other case stands to this one."""
        return BACK[self]


KEPT = (Side.DUPLICATE_OF, Side.CHILD_OF, Side.CAUSED_BY, Side.FOLLOW_UP_OF, Side.SAME_INCIDENT)
PAIRS = {
    Side.DUPLICATE_OF: Side.ORIGINAL_OF,
    Side.CHILD_OF: Side.PARENT_OF,
    Side.CAUSED_BY: Side.CAUSE_OF,
    Side.FOLLOW_UP_OF: Side.FOLLOWED_BY,
    Side.SAME_INCIDENT: Side.SAME_INCIDENT,
}
BACK = {**PAIRS, **{back: side for side, back in PAIRS.items()}}


class RelationQuerySet(models.QuerySet["Relation"]):
    def of(self, case: Case) -> Self:
        return self.filter(Q(case=case) | Q(other=case))

    def visible_to(self, actor: Actor | None) -> Self:
        """Keep those of which the actor may see both cases; asked of each row, for a case has few."""
        seen = Case.objects.visible_to(actor)
        return self.filter(
            models.Exists(seen.filter(pk=models.OuterRef("case_id"))),
            models.Exists(seen.filter(pk=models.OuterRef("other_id"))),
        )

    def open_children_of(self, case: Case) -> Self:
        return self.filter(other=case, side=Side.CHILD_OF, case__in=Case.objects.open())


class Relation(models.Model):
    """What a case has to do with another (SPEC C14), kept from one side: `case` is duplicate of `other`, and so on.

    Of one incident the later case names the earlier one, so that a pair is kept once.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="relations")
    other = models.ForeignKey(Case, models.PROTECT, related_name="related_from")
    side = models.CharField(_("relation"), max_length=13, choices=[(side.value, side.label) for side in KEPT])
    related_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    objects = RelationQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["case", "other", "side"], name="relation_once"),
            models.UniqueConstraint(fields=["case"], condition=Q(side="child_of"), name="relation_one_main_case"),
            models.CheckConstraint(condition=~Q(case=F("other")), name="relation_to_another"),
            models.CheckConstraint(condition=Q(side__in=KEPT), name="relation_kept_from_one_side"),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.side} {self.other_id}"

    def seen_from(self, case: Case) -> Side:
        """Return how `case`, one of the two, stands to the other."""
        side = Side(self.side)
        return side if self.case_id == case.pk else side.back

    def beside(self, case: Case) -> Case:
        """Return the other one of the two."""
        return self.other if self.case_id == case.pk else self.case


class KindRule(models.Model):
    """What holds for the cases of one kind.

    Where there is none, a case waits for its parts (SPEC C14), and only another team has to accept it (SPEC C5).
    """

    kind = models.CharField(_("kind"), max_length=12, choices=Kind, unique=True)
    closes_over_parts = models.BooleanField(_("may be closed before its parts"), default=False)
    always_hands_over = models.BooleanField(_("every change of owner is handed over"), default=False)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return str(Kind(self.kind).label)
