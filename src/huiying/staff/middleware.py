"""Everybody signs in first; then the request knows its actor."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.utils import translation

from huiying.staff.actors import actor_of

Next = Callable[[HttpRequest], HttpResponse]
OPEN_PREFIXES = (
    "/accounts/login",
    "/accounts/welcome/",
    "/accounts/inactive",
    "/accounts/2fa/authenticate",
    "/api/",
    "/c/",
    "/u/",
    "/f/",
    "/static/",
    "/first/",
    "/language/",
)
OPEN_PATHS = frozenset({"/healthz", "/readyz", "/metrics", "/favicon.ico", "/robots.txt"})


class SignInRequired:
    """Send whoever is not signed in to the sign-in page; what opens without is listed here and nowhere else."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if is_open(request.path) or request.user.is_authenticated:
            return self.get_response(request)
        if request.headers.get("HX-Request"):
            return HttpResponse(status=401, headers={"HX-Redirect": "/accounts/login/"})
        return redirect_to_login(request.get_full_path())


class KnowTheActor:
    """Put `request.actor` on the request, and speak the language that the person chose."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.actor = None  # type: ignore[attr-defined]  # DeskRequest declares it
        if not is_open(request.path) and request.user.is_authenticated:
            request.actor = actor_of(request.user)  # type: ignore[attr-defined]
            if request.user.language:
                translation.activate(request.user.language)
                request.LANGUAGE_CODE = request.user.language
        return self.get_response(request)


def is_open(path: str) -> bool:
    return path in OPEN_PATHS or path.startswith(OPEN_PREFIXES)
