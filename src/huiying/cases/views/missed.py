"""The week's missed deadlines: which broke, whose time it was, which rule sent the case there."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from huiying.cases.actions.export import note_export
from huiying.cases.policies import may_export
from huiying.cases.queries.missed import MissedWeek, Week, missed_in
from huiying.journal.marks import mark_of
from huiying.kit.downloads import table_file
from huiying.kit.guards import BadInput, ensure
from huiying.kit.sheets import Row
from huiying.kit.times import YEARS, span_in_words
from huiying.staff.http import DeskRequest


@require_GET
def missed(request: DeskRequest) -> HttpResponse:
    today = timezone.localdate()
    week = missed_in(asked_week(request, today), by=request.actor, now=timezone.now())
    context = {"missed": week, "this_week": Week.of(today), "may_export": may_export(request.actor)}
    return render(request, "cases/missed.html", context)


@require_GET
def export(request: DeskRequest) -> HttpResponseBase:
    """Answer the same week as a workbook."""
    ensure(may_export(request.actor))
    week = missed_in(asked_week(request, timezone.localdate()), by=request.actor, now=timezone.now())
    entry = note_export(week.total, form="xlsx", by=request.actor, at=timezone.now())
    return table_file(sheet_rows(week), title=_("missed deadlines"), day=week.week.monday, mark=mark_of(entry))


def asked_week(request: DeskRequest, today: date) -> Week:
    """Return the week of the day in the address, else this week. Raises BadInput for what is no day."""
    asked = request.GET.get("week", "")
    if not asked:
        return Week.of(today)
    try:
        day = parse_date(asked)
    except ValueError:
        day = None
    if day is None or day.year not in YEARS:
        raise BadInput(_("“{value}” is no day.").format(value=asked[:20]))
    return Week.of(day)


def sheet_rows(week: MissedWeek) -> Iterator[Row]:
    yield (
        _("Missed"),
        _("Clock"),
        _("Number"),
        _("Subject"),
        _("Customer"),
        _("Late by"),
        _("Mostly with"),
        _("Department"),
        _("Used there"),
        _("Sent by rule"),
    )
    for one in week.rows:
        yield (
            one.clock.breached_at,
            one.name,
            one.case.number,
            one.case.subject,
            one.case.customer_name,
            span_in_words(one.late_by),
            one.mostly.who,
            one.mostly.department,
            one.used,
            one.rule,
        )
