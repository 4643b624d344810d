"""The page that explains the interface. Anybody may read it: it tells how to ask, and nothing of what is kept."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from huiying.api.assembly import interface
from huiying.api.reference import chapters, refusals


@require_GET
def docs(request: HttpRequest) -> HttpResponse:
    description = interface.get_openapi_schema()
    return render(request, "api/docs.html", {"chapters": chapters(description), "refusals": refusals()})
