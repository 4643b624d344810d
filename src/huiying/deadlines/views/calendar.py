"""The settings pages of calendars: the week, dated exceptions, and the yearly announcement of holidays."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from huiying.deadlines.actions import calendar as deeds
from huiying.deadlines.actions.replanning import running_by
from huiying.deadlines.arithmetic.hours import office_week, parse_hours
from huiying.deadlines.arithmetic.state_council import OFFICE_HOURS
from huiying.deadlines.catalogue import catalogue
from huiying.deadlines.forms.calendar import CalendarForm, DayForm, HolidaysForm, WeekForm
from huiying.deadlines.models import Calendar
from huiying.deadlines.policies import may_set_deadlines
from huiying.deadlines.settings_pages import calendar_rows, days_ahead, years_unknown
from huiying.journal.models import Entry
from huiying.kit.forms import DeskForm
from huiying.kit.guards import BadInput, ensure
from huiying.staff.http import DeskRequest


@require_GET
def calendars(request: DeskRequest) -> HttpResponse:
    ensure(may_set_deadlines(request.actor))
    return render(request, "deadlines/settings/calendars.html", {"rows": calendar_rows(today=localdate())})


def new_calendar(request: DeskRequest) -> HttpResponse:
    """Add a calendar; it begins with office hours and the company's holidays."""
    ensure(may_set_deadlines(request.actor))
    form = (
        CalendarForm(request.POST) if request.method == "POST" else CalendarForm(initial={"base": company_calendar()})
    )
    if form.is_bound and form.is_valid():
        try:
            week = office_week(parse_hours(OFFICE_HOURS))
            added = deeds.add_calendar(form.draft(), week, by=request.actor, at=now())
        except BadInput as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("“%(name)s” was added.") % {"name": added})
            return redirect("deadlines:settings_calendar", added.code)
    return render(request, "deadlines/settings/new_calendar.html", {"form": form}, status=422 if form.is_bound else 200)


def calendar(request: DeskRequest, code: str) -> HttpResponse:
    """Show a calendar; a POST changes whose it is."""
    ensure(may_set_deadlines(request.actor))
    kept = get_object_or_404(Calendar, code=code)
    form = CalendarForm(request.POST, calendar=kept) if request.method == "POST" else CalendarForm.of(kept)
    if form.is_bound and form.is_valid():
        try:
            deeds.revise_calendar(kept, form.draft(), by=request.actor, at=now())
        except BadInput as refusal:
            form.refuse(refusal)
        else:
            return saved(request, kept)
    return page(request, kept, form=form)


@require_POST
def hours(request: DeskRequest, code: str) -> HttpResponse:
    """Set the ordinary week from a day on."""
    kept, form = get_object_or_404(Calendar, code=code), WeekForm(request.POST)
    if form.is_valid():
        try:
            from_day = form.cleaned_data["from_day"]
            deeds.set_week(kept, form.week(), from_day=from_day, by=request.actor, at=now())
        except BadInput as refusal:
            form.refuse(refusal)
        else:
            return saved(request, kept)
    return page(request, kept, week=form)


@require_POST
def days(request: DeskRequest, code: str) -> HttpResponse:
    """Make one date a day off or a working day."""
    kept, form = get_object_or_404(Calendar, code=code), DayForm(request.POST)
    if form.is_valid():
        try:
            deeds.set_day(kept, form.row(), by=request.actor, at=now())
        except BadInput as refusal:
            form.refuse(refusal)
        else:
            return saved(request, kept)
    return page(request, kept, day=form)


@require_POST
def day_removal(request: DeskRequest, code: str, day: str) -> HttpResponse:
    """Let one date follow the week again."""
    kept = get_object_or_404(Calendar, code=code)
    try:
        deeds.unset_day(kept, date.fromisoformat(day), by=request.actor, at=now())
    except ValueError:
        raise Http404 from None
    return saved(request, kept)


@require_POST
def holidays(request: DeskRequest, code: str) -> HttpResponse:
    """Take over the announcement in a file."""
    kept, form = get_object_or_404(Calendar, code=code), HolidaysForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            deeds.read_holidays(kept, form.announcement(), by=request.actor, at=now())
        except BadInput as refusal:
            form.refuse(refusal)
        else:
            return saved(request, kept)
    return page(request, kept, holidays=form)


def saved(request: DeskRequest, kept: Calendar) -> HttpResponse:
    messages.success(request, _("“%(name)s” was saved.") % {"name": kept})
    return redirect("deadlines:settings_calendar", kept.code)


def page(request: DeskRequest, kept: Calendar, **forms: DeskForm) -> HttpResponse:
    """Draw the page of a calendar with the forms that were sent, the others as things are."""
    ensure(may_set_deadlines(request.actor))
    today = localdate()
    week = catalogue().calendar(kept.pk).weekly_on(today).week
    context = {
        "calendar": kept,
        "form": CalendarForm.of(kept),
        "week": WeekForm.of(week, from_day=today),
        "day": DayForm(initial={"working": "off"}),
        "holidays": HolidaysForm(),
        "rows": days_ahead(kept, today=today),
        "unknown": years_unknown(kept, today=today),
        "running": running_by(kept).count(),
        "history": Entry.objects.about(kept).order_by("-id")[:10],
    }
    wrong = any(form.is_bound for form in forms.values())
    return render(request, "deadlines/settings/calendar.html", context | forms, status=422 if wrong else 200)


def company_calendar() -> Calendar | None:
    return Calendar.objects.order_by("id").first()
