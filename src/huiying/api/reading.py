"""Reading what a caller sends: JSON in UTF-8, without characters that no database keeps."""

from __future__ import annotations

import json
from typing import Any

from django.http import HttpRequest
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _
from ninja.parser import Parser

from huiying.api.problems import Unreadable, WrongContentType
from huiying.kit.guards import BadInput


class CarefulParser(Parser):
    """Refuse a body that is not JSON, and texts that cannot be kept, with a sentence."""

    def parse_body(self, request: HttpRequest) -> Any:
        if request.content_type != "application/json":
            raise WrongContentType(_("Send JSON with “Content-Type: application/json”."))
        try:
            sent = json.loads(request.body.decode(), parse_constant=refuse_constant)
        except UnicodeDecodeError:
            raise Unreadable(_("The body is not UTF-8.")) from None
        except (ValueError, RecursionError):
            raise Unreadable(_("The body is not valid JSON.")) from None
        ensure_keepable(sent)
        return sent

    def parse_querydict(self, data: MultiValueDict[str, Any], list_fields: list[str], request: HttpRequest) -> Any:
        for name in data:
            ensure_keepable(data.getlist(name), name)
        return super().parse_querydict(data, list_fields, request)


def ensure_keepable(sent: object, place: str = "") -> None:
    """Raise BadInput where a text holds what no text may hold: NUL, or half of a surrogate pair."""
    waiting: list[tuple[object, str]] = [(sent, place)]
    while waiting:
        value, where = waiting.pop()
        if isinstance(value, str) and not is_keepable(value):
            raise BadInput(_("“{field}” holds characters that no text can hold.").format(field=where), field=where)
        if isinstance(value, dict):
            waiting.extend((key, where) for key in value)
            waiting.extend((inner, f"{where}.{key}".lstrip(".")) for key, inner in value.items())
        if isinstance(value, list):
            waiting.extend((inner, where) for inner in value)


def is_keepable(text: str) -> bool:
    return "\0" not in text and not any("\ud800" <= character <= "\udfff" for character in text)


def refuse_constant(name: str) -> None:
    raise ValueError(name)
