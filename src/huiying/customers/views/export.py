"""The list of customers as a file."""

from __future__ import annotations

from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from huiying.customers.actions.export import note_export
from huiying.customers.forms import SelectionForm
from huiying.customers.queries.export import EXPORTED_AT_MOST, sheet_rows
from huiying.customers.views.listing import selected
from huiying.kit.downloads import table_file
from huiying.kit.guards import BadInput
from huiying.kit.paging import capped_count
from huiying.staff.http import DeskRequest

TOO_MANY = gettext_lazy("These are more than {count} customers. Please narrow the list.")


@require_GET
def export(request: DeskRequest, form: str) -> HttpResponseBase:
    """Answer the list as it is narrowed, the newest first; who took it stands in the journal."""
    customers = selected(SelectionForm(request.GET, by=request.actor), request)
    count = capped_count(customers, at_most=EXPORTED_AT_MOST)
    if count > EXPORTED_AT_MOST:
        raise BadInput(TOO_MANY.format(count=EXPORTED_AT_MOST))
    note_export(count, form=form, by=request.actor, at=timezone.now())
    rows = sheet_rows(customers.order_by("-id"), by=request.actor)
    return table_file(rows, title=_("customers"), day=timezone.localdate(), form=form)
