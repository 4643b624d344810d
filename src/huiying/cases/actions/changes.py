"""What can be done to many cases at once: each change calls the very action that a single case takes (SPEC K6, K8)."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _

from huiying.cases.actions.assignment import assign, assign_to_team, give_back, undo_assignment
from huiying.cases.actions.handover import Place
from huiying.cases.actions.revision import revise
from huiying.cases.lifecycle import Stage
from huiying.cases.models import Batch, BatchLine, Case, Category, Urgency
from huiying.cases.policies import may_assign, may_assign_many, may_revise, may_revise_many
from huiying.journal.actors import Actor
from huiying.kit.guards import BadInput, DomainError, Sentence
from huiying.staff.models import Team, User

CLIMB = (Urgency.LOW, Urgency.NORMAL, Urgency.URGENT)
RAISE, LOWER = "raise", "lower"
STEPS: dict[str, Sentence] = {RAISE: _("one step higher"), LOWER: _("one step lower")}
MOST_TAGS = 20

MAY = {deed: may_assign_many if deed == Batch.Deed.ASSIGNMENT else may_revise_many for deed in Batch.Deed}


class Change(ABC):
    """One change, wanted of many cases. What it touches in a case is `kept`, as JSON, so that it can be put back."""

    name: str

    @abstractmethod
    def may(self, by: Actor, case: Case) -> bool: ...

    @abstractmethod
    def is_made(self, case: Case) -> bool:
        """Say whether the case is so already."""

    @abstractmethod
    def make(self, case: Case, *, by: Actor, at: datetime) -> Case: ...

    @abstractmethod
    def kept(self, case: Case) -> Any: ...

    @abstractmethod
    def put_back(self, case: Case, line: BatchLine, *, by: Actor, at: datetime) -> Case: ...

    @abstractmethod
    def shown(self, case: Case) -> str:
        """Return what stands in the case now, in words."""

    @abstractmethod
    def shown_after(self, case: Case) -> str:
        """Return what will stand in the case, in words."""


@dataclass(frozen=True)
class Reassignment(Change):
    """The cases go to a person, or to a team that finds somebody."""

    to: User | Team

    @property
    def name(self) -> str:  # type: ignore[override]
        return self.to.name

    def may(self, by: Actor, case: Case) -> bool:
        return may_assign(by, case)

    def is_made(self, case: Case) -> bool:
        if isinstance(self.to, User):
            return case.owner_id == self.to.pk
        return case.owner_id is None and case.team_id == self.to.pk

    def make(self, case: Case, *, by: Actor, at: datetime) -> Case:
        if isinstance(self.to, User):
            return assign(case, to=self.to, by=by, at=at)
        return assign_to_team(case, team=self.to, by=by, at=at)

    def kept(self, case: Case) -> dict[str, object]:
        return {**asdict(Place.of(case)), "stage": case.stage}

    def put_back(self, case: Case, line: BatchLine, *, by: Actor, at: datetime) -> Case:
        """Raises DomainError when somebody else has it by now, or has brought it on."""
        if self.kept(case) != line.after:
            raise DomainError(_("Work on it has gone on since."))
        before = dict(line.before or {})
        stage = Stage(before.pop("stage"))
        if case.version == line.version:
            return undo_assignment(case, to=Place(**before), stage=stage, by=by, at=at)
        return give_back(case, to=Place(**before), by=by, at=at)

    def shown(self, case: Case) -> str:
        answers = case.owner or case.team
        return answers.name if answers else str(_("nobody yet"))

    def shown_after(self, case: Case) -> str:
        return self.name


class Correction(Change):
    """A field of the cases is corrected; `put_back` leaves alone what somebody has corrected since."""

    field: ClassVar[str]

    @abstractmethod
    def wanted(self, case: Case) -> Any: ...

    @abstractmethod
    def worded(self, value: Any) -> str: ...

    def may(self, by: Actor, case: Case) -> bool:
        return may_revise(by, case)

    def is_made(self, case: Case) -> bool:
        return bool(getattr(case, self.field) == self.wanted(case))

    def make(self, case: Case, *, by: Actor, at: datetime) -> Case:
        return revise(case, {self.field: self.wanted(case)}, version=case.version, by=by, at=at)

    def kept(self, case: Case) -> Any:
        return getattr(case, self.field)

    def restored(self, kept: Any) -> Any:
        return kept

    def put_back(self, case: Case, line: BatchLine, *, by: Actor, at: datetime) -> Case:
        """Raises Stale when the field was changed since."""
        return revise(case, {self.field: self.restored(line.before)}, version=line.version, by=by, at=at)

    def shown(self, case: Case) -> str:
        return self.worded(getattr(case, self.field))

    def shown_after(self, case: Case) -> str:
        return self.worded(self.wanted(case))


@dataclass(frozen=True)
class UrgencyChange(Correction):
    """An urgency, or a step up or down from where each case stands."""

    field = "urgency"
    name: str

    def wanted(self, case: Case) -> str:
        step = {RAISE: 1, LOWER: -1}.get(self.name)
        if step is None:
            return Urgency(self.name).value
        place = CLIMB.index(Urgency(case.urgency)) + step
        return CLIMB[min(max(place, 0), len(CLIMB) - 1)].value

    def worded(self, value: Any) -> str:
        return str(Urgency(value).label)


@dataclass(frozen=True)
class CategoryChange(Correction):
    field = "category"
    category: Category

    @property
    def name(self) -> str:  # type: ignore[override]
        return self.category.full_name

    def wanted(self, case: Case) -> Category:
        return self.category

    def kept(self, case: Case) -> int | None:
        return case.category_id

    def restored(self, kept: Any) -> Category | None:
        return Category.objects.filter(pk=kept).first()

    def worded(self, value: Any) -> str:
        return value.label if value else "—"


@dataclass(frozen=True)
class Tagging(Correction):
    field = "tags"
    name: str

    def wanted(self, case: Case) -> list[str]:
        tags = list(case.tags)
        if self.name in tags:
            return tags
        if len(tags) >= MOST_TAGS:
            raise BadInput(_("A case carries {count} tags at most.").format(count=MOST_TAGS))
        return [*tags, self.name]

    def worded(self, value: Any) -> str:
        return "、".join(value) or "—"


@dataclass(frozen=True)
class Untagging(Tagging):
    def wanted(self, case: Case) -> list[str]:
        return [tag for tag in case.tags if tag != self.name]


NAMED: dict[Batch.Deed, Callable[[str], Change]] = {
    Batch.Deed.URGENCY: UrgencyChange,
    Batch.Deed.TAG: Tagging,
    Batch.Deed.UNTAG: Untagging,
}


def change_of(deed: str, wanted: Mapping[str, Any]) -> Change:
    """Return the change that a batch keeps as JSON. What it names must be there."""
    if deed == Batch.Deed.ASSIGNMENT:
        team = wanted.get("team")
        return Reassignment(
            Team.objects.select_related("department").get(pk=team)
            if team
            else User.objects.with_standing().get(pk=wanted["person"])
        )
    if deed == Batch.Deed.CATEGORY:
        return CategoryChange(Category.objects.get(pk=wanted["category"]))
    return NAMED[Batch.Deed(deed)](wanted["name"])
