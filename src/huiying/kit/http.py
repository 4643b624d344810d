"""What every answer gets: a strict content policy, and a sentence when a rule was broken."""

from __future__ import annotations

import hashlib
import json
from urllib.parse import urlsplit

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.utils.deprecation import MiddlewareMixin
from django.utils.http import url_has_allowed_host_and_scheme

from huiying.kit.guards import DomainError, Sentence
from huiying.kit.troubles import trouble_of

POLICY = "; ".join(
    (
        "default-src 'self'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data: blob:",
        "media-src 'self' blob:",
        "connect-src 'self'",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)
OUR_TROUBLE = 500
UNSPOKEN = frozenset({"csrfmiddlewaretoken", "password", "password1", "password2", "oldpassword", "code"})


class ContentSecurityPolicy(MiddlewareMixin):
    """Only our own scripts and styles run in our pages; a view may set a policy of its own."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        response.headers.setdefault("Content-Security-Policy", POLICY)
        return response


class SayWhatWentWrong(MiddlewareMixin):
    """Turn a broken rule, and what database or disk could not do, into a sentence: a toast for htmx, else a page
    that also keeps what was typed.
    """

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        refusal = exception if isinstance(exception, DomainError) else trouble_of(exception)
        if refusal is None:
            return None
        if request.headers.get("HX-Request"):
            return toast_only(refusal)
        typed = typed_texts(request)
        back = came_from(request)
        if request.method == "POST" and back and not typed and refusal.status < OUR_TROUBLE:
            messages.error(request, str(refusal))
            return HttpResponseRedirect(back)
        context = {"error": refusal, "typed": typed, "back": back}
        return render(request, refusal.page, context, status=refusal.status)


def say(response: HttpResponse, sentence: Sentence, *, tone: str = "success") -> HttpResponse:
    """Let the page show the sentence as a toast when this htmx answer arrives."""
    events = json.loads(response.headers.get("HX-Trigger", "{}"))
    events["say"] = {"text": str(sentence), "tone": tone}
    response["HX-Trigger"] = json.dumps(events)
    return response


def toast_only(error: DomainError) -> HttpResponse:
    response = HttpResponse(status=error.status, headers={"HX-Reswap": "none"})
    return say(response, error.sentence, tone="error")


def typed_texts(request: HttpRequest) -> list[str]:
    """Return what a person wrote by hand: texts long enough that nobody wants to write them again."""
    fields = request.POST.lists() if request.method == "POST" else []
    texts = (text.strip() for name, values in fields if name not in UNSPOKEN for text in values)
    return [text for text in texts if len(text) > 11]


def came_from(request: HttpRequest) -> str:
    """Return the path of the page that asked, or "" when it was not one of ours."""
    address = request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(address, {request.get_host()}, require_https=request.is_secure()):
        return ""
    parts = urlsplit(address)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


def digest_of(request: HttpRequest) -> str:
    """Return a digest of what is asked: address and body, for a form its fields and files."""
    asked = hashlib.sha256(f"{request.method} {request.get_full_path()}\n".encode())
    if request.content_type != "multipart/form-data":
        asked.update(request.body)
        return asked.hexdigest()
    for name, texts in sorted(request.POST.lists()):
        asked.update(repr((name, texts)).encode())
    for name, files in sorted(request.FILES.lists()):
        for file in files:
            file.seek(0)
            asked.update(repr((name, file.name)).encode())
            asked.update(hashlib.sha256(file.read()).digest())
    return asked.hexdigest()


def form_digest(request: HttpRequest) -> str:
    """Return what only this form as it was sent here has: its content, and the CSRF token drawn anew for each page.

    "" when it carries no token, as from a program.
    """
    return digest_of(request) if request.POST.get("csrfmiddlewaretoken") else ""
