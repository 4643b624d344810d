"""The interface explained on a page: each call with its fields, read from its own description."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from huiying.api.problems import CODES, TITLES
from huiying.kit.guards import Sentence

Description = dict[str, Any]
CHAPTERS: dict[str, Sentence] = {
    "cases": gettext_lazy("Cases"),
    "conversation": gettext_lazy("Conversation"),
    "investigation": gettext_lazy("Investigation"),
    "offers": gettext_lazy("Offers"),
    "actions": gettext_lazy("Action items"),
    "confirmation": gettext_lazy("Confirmation"),
    "closure": gettext_lazy("Closing and reopening"),
    "customers": gettext_lazy("Customers"),
    "staff": gettext_lazy("Colleagues"),
    "finding": gettext_lazy("Search and events"),
    "imports": gettext_lazy("Imports"),
}
WORDS: dict[str, Sentence] = {
    "string": gettext_lazy("text"),
    "integer": gettext_lazy("whole number"),
    "number": gettext_lazy("number"),
    "boolean": "true | false",
    "object": gettext_lazy("object"),
    "date-time": gettext_lazy("moment with its zone"),
    "date": gettext_lazy("day"),
    "binary": gettext_lazy("file"),
}


@dataclass(frozen=True, kw_only=True)
class Part:
    """A field or parameter: its name as it is sent, and what it takes."""

    name: str
    takes: str
    required: bool


@dataclass(frozen=True, kw_only=True)
class Call:
    """One call of the interface."""

    anchor: str
    method: str
    path: str
    summary: str
    asked: list[Part]
    body: list[Part]
    answer: list[Part]
    example: str


@dataclass(frozen=True, kw_only=True)
class Chapter:
    code: str
    name: str
    calls: list[Call]


@dataclass(frozen=True, kw_only=True)
class Refusal:
    """A code of a problem, with its status and title."""

    code: str
    status: int
    title: str


def chapters(description: Description) -> list[Chapter]:
    """Return all calls by chapter, in the order of the chapters above."""
    calls: dict[str, list[Call]] = {code: [] for code in CHAPTERS}
    for path, methods in description["paths"].items():
        for method, call in methods.items():
            calls.setdefault(call["tags"][0], []).append(call_of(method, path, call, description))
    return [
        Chapter(code=code, name=str(CHAPTERS.get(code, code)), calls=found) for code, found in calls.items() if found
    ]


def refusals() -> list[Refusal]:
    return [Refusal(code=code, status=status, title=str(TITLES[status])) for status, code in CODES.items()]


def call_of(method: str, path: str, call: Description, description: Description) -> Call:
    reader = Reader(description["components"]["schemas"])
    body = schema_in(call.get("requestBody", {}))
    asked = [reader.part(one["name"], one["schema"], one["required"]) for one in call["parameters"]]
    return Call(
        anchor=call["operationId"],
        method=method.upper(),
        path=path,
        summary=_(call["summary"]),
        asked=asked,
        body=list(reader.parts(body)),
        answer=list(reader.parts(success_of(call))),
        example=example(method, path, body, reader),
    )


def success_of(call: Description) -> Description:
    return next((schema_in(answer) for status, answer in call["responses"].items() if int(status) < 300), {})


def schema_in(told: Description) -> Description:
    """Return the schema of what is sent or answered, whatever its content type; empty where there is none."""
    schemas: list[Description] = [content["schema"] for content in told.get("content", {}).values()]
    return schemas[0] if schemas else {}


class Reader:
    """Reads JSON schemas; `schemas` are those that others refer to."""

    def __init__(self, schemas: Description) -> None:
        self.schemas = schemas

    def parts(self, schema: Description, prefix: str = "") -> Iterator[Part]:
        """Yield the fields of an object, those of objects within under "outer.inner", of lists under "list[].inner"."""
        schema = self.plain(schema)
        for name, inner in schema.get("properties", {}).items():
            place = f"{prefix}{name}"
            yield self.part(place, inner, name in schema.get("required", []))
            yield from self.parts(inner, f"{place}.")
            yield from self.parts(self.plain(inner).get("items", {}), f"{place}[].")

    def part(self, name: str, schema: Description, required: bool) -> Part:
        return Part(name=name, takes=self.in_words(schema), required=required)

    def plain(self, schema: Description) -> Description:
        """Follow a reference, and see past "or null"."""
        choices = [one for one in schema.get("anyOf", []) if one.get("type") != "null"]
        if choices:
            return self.plain(choices[0])
        if "$ref" in schema:
            return self.plain(self.schemas[schema["$ref"].rsplit("/", 1)[-1]])
        return schema

    def in_words(self, schema: Description) -> str:
        schema = self.plain(schema)
        if "enum" in schema:
            return " | ".join(map(str, schema["enum"]))
        if "items" in schema:
            return _("list of: %(items)s") % {"items": self.in_words(schema["items"])}
        kinds = schema.get("type", "")
        kind = str(kinds[0] if isinstance(kinds, list) else kinds)
        words = str(WORDS.get(str(schema.get("format")), WORDS.get(kind, "")))
        if "maxLength" in schema:
            return _("%(kind)s, at most %(count)s characters") % {"kind": words, "count": schema["maxLength"]}
        return words

    def sample(self, schema: Description) -> object:
        """Return a small value of the schema: required fields only."""
        schema = self.plain(schema)
        if "enum" in schema:
            return schema["enum"][0]
        if "properties" in schema:
            needed = schema.get("required") or list(schema["properties"])[:1]
            return {name: self.sample(schema["properties"][name]) for name in needed}
        samples = {"integer": 1, "number": 1, "boolean": True, "array": []}
        return samples.get(str(schema.get("type", "")), (schema.get("examples") or ["…"])[0])


def example(method: str, path: str, body: Description, reader: Reader) -> str:
    """Return the call as a command line."""
    lines = [f'curl "$HUIYING{path}"', '-H "Authorization: Bearer $TOKEN"']
    if method != "get":
        lines.insert(1, f"-X {method.upper()}")
    if body and "attachments" not in reader.plain(body).get("properties", {}):
        sent = json.dumps(reader.sample(body), ensure_ascii=False)
        lines += ['-H "Content-Type: application/json"', f"-d '{sent}'"]
    return " \\\n  ".join(lines)
