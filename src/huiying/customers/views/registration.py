"""The customer's registration form: to print on A4, and as a workbook (SPEC C18)."""

from __future__ import annotations

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from huiying.customers.actions.export import note_export
from huiying.customers.policies import may_export
from huiying.customers.queries.registration import contact_heads, form_rows, registration_form
from huiying.customers.views.sheet import visible_customer
from huiying.journal.marks import mark_of
from huiying.kit.downloads import table_file
from huiying.staff.http import DeskRequest


@require_GET
def registration(request: DeskRequest, number: str) -> HttpResponse:
    """Every field of the archive on one page of paper."""
    customer = visible_customer(request, number)
    context = {
        "customer": customer,
        "sheet": registration_form(customer, by=request.actor),
        "heads": contact_heads(),
        "printed_at": now(),
        "may_export": may_export(request.actor),
    }
    return render(request, "customers/registration.html", context)


@require_GET
def workbook(request: DeskRequest, number: str) -> HttpResponseBase:
    """The same as a workbook; who took it stands in the journal and on the file."""
    customer = visible_customer(request, number)
    entry = note_export(1, form="xlsx", by=request.actor, at=now())
    rows = form_rows(registration_form(customer, by=request.actor))
    title = f"{_('customer registration form')}-{customer.number}"
    return table_file(rows, title=title, day=localdate(), mark=mark_of(entry))
