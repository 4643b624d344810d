"""The work list of customers who may be one: compare them, or say that they are not."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from huiying.customers.actions.pairing import dismiss
from huiying.customers.models import Pair
from huiying.customers.policies import may_merge
from huiying.customers.queries.pairs import shown_pairs
from huiying.kit.guards import ensure
from huiying.kit.paging import neighbours, page_of, query_with
from huiying.staff.http import DeskRequest

PAGE = 30


@require_GET
def review(request: DeskRequest) -> HttpResponse:
    """Pairs that nobody has decided, the strongest evidence first."""
    ensure(may_merge(request.actor), _("You are not allowed to merge customers."))
    waiting = Pair.objects.waiting().visible_to(request.actor).for_list()
    page = page_of(waiting, by="-strength", cursor=request.GET.get("cursor", ""), limit=PAGE)
    context = {
        "page": page,
        "pairs": shown_pairs(page.items),
        "query": query_with(request.GET, cursor=""),
        **neighbours(request.GET, page),
    }
    return render(request, "customers/duplicates.html", context)


@require_POST
def dismissal(request: DeskRequest, pk: int) -> HttpResponse:
    pair = get_object_or_404(Pair.objects.visible_to(request.actor).for_list(), pk=pk)
    dismiss(pair, by=request.actor, at=now())
    if request.htmx:
        return render(request, "customers/_pair_apart.html", {"pair": pair})
    messages.success(request, _("Remembered: they are not the same."))
    return redirect("customers:duplicates_review")
