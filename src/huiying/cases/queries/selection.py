"""Which cases a list or the board shows: one of the ready-made views, narrowed by filters and words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from huiying.cases.lifecycle import OPEN, Stage
from huiying.cases.models import Case, Category, Watcher
from huiying.cases.models.case import CaseQuerySet
from huiying.customers.models.customer import Tier
from huiying.search.index import found_ids
from huiying.staff.actors import StaffActor
from huiying.staff.models import User


class View(models.TextChoices):
    """What people look at many times a day; each is one press away."""

    MINE = "mine", _("Mine")
    TEAM = "team", _("My team")
    WATCHED = "watched", _("Watched")
    ALL = "all", _("All")
    UNACCEPTED = "unaccepted", _("Not accepted")
    OVERDUE = "overdue", _("Overdue")
    VIP = "vip", "VIP"
    TODAY = "today", _("Due today")


WITH_ENDED = frozenset({View.ALL, View.WATCHED})


class Sort(models.TextChoices):
    DEADLINE = "deadline", _("next deadline first")
    NEWEST = "newest", _("newest first")


ORDERS = {Sort.DEADLINE: "due_at", Sort.NEWEST: "-received_at"}


@dataclass(frozen=True, kw_only=True)
class Selection:
    """A choice of cases; what is empty does not narrow it. `since` and `until` are days on which cases came in."""

    view: str = View.ALL
    words: str = ""
    stage: str = ""
    kind: str = ""
    level: str = ""
    owner: User | None = None
    category: Category | None = None
    since: date | None = None
    until: date | None = None
    sort: str = ""

    @property
    def order(self) -> str:
        """The field to order by, "-" first where it descends."""
        return ORDERS[Sort(self.sort or self.usual_sort)]

    @property
    def usual_sort(self) -> Sort:
        """Open cases by deadline; where closed ones are among them, the newest first."""
        return Sort.NEWEST if self.view in WITH_ENDED or self.stage or self.words else Sort.DEADLINE


def usual_view(actor: StaffActor) -> View:
    return View.TEAM if actor.team_id else View.ALL


def views_for(actor: StaffActor) -> list[View]:
    """Return the views that mean something to the actor."""
    return [view for view in View if view != View.TEAM or actor.team_id]


def selected(selection: Selection, *, by: StaffActor, at: datetime) -> CaseQuerySet:
    """Return the cases of the selection that the actor may see, in no order."""
    cases = Case.objects.visible_to(by).filter(condition_of(View(selection.view), by=by, at=at))
    plain = {name: getattr(selection, name) for name in ("stage", "kind", "level", "owner")}
    cases = cases.filter(**{name: value for name, value in plain.items() if value})
    if selection.category is not None:
        cases = cases.filter(category__path__startswith=selection.category.path)
    if selection.since is not None:
        cases = cases.filter(received_at__gte=start_of(selection.since))
    if selection.until is not None:
        cases = cases.filter(received_at__lt=start_of(selection.until + timedelta(days=1)))
    if selection.words:
        cases = cases.filter(pk__in=found_ids(Case, selection.words))
    return cases


def condition_of(view: View, *, by: StaffActor, at: datetime) -> Q:
    """Return what a view keeps; all but those in WITH_ENDED keep open cases only."""
    still_open = Q(stage__in=OPEN)
    return {
        View.MINE: still_open & Q(owner_id=by.pk),
        View.TEAM: still_open & Q(team_id=by.team_id),
        View.ALL: Q(),
        View.WATCHED: Q(pk__in=Watcher.objects.filter(user_id=by.pk or 0).values("case_id")),
        View.UNACCEPTED: Q(stage=Stage.RECEIVED),
        View.OVERDUE: still_open & Q(due_at__lt=at),
        View.VIP: still_open & Q(customer__tier=Tier.VIP),
        View.TODAY: still_open & Q(due_at__gte=at, due_at__lt=end_of_day(at)),
    }[view]


def start_of(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def end_of_day(at: datetime) -> datetime:
    """Return the midnight after the moment, where the reader lives."""
    return start_of(timezone.localdate(at) + timedelta(days=1))
