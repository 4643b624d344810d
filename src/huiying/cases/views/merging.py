"""Merging a duplicate into the case that stays, and undoing it."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from huiying.cases.actions import merge as merge_case
from huiying.cases.actions import undo_merge
from huiying.cases.forms.relation import OtherCaseFields
from huiying.cases.queries.merged import merge_to_undo
from huiying.cases.queries.related import linkable_cases
from huiying.cases.views.deed import Sheet, carry_out, visible_case
from huiying.kit.forms import DeskForm
from huiying.staff.http import DeskRequest

MERGE = Sheet(
    title=_("Merge as duplicate"),
    button=_("Merge"),
    done=_("Merged. What the customer writes now arrives at the case that stays."),
    hint=_(
        "This case ends and goes on as the other one, which keeps the earlier start of both. "
        "Until that one is closed it can be undone."
    ),
    template="cases/_merge_form.html",
)
UNDO = Sheet(
    title=_("Undo the merge"),
    button=_("Undo the merge"),
    done=_("The case goes on by itself again."),
    hint=_("It goes back to its stage and its clocks run as before; what was said meanwhile stays at the other case."),
)


def merge(request: DeskRequest, number: str) -> HttpResponse:
    case, by = visible_case(request, number), request.actor
    form = OtherCaseFields(request.POST if request.method == "POST" else None, actor=by)
    found = linkable_cases(case, str(form["q"].value() or ""), by=by, at=now())

    def unite(filled: OtherCaseFields) -> None:
        merge_case(case, into=filled.other, by=by, at=now())

    return carry_out(request, case, form, MERGE, unite, found=[other for other in found if other.is_open])


def undoing(request: DeskRequest, number: str) -> HttpResponse:
    case = visible_case(request, number)
    made = merge_to_undo(case, by=request.actor)
    if made is None:
        raise Http404
    form = DeskForm(request.POST if request.method == "POST" else None)
    return carry_out(request, case, form, UNDO, lambda _form: undo_merge(made, by=request.actor, at=now()))
