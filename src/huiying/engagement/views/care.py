"""The page of care: my week, what is overdue, and how much of what was planned took place."""

from __future__ import annotations

from datetime import date

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate
from django.views.decorators.http import require_GET

from huiying.engagement.models.planned_contact import PlannedContactQuerySet
from huiying.engagement.policies import may_lead, may_work
from huiying.engagement.queries.contacts import Standing, listed, order_of, standing_as
from huiying.engagement.queries.coverage import coverage
from huiying.engagement.queries.listing import day_in, due_in, read_choice
from huiying.engagement.queries.week import choices_of, contacts_of, overdue_of, week_of, whose_first, widest_of
from huiying.engagement.slots import QUARTER, period_of
from huiying.kit.guards import ensure
from huiying.kit.paging import neighbours, page_of, query_with
from huiying.staff.http import DeskRequest

PAGE = 50
MANY = ("team", "all")
EARLIEST, LATEST = date(2000, 2, 1), date(2099, 12, 1)


@require_GET
def care(request: DeskRequest) -> HttpResponse:
    ensure(may_work(request.actor))
    today, whose = localdate(), request.GET.get("whose", "") or whose_first(request.actor)
    rows, is_many = contacts_of(whose, request.actor), may_lead(request.actor) and whose in MANY
    context = {
        "week": week_of(day_asked(request, today), rows, by=request.actor, today=today),
        "overdue": overdue_of(rows, today=today),
        "overdue_count": rows.overdue(today).count(),
        **({} if is_many else covered_this_quarter(rows, today=today)),
        "whose": whose,
        "choices": choices_of(request.actor),
        "is_many": is_many,
        "today": today,
    }
    return render(request, "engagement/_care.html" if request.htmx else "engagement/care.html", context)


@require_GET
def coverage_side(request: DeskRequest) -> HttpResponse:
    """The quarter's coverage of many people, which takes longer than their week and so comes after it."""
    ensure(may_work(request.actor))
    rows = contacts_of(request.GET.get("whose", ""), request.actor)
    return render(request, "engagement/_coverage_side.html", covered_this_quarter(rows, today=localdate()))


def covered_this_quarter(rows: PlannedContactQuerySet, *, today: date) -> dict[str, object]:
    quarter = period_of(today, QUARTER)
    return {"quarter": quarter, "coverage": coverage(quarter.begins, quarter.ends, today=today, of=rows)}


@require_GET
def coverage_page(request: DeskRequest) -> HttpResponse:
    """Coverage of a month or quarter by tier, team and person; each figure opens its rows."""
    ensure(may_work(request.actor))
    today = localdate()
    choice = read_choice(request.GET.dict(), today=today)
    rows = contacts_of(widest_of(request.actor), request.actor)
    period = choice.period
    context = {
        "choice": choice,
        "coverage": coverage(period.begins, period.ends, today=today, of=rows),
        "before": period_of(date.fromordinal(period.begins.toordinal() - 1), choice.length),
        "after": period_of(date.fromordinal(period.ends.toordinal() + 1), choice.length),
    }
    return render(request, "engagement/coverage.html", context)


@require_GET
def due_contacts(request: DeskRequest) -> HttpResponse:
    """The rows behind a figure."""
    ensure(may_work(request.actor))
    today = localdate()
    choice = read_choice(request.GET.dict(), today=today)
    rows = due_in(choice, of=contacts_of(widest_of(request.actor), request.actor), today=today)
    page = page_of(rows.for_rows(), by="due_on", cursor=request.GET.get("cursor", ""), limit=PAGE)
    context = {"choice": choice, "page": page, "query": query_with(request.GET, cursor="")}
    return render(request, "engagement/due.html", {**context, **neighbours(request.GET, page)})


@require_GET
def contacts(request: DeskRequest) -> HttpResponse:
    """Planned contacts by what became of them, with what can still be done; who leads begins with the team's."""
    ensure(may_work(request.actor))
    today, whose = localdate(), request.GET.get("whose", "") or ("team" if may_lead(request.actor) else "me")
    standing = request.GET.get("state", "")
    standing = standing if standing in Standing.values else Standing.OVERDUE.value
    rows = standing_as(standing, contacts_of(whose, request.actor), today=today)
    day = day_in(request.GET.get("day", ""))
    rows = rows.filter(due_on=day) if day else rows
    page = page_of(rows.for_rows(), by=order_of(standing), cursor=request.GET.get("cursor", ""), limit=PAGE)
    context = {
        "standing": standing,
        "standings": Standing.choices,
        "day": day,
        "whose": whose,
        "choices": choices_of(request.actor),
        "is_many": may_lead(request.actor) and whose in MANY,
        "page": page,
        "rows": listed(page.items, today=today),
        "query": query_with(request.GET, cursor=""),
    }
    return render(request, "engagement/contacts.html", {**context, **neighbours(request.GET, page)})


def day_asked(request: DeskRequest, today: date) -> date:
    day = day_in(request.GET.get("day", "")) or today
    return min(max(day, EARLIEST), LATEST)
