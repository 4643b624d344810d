"""The list of cases: ready-made views, filters, words, pages by keyset, and the same as a file."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET

from huiying.cases.actions.changes import MAY
from huiying.cases.actions.export import note_export
from huiying.cases.forms.selection import SelectionForm
from huiying.cases.models import Batch, Case, SavedView
from huiying.cases.models.case import CaseQuerySet
from huiying.cases.policies import may_change_view, may_declare_incident, may_export
from huiying.cases.queries.export import EXPORTED_AT_MOST, sheet_rows
from huiying.cases.queries.saved_view import offered_to, open_view
from huiying.cases.queries.selection import selected, views_for
from huiying.journal.marks import mark_of
from huiying.kit.downloads import table_file
from huiying.kit.guards import BadInput, Sentence
from huiying.kit.paging import Rows, capped_count, neighbours, page_of, query_with
from huiying.staff.http import DeskRequest

PAGE = 50
LONGEST_KEY = 12
COUNTED_AT_MOST = 500
TOO_MANY = gettext_lazy("These are more than {count} cases. Please narrow the list, e.g. to one month.")


@dataclass(frozen=True)
class Bulk:
    """A button of the bar that appears when cases are ticked."""

    code: Batch.Deed
    name: Sentence
    icon: str
    key: str


BULK = (
    Bulk(Batch.Deed.ASSIGNMENT, gettext_lazy("Assign"), "user", "a"),
    Bulk(Batch.Deed.URGENCY, gettext_lazy("Urgency"), "flag", "u"),
    Bulk(Batch.Deed.CATEGORY, gettext_lazy("Category"), "hierarchy", "c"),
    Bulk(Batch.Deed.TAG, gettext_lazy("Add a tag"), "tags", "t"),
    Bulk(Batch.Deed.UNTAG, gettext_lazy("Take a tag off"), "x", ""),
)


@require_GET
def case_list(request: DeskRequest) -> HttpResponse:
    form = SelectionForm(request.GET, actor=request.actor)
    selection = form.selection()
    cases = selected(selection, by=request.actor, at=timezone.now())
    page = page_of(cases.for_rows(), by=selection.order, cursor=request.GET.get("cursor", ""), limit=PAGE)
    saved = offered_to(request.actor)
    saved_view = open_view(saved, form["saved"].value())
    context = {
        "saved_views": saved,
        "saved_view": saved_view,
        "may_change_view": saved_view is not None and may_change_view(request.actor, saved_view),
        "may_save_view": saved_view is None or saved_view.filters != form.filters(),
        "removed_view": removed_view(request),
        "form": form,
        "selection": selection,
        "views": views_for(request.actor),
        "page": page,
        **neighbours(request.GET, page),
        "count_words": count_in_words(count_of(cases, page)),
        "query": query_with(request.GET, cursor=""),
        "may_export": may_export(request.actor),
        "may_declare": may_declare_incident(request.actor),
        "bulk": [deed for deed in BULK if MAY[deed.code](request.actor)],
    }
    return render(request, "cases/_listing.html" if request.htmx else "cases/list.html", context)


def removed_view(request: DeskRequest) -> SavedView | None:
    """Return the view just deleted, so that it can be brought back."""
    key = request.GET.get("removed", "")
    if not key.isdecimal() or len(key) > LONGEST_KEY:
        return None
    view = SavedView.objects.visible_to(request.actor).filter(pk=key, removed_at__isnull=False).first()
    return view if view is not None and may_change_view(request.actor, view) else None


@require_GET
def export(request: DeskRequest, form: str) -> HttpResponseBase:
    """Answer the same list as a file, the newest first."""
    selection = SelectionForm(request.GET, actor=request.actor).selection()
    cases = selected(selection, by=request.actor, at=timezone.now()).order_by("-received_at", "-id")
    count = capped_count(cases, at_most=EXPORTED_AT_MOST)
    if count > EXPORTED_AT_MOST:
        raise BadInput(TOO_MANY.format(count=EXPORTED_AT_MOST))
    entry = note_export(count, form=form, by=request.actor, at=timezone.now())
    return table_file(sheet_rows(cases), title=_("cases"), day=timezone.localdate(), form=form, mark=mark_of(entry))


def count_of(cases: CaseQuerySet, page: Rows[Case]) -> int:
    """Count the list; one that fits on its page is counted already."""
    if page.next_cursor is None and page.previous_cursor is None:
        return len(page.items)
    return capped_count(cases, at_most=COUNTED_AT_MOST)


def count_in_words(count: int) -> str:
    """Say how many there are; beyond the cap, that there are more."""
    if count > COUNTED_AT_MOST:
        return _("%(count)s+ cases") % {"count": COUNTED_AT_MOST}
    return ngettext("%(count)s case", "%(count)s cases", count) % {"count": count}
