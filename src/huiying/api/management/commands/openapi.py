"""`huiying openapi`: print the description of the interface, as kept in docs/openapi.json."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from huiying.api.assembly import description


class Command(BaseCommand):
    help = "Print the OpenAPI description of the interface; keep it with: huiying openapi > docs/openapi.json"
    requires_system_checks = ()

    def handle(self, *_args: Any, **_words: Any) -> None:
        self.stdout.write(description(), ending="")
