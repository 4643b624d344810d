"""Who of a team gets a case: everybody is looked at, and of each it is said why, or why not (SPEC C5)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Case as Weight
from django.db.models import Exists, IntegerField, OuterRef, Q, Sum, Value, When
from django.db.models.functions import Coalesce

from huiying.cases.lifecycle import OPEN
from huiying.cases.models import Level, Urgency
from huiying.staff.models import Absence, Team, User

TOLD_AT_MOST = 12
NOBODY: Mapping[int, str] = {}
URGENT, MAJOR, COMPLEX, ORDINARY = 2, 4, 2, 1  # how much of a person's day a case takes, against an ordinary one


@dataclass(frozen=True)
class Candidate:
    """Somebody of the team: their weighted load, and `why_not` as a code, "" for who can take the case."""

    user: User
    load: int
    why_not: str = ""

    @property
    def told(self) -> dict[str, object]:
        return {"name": self.user.name, "load": self.load, "why_not": self.why_not}


def candidates_of(team: Team, *, skill: str, on: date, besides: Mapping[int, str] = NOBODY) -> list[Candidate]:
    """Return the team's people, who can take a case first and of these the least loaded; one look-up.

    `besides` are those who may not get it, each with why.
    """
    found = [
        Candidate(user, getattr(user, "load", 0), why_not(user, skill=skill, besides=besides))
        for user in people_of(team, on=on)
        if "cases.accept" in user.role.powers
    ]
    return sorted(found, key=lambda one: (one.why_not != "", one.load, one.user.pk))


def people_of(team: Team, *, on: date) -> list[User]:
    away = Absence.objects.on(on).filter(user=OuterRef("pk"))
    people = User.objects.working().filter(team=team).select_related("role")
    return list(people.annotate(load=weighted_load(), is_away=Exists(away)).order_by("id"))


def weighted_load() -> Coalesce:
    """Sum up a person's open cases, the heavy ones more than once."""
    weight = Weight(
        When(cases__level=Level.MAJOR, then=Value(MAJOR)),
        When(cases__level=Level.COMPLEX, then=Value(COMPLEX)),
        When(cases__urgency=Urgency.URGENT, then=Value(URGENT)),
        default=Value(ORDINARY),
        output_field=IntegerField(),
    )
    return Coalesce(Sum(weight, filter=Q(cases__stage__in=OPEN)), 0)


def why_not(user: User, *, skill: str, besides: Mapping[int, str]) -> str:
    if user.pk in besides:
        return besides[user.pk]
    if getattr(user, "is_away", False):
        return "away"
    if not user.is_on_shift:
        return "off-shift"
    return "lacks-skill" if skill and skill not in user.skills else ""


def stand_in_for(user: User, *, on: date) -> User | None:
    """Return who gets what would come to a person on that day: they themselves, their substitute, or nobody."""
    absence = Absence.objects.on(on).filter(user=user).select_related("substitute__team").first()
    if absence is None:
        return user
    substitute = absence.substitute
    if substitute is None or not substitute.is_active or Absence.objects.on(on).filter(user=substitute).exists():
        return None
    return substitute
