"""What ninja's description of the interface leaves out: the refusals every call may meet, and the key of a POST."""

from __future__ import annotations

from typing import Any

from ninja import NinjaAPI
from ninja.errors import ConfigError
from ninja.openapi.schema import OpenAPISchema

from huiying.api.problems import CONTENT_TYPE
from huiying.api.replies import HEADER

Description = dict[str, Any]

PROBLEM: Description = {
    "title": "Problem",
    "type": "object",
    "description": "Why a call was refused (RFC 9457).",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": {"type": "string", "format": "uri-reference"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string", "description": "A sentence for the person who tried."},
        "field": {"type": "string", "description": "The input at fault."},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["field", "detail"],
                "properties": {"field": {"type": "string"}, "detail": {"type": "string"}},
            },
        },
    },
}
REFUSALS = {
    "401": "No valid token",
    "403": "Not allowed",
    "404": "Not there, or not visible",
    "422": "Input that cannot be used",
}
REFUSALS_OF_WRITING = {
    "400": "A body that cannot be read",
    "409": "Not possible as things stand",
    "413": "Too large",
    "415": "Wrong content type",
}
KEY_PARAMETER: Description = {
    "in": "header",
    "name": HEADER,
    "required": False,
    "description": "A POST with the same key and body is done once and answered alike for two days.",
    "schema": {"type": "string", "minLength": 1, "maxLength": 255, "pattern": "^[!-~]+$"},
}


class OneNameEach(OpenAPISchema):
    """ninja's description, which would let one schema silently take the place of another of its name."""

    def add_schema_definitions(self, definitions: Description) -> None:
        for name, definition in definitions.items():
            if self.schemas.get(name, definition) != definition:
                raise ConfigError(f"Two different schemas are called {name}.")
        super().add_schema_definitions(definitions)


def described(api: NinjaAPI, *, path_prefix: str) -> Description:
    """Return the description of the interface; each call with its refusals, each POST with its Idempotency-Key."""
    description = OneNameEach(api, path_prefix)
    description["components"]["schemas"]["Problem"] = PROBLEM
    for calls in description["paths"].values():
        for method, call in calls.items():
            tell_refusals(call, REFUSALS if method == "get" else {**REFUSALS, **REFUSALS_OF_WRITING})
            if method == "post":
                call["parameters"].append(KEY_PARAMETER)
    return description


def tell_refusals(call: Description, refusals: dict[str, str]) -> None:
    content = {CONTENT_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    for status, words in refusals.items():
        call["responses"].setdefault(status, {"description": words, "content": content})
