"""GET cases: the list, a page at a time."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Literal

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_noop as _
from ninja import Query

from huiying.cases.api.router import router
from huiying.cases.api.saved_view import visible_view
from huiying.cases.api.shown import CaseBrief, brief
from huiying.cases.forms.selection import SelectionForm
from huiying.cases.lifecycle import OPEN, Stage
from huiying.cases.models import Case, Kind, Level, Urgency
from huiying.cases.queries.selection import selected
from huiying.cases.references import category_named
from huiying.kit.paging import page_of
from huiying.kit.rest import Code, Day, Key, Line, Page, PageOf
from huiying.search.index import found_ids
from huiying.staff.http import ApiRequest
from huiying.staff.references import person_named, team_named


class CasesWanted(PageOf):
    """Which cases. `owner` is a sign-in name, `me` or `none`; days are of the installation's own calendar.

    `view` is the key of a saved view: its filters hold besides the others, and its order where none is asked for.
    """

    view: Key | None = None
    stage: list[Code[Stage]] = []
    kind: list[Code[Kind]] = []
    level: list[Code[Level]] = []
    urgency: list[Code[Urgency]] = []
    owner: Line = ""
    team: Line = ""
    overdue: bool | None = None
    q: Line = ""
    customer: Line = ""
    category: Line = ""
    received_from: Day | None = None
    received_to: Day | None = None
    sort: Literal["-received_at", "received_at", "due_at", "-closed_at"] = "-received_at"


@router.get("/cases", response=Page[CaseBrief], summary=_("List cases"))
def cases(request: ApiRequest, ask: Query[CasesWanted]) -> Page[CaseBrief]:
    now = timezone.now()
    rows, order = Case.objects.visible_to(request.actor), str(ask.sort)
    if ask.view:
        selection = SelectionForm(visible_view(ask.view, request.actor).filters, actor=request.actor).selection()
        rows = selected(selection, by=request.actor, at=now)
        order = order if "sort" in ask.model_fields_set else selection.order
    rows = rows.filter(condition(ask, me=request.actor.pk, now=now))
    if ask.q:
        rows = rows.filter(pk__in=found_ids(Case, ask.q))
    page = page_of(rows.for_list().select_related("department"), by=order, cursor=ask.cursor, limit=ask.limit)
    return Page(items=[brief(case) for case in page.items], next_cursor=page.next_cursor)


def condition(ask: CasesWanted, *, me: int | None, now: datetime) -> Q:
    """Return the condition that the filters make together. Raises BadInput for who or what is not there."""
    chosen = {"stage": ask.stage, "kind": ask.kind, "level": ask.level, "urgency": ask.urgency}
    held = Q(**{f"{name}__in": values for name, values in chosen.items() if values})
    held &= owned(ask.owner, me=me) & lateness(ask.overdue, now=now) & received(ask.received_from, ask.received_to)
    if ask.team:
        held &= Q(team=team_named(ask.team, field="team"))
    if ask.customer:
        held &= Q(customer__number=ask.customer.upper())
    if ask.category:
        held &= Q(category__path__startswith=category_named(ask.category, field="category").path)
    return held


def owned(owner: str, *, me: int | None) -> Q:
    if not owner:
        return Q()
    if owner == "none":
        return Q(owner=None)
    return Q(owner_id=me if owner == "me" else person_named(owner, field="owner").pk)


def lateness(overdue: bool | None, *, now: datetime) -> Q:
    """A case is overdue while it is open and its next deadline has passed."""
    late = Q(stage__in=OPEN, due_at__lt=now)
    return Q() if overdue is None else late if overdue else ~late


def received(first: date | None, last: date | None) -> Q:
    held = Q()
    if first:
        held &= Q(received_at__gte=beginning(first))
    if last:
        held &= Q(received_at__lt=beginning(last + timedelta(days=1)))
    return held


def beginning(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
