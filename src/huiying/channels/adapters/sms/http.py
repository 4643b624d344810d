"""A gateway with an HTTP interface: an address, a body with {phone} and {text} in it, and a header with the key."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, urlencode

from huiying.channels.adapters.refusals import NotNow, Undeliverable
from huiying.kit.outbound import Forbidden, Unreachable, post

TOO_MANY, BROKEN, FINE = 429, 500, range(200, 300)
JSON, FORM = "application/json", "application/x-www-form-urlencoded"


@dataclass(frozen=True, kw_only=True)
class HttpGateway:
    """`template` is a JSON object, or a form as in a query; `success` is what an answer to a sent message contains."""

    url: str
    template: str
    header: str = ""
    secret: str = ""
    success: str = ""

    def send(self, phone: str, text: str) -> None:
        kind, content = filled(self.template, {"phone": phone, "text": text})
        headers = {"Content-Type": kind} | ({self.header: self.secret} if self.header else {})
        try:
            answer = post(self.url, content, headers)
        except Forbidden as forbidden:
            raise Undeliverable(str(forbidden)) from forbidden
        except Unreachable as away:
            raise NotNow(str(away)) from away
        said = f"HTTP {answer.status} {answer.text[:200]}"
        if answer.status == TOO_MANY or answer.status >= BROKEN:
            raise NotNow(said)
        if answer.status not in FINE or self.success not in answer.text:
            raise Undeliverable(said)


def filled(template: str, words: dict[str, str]) -> tuple[str, bytes]:
    """Return the content type and body: words are put into the parts, never into the notation. Raises ValueError."""
    if template.lstrip().startswith("{"):
        return JSON, json.dumps(put(json.loads(template), words), ensure_ascii=False).encode()
    pairs = [(name, put(value, words)) for name, value in parse_qsl(template, strict_parsing=True)]
    return FORM, urlencode(pairs).encode()


def put(part: Any, words: dict[str, str]) -> Any:
    if isinstance(part, dict):
        return {name: put(value, words) for name, value in part.items()}
    if isinstance(part, list):
        return [put(value, words) for value in part]
    if isinstance(part, str):
        return part.replace("{phone}", words["phone"]).replace("{text}", words["text"])
    return part
