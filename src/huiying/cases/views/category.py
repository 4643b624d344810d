"""Categories as one looks them up while registering or investigating."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from huiying.cases.models import Category
from huiying.cases.queries.category import matching_categories, suggested_categories
from huiying.staff.http import DeskRequest
from huiying.staff.references import key_in


@require_GET
def suggest(request: DeskRequest) -> HttpResponse:
    """Answer `?q=wlyw`, or without it suggest from the customer's words in `?description=`; `?kind=` narrows.

    What is chosen already (`?category=`) stays among the answers.
    """
    asked = request.GET
    query, kind = asked.get("q", "").strip(), asked.get("kind", "")
    hits = (
        matching_categories(query, kind=kind)
        if query
        else suggested_categories(asked.get("description", ""), kind=kind)
    )
    chosen = asked.get("category", "")
    hits = [*chosen_elsewhere(chosen, hits), *hits]
    context = {"hits": hits, "query": query, "chosen": chosen, "name": asked.get("name", "category")}
    return render(request, "cases/_category_hits.html", context)


def chosen_elsewhere(chosen: str, hits: list[Category]) -> list[Category]:
    """Return the chosen category where the hits lack it."""
    key = key_in(chosen)
    return list(Category.objects.in_use().filter(pk=key)) if key not in {hit.pk for hit in hits} else []
