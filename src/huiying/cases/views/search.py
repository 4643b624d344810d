"""Search from anywhere: the palette while one types, and a page of its own."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from huiying.cases.queries.search import find
from huiying.staff.http import DeskRequest

WORDS_AT_MOST = 100


@require_GET
def palette(request: DeskRequest) -> HttpResponse:
    """Answer with places to go and the likeliest finds, each a link."""
    words = request.GET.get("q", "").strip()[:WORDS_AT_MOST]
    found = find(words, by=request.actor, at=timezone.now(), customers=5, cases=6)
    return render(request, "cases/_palette.html", {"words": words, "found": found})


@require_GET
def search(request: DeskRequest) -> HttpResponse:
    words = request.GET.get("q", "").strip()[:WORDS_AT_MOST]
    found = find(words, by=request.actor, at=timezone.now(), customers=20, cases=30)
    return render(request, "cases/search.html", {"words": words, "found": found})
