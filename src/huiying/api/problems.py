"""Every refusal as problem+json (RFC 9457): a sentence in the caller's language, and the field at fault."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import Any

from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.db import DataError, IntegrityError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.http.request import RawPostDataException
from django.utils.translation import gettext_lazy as _
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError

from huiying.api.sentences import Fault, faults_of
from huiying.kit.guards import DomainError, Sentence
from huiying.kit.troubles import trouble_of

CONTENT_TYPE = "application/problem+json"
TITLES: dict[int, Sentence] = {
    400: _("The request cannot be read"),
    401: _("Please sign in"),
    403: _("Not allowed"),
    404: _("Not found"),
    405: _("This cannot be done here"),
    409: _("Not possible as things stand"),
    413: _("Too large"),
    415: _("Wrong content type"),
    422: _("The input cannot be used"),
    500: _("Something went wrong on our side"),
    503: _("Busy"),
}
CODES = {
    400: "unreadable",
    401: "sign-in",
    403: "refused",
    404: "not-found",
    405: "wrong-method",
    409: "conflict",
    413: "too-large",
    415: "wrong-content-type",
    422: "bad-input",
    500: "our-fault",
    503: "busy",
}
SENTENCES: dict[int, Sentence] = {
    400: _("The request is not what this call understands."),
    401: _("Send a token that is valid: “Authorization: Bearer …”."),
    403: _("You are not allowed to do this."),
    404: _("There is nothing here, or you may not see it."),
    405: _("This address does not answer to that method."),
    413: _("The request is larger than what is accepted."),
    415: _("Send JSON with “Content-Type: application/json”."),
    500: _("Something went wrong on our side. Nothing was changed; please try again, then tell your administrator."),
}


class Unreadable(DomainError):
    """The body is not JSON, not UTF-8, or not even complete."""

    status = 400
    code = "unreadable"


class WrongContentType(DomainError):
    """The body is of a type that the call does not take."""

    status = 415
    code = "wrong-content-type"


def problem(
    status: int, sentence: Sentence = "", *, code: str = "", field: str = "", faults: Sequence[Fault] = ()
) -> HttpResponse:
    """Return the answer that says what is wrong."""
    code = code or CODES.get(status, "refused")
    told: dict[str, Any] = {
        "type": f"/api/docs#{code}",
        "title": str(TITLES.get(status, TITLES[400])),
        "status": status,
        "detail": str(sentence or SENTENCES.get(status, SENTENCES[400])),
    }
    if field:
        told["field"] = field
    if faults:
        told["errors"] = [{"field": fault.field, "detail": fault.sentence} for fault in faults]
    answer = HttpResponse(json.dumps(told, ensure_ascii=False), status=status, content_type=CONTENT_TYPE)
    if status == 401:
        answer["WWW-Authenticate"] = "Bearer"
    if status == 503:
        answer["Retry-After"] = "5"
    return answer


def broken_rule(_request: HttpRequest, error: DomainError) -> HttpResponse:
    return problem(error.status, error.sentence, code=error.code, field=error.field)


def wrong_input(_request: HttpRequest, error: ValidationError) -> HttpResponse:
    faults = faults_of(error.errors)
    return problem(422, faults[0].sentence, field=faults[0].field, faults=faults)


def http_error(_request: HttpRequest, error: HttpError) -> HttpResponse:
    if isinstance(error.__cause__, DomainError):  # ninja wraps what the parser raises
        return broken_rule(_request, error.__cause__)
    return problem(error.status_code)


def trouble(request: HttpRequest, error: Exception) -> HttpResponse:
    refusal = trouble_of(error)
    if refusal is None:
        raise error
    return broken_rule(request, refusal)


def our_fault(_request: HttpRequest, error: Exception) -> HttpResponse:
    """Let it reach the log; `ProblemsUnderApi` then answers."""
    raise error


HANDLERS: dict[type[Exception], Callable[[HttpRequest, Any], HttpResponse]] = {
    DomainError: broken_rule,
    ValidationError: wrong_input,
    HttpError: http_error,
    AuthenticationError: lambda _request, _error: problem(401),
    Http404: lambda _request, _error: problem(404),
    RequestDataTooBig: lambda _request, _error: problem(413),
    SuspiciousOperation: lambda _request, _error: problem(400),
    RawPostDataException: lambda _request, _error: problem(415),
    DataError: trouble,
    IntegrityError: trouble,
    OperationalError: trouble,
    OSError: trouble,
    Exception: our_fault,
}


def install(api: NinjaAPI) -> None:
    """Let the interface say everything that can go wrong in this one way."""
    for kind, handler in HANDLERS.items():
        api.add_exception_handler(kind, handler)
