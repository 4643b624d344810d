"""The operation log: who did what and when, to be searched and taken along."""

from __future__ import annotations

from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from huiying.kit.guards import BadInput, ensure
from huiying.kit.paging import neighbours, page_of
from huiying.kit.sheets import csv_lines
from huiying.staff.actions.log import note_export
from huiying.staff.forms.log import LogForm
from huiying.staff.http import DeskRequest
from huiying.staff.policies import may_read_log
from huiying.staff.queries import LogFilter, log, log_lines, log_rows

PAGE, MOST = 50, 100_000


@require_GET
def log_page(request: DeskRequest) -> HttpResponse:
    ensure(may_read_log(request.actor))
    form = LogForm(request.GET)
    chosen = filter_of(form, request.GET.get("subject", ""))
    page = page_of(log(chosen, request.actor), by="-id", cursor=request.GET.get("cursor", ""), limit=PAGE)
    context = {
        "form": form,
        "lines": log_lines(page.items, request.actor),
        "subject": chosen.subject,
        "query": request.GET.urlencode(),
        **neighbours(request.GET, page),
    }
    return render(request, "staff/log.html", context)


@require_POST
def log_export(request: DeskRequest) -> StreamingHttpResponse:
    """Hand out the filtered log as a table, newest first; taking it is itself a line in the log."""
    ensure(may_read_log(request.actor))
    form = LogForm(request.GET)
    entries = log(filter_of(form, request.GET.get("subject", "")), request.actor).order_by("-id")[:MOST]
    note_export(request.user, entries.count(), by=request.actor)
    rows = log_rows(entries.iterator(chunk_size=1_000), request.actor)
    name = f"huiying-log-{timezone.localdate():%Y%m%d}.csv"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return StreamingHttpResponse(csv_lines(rows), content_type="text/csv; charset=utf-8", headers=headers)


def filter_of(form: LogForm, subject: str) -> LogFilter:
    """Return what the form asks for. Raises BadInput where it cannot be understood."""
    if not form.is_valid():
        field, errors = next(iter(form.errors.items()))
        raise BadInput(f"{form.fields[field].label}: {errors[0]}", field=field)
    return LogFilter(**form.cleaned_data, subject=subject)
