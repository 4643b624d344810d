"""A test stand: small pages that use one part of the front end each, and remember what they were sent."""

from __future__ import annotations

import json
from collections.abc import Iterator

from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.template import RequestContext, Template
from django.urls import include, path

from huiying.kit.guards import Refused
from huiying.urls import urlpatterns as real

sent: list[dict[str, str]] = []
state = {"version": 1}
news: list[dict[str, object]] = []  # what the stream tells next: the case and its version

PAGE = """{% extends "base.html" %}{% block title %}试验台{% endblock %}
{% block content %}<h1>试验台</h1>BODY{% endblock %}"""
DRAFT = """<form id="f" method="post" action="/stand/taken/" data-draft-url="DRAFT_URL">{% csrf_token %}
<div class="field"><textarea name="text" aria-label="正文"></textarea></div>
<button class="btn btn-primary">保存</button><span data-draft-status role="status"></span></form>"""
LIST = """<ul>{% for n in "123" %}
<li data-row><a href="/stand/thing/{{ n }}/">第 {{ n }} 件</a></li>
{% endfor %}</ul>"""
BOARD = """<div class="board" data-board>
<section class="column"><h2 class="column-head">待受理</h2>
<div class="column-cards" data-stage="received" data-name="待受理">
<article id="card" class="ticket" data-card data-row data-version="3" data-move-url="/stand/MOVE/">
<a href="#c">冰箱</a></article></div></section>
<section class="column"><h2 class="column-head">已受理</h2>
<div id="accepted" class="column-cards" data-stage="accepted" data-name="已受理"></div></section></div>"""
LIVE = """<div id="case" data-live="case:C2026-000001" data-version="{{ version }}"
hx-get="/stand/case/" hx-trigger="live" hx-swap="outerHTML">
<p id="line" data-entry data-version="{{ version }}">第 {{ version }} 版</p></div>"""


def drawn(request: HttpRequest, body: str, **context: object) -> HttpResponse:
    return HttpResponse(Template(PAGE.replace("BODY", body)).render(RequestContext(request, context)))


def note(request: HttpRequest) -> HttpResponse:
    sent.append(request.POST.dict())
    return HttpResponse(status=204)


def refuse(request: HttpRequest) -> HttpResponse:
    raise Refused("先核实，再受理。")


def form(request: HttpRequest) -> HttpResponse:
    return HttpResponse('<form><label class="field">原因<input name="reason"></label></form>')


def case(request: HttpRequest) -> HttpResponse:
    return HttpResponse(Template(LIVE).render(RequestContext(request, state)))


def live(request: HttpRequest) -> HttpResponseBase:
    def events() -> Iterator[str]:
        yield ": hello\n\n"
        while news:
            yield f"event: case\ndata: {json.dumps(news.pop())}\n\n"

    return StreamingHttpResponse(events(), content_type="text/event-stream")


stand = [
    path("draft/", lambda request: drawn(request, DRAFT.replace("DRAFT_URL", "/stand/taken/"))),
    path("draft/lost/", lambda request: drawn(request, DRAFT.replace("DRAFT_URL", "/stand/refusal/"))),
    path("list/", lambda request: drawn(request, LIST)),
    path("thing/<int:number>/", lambda request, number: drawn(request, f"<p id=thing>{number}</p>")),
    path("board/<slug:move>/", lambda request, move: drawn(request, BOARD.replace("MOVE", move))),
    path("live/", lambda request: drawn(request, LIVE, **state)),
    path("taken/", note),
    path("refusal/", refuse),
    path("form/", form),
    path("case/", case),
]
urlpatterns = [path("live/", live, name="live"), path("stand/", include(stand)), *real]
