"""What Django itself refuses under /api/ — an unknown address, a wrong method — is said as a problem, too."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from huiying.api.problems import CONTENT_TYPE, problem

PREFIX = "/api/v"


class ProblemsUnderApi:
    """Turn every other refusal under the interface's address into problem+json."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        answer = self.get_response(request)
        if answer.status_code < 400 or not request.path.startswith(PREFIX):
            return answer
        if answer.headers.get("Content-Type", "").startswith(CONTENT_TYPE):
            return answer
        told = problem(answer.status_code)
        if answer.has_header("Allow"):
            told["Allow"] = answer["Allow"]
        return told
