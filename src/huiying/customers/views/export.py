"""The list of customers as a file."""

from __future__ import annotations

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from huiying.customers.actions.export import note_export, note_whole_export
from huiying.customers.forms import SelectionForm, WholeExportForm
from huiying.customers.models.customer import CustomerQuerySet
from huiying.customers.policies import may_export, may_uncover
from huiying.customers.queries.export import COVERED, EXPORTED_AT_MOST, WHOLE, Numbers, sheet_rows
from huiying.customers.views.listing import selected
from huiying.journal.marks import mark_of
from huiying.journal.models import Entry
from huiying.kit.downloads import table_file
from huiying.kit.guards import BadInput, DomainError, ensure
from huiying.kit.paging import capped_count
from huiying.staff.http import DeskRequest

TOO_MANY = gettext_lazy("These are more than {count} customers. Please narrow the list.")


@require_GET
def export(request: DeskRequest, form: str) -> HttpResponseBase:
    """Answer the list as it is narrowed, the newest first; who took it stands in the journal and on the file."""
    customers, count = narrowed(request)
    entry = note_export(count, form=form, by=request.actor, at=timezone.now())
    return file_of(customers, COVERED, entry, form, request)


def whole_export(request: DeskRequest) -> HttpResponseBase:
    """Ask what the whole numbers are needed for, and answer the list with them."""
    ensure(may_export(request.actor) and may_uncover(request.actor))
    customers, count = narrowed(request)
    form = WholeExportForm(request.POST) if request.method == "POST" else WholeExportForm()
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            entry = note_whole_export(
                count, form=given["form"], reason=given["reason"], by=request.actor, at=timezone.now()
            )
        except DomainError as refusal:
            form.refuse(refusal)
        else:
            return file_of(customers, WHOLE, entry, given["form"], request)
    return asked(request, form, count)


def asked(request: DeskRequest, form: WholeExportForm, count: int) -> HttpResponse:
    context = {"form": form, "count": count, "query": request.GET.urlencode()}
    return render(request, "customers/whole_export.html", context, status=422 if form.errors else 200)


def narrowed(request: DeskRequest) -> tuple[CustomerQuerySet, int]:
    """Return the customers as the list shows them, and how many. Raises BadInput where they are too many."""
    customers = selected(SelectionForm(request.GET, by=request.actor), request)
    count = capped_count(customers, at_most=EXPORTED_AT_MOST)
    if count > EXPORTED_AT_MOST:
        raise BadInput(TOO_MANY.format(count=EXPORTED_AT_MOST))
    return customers, count


def file_of(
    customers: CustomerQuerySet, numbers: Numbers, entry: Entry, form: str, request: DeskRequest
) -> HttpResponseBase:
    rows = sheet_rows(customers.order_by("-id"), numbers, by=request.actor)
    return table_file(rows, title=_("customers"), day=timezone.localdate(), form=form, mark=mark_of(entry))
