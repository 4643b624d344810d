"""What a case has to do with others: finding the other one, linking it, taking the link away."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from huiying.cases.actions import relate, unrelate
from huiying.cases.forms import RelationForm
from huiying.cases.models import Relation, Side
from huiying.cases.queries.related import linkable_cases
from huiying.cases.views.deed import Sheet, carry_out, done, visible_case
from huiying.staff.http import DeskRequest

LINK = Sheet(
    title=_("Link another case"),
    button=_("Link"),
    done=_("Linked. Both cases show it."),
    template="cases/_relation_form.html",
)


def relations(request: DeskRequest, number: str) -> HttpResponse:
    case, by = visible_case(request, number), request.actor
    form = RelationForm(request.POST if request.method == "POST" else None, actor=by)

    def link(filled: RelationForm) -> None:
        relate(case, side=Side(filled.cleaned_data["side"]), other=filled.other, by=by, at=now())

    found = linkable_cases(case, str(form["q"].value() or ""), by=by, at=now())
    return carry_out(request, case, form, LINK, link, found=found)


@require_GET
def candidates(request: DeskRequest, number: str) -> HttpResponse:
    """The cases that the words typed so far mean."""
    case, words = visible_case(request, number), request.GET.get("q", "")
    found = linkable_cases(case, words, by=request.actor, at=now())
    return render(request, "cases/_other_cases.html", {"found": found, "query": words})


@require_POST
def removal(request: DeskRequest, number: str, pk: int) -> HttpResponse:
    case = visible_case(request, number)
    links = Relation.objects.of(case).visible_to(request.actor).select_related("case", "other")
    unrelate(get_object_or_404(links, pk=pk), by=request.actor, at=now())
    return done(request, case, _("The link was removed."))
