"""Where the bundled front-end files are served: "main.js" → "/static/dist/main-1a2b3c4d.js"."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.templatetags.static import static

FOLDER = Path(__file__).resolve().parent.parent / "static" / "dist"


def bundle_url(name: str) -> str:
    """Return the address of a bundled file; before the front end is built, one that does not answer."""
    if settings.DEBUG:
        bundled_names.cache_clear()
        address_of.cache_clear()
    return address_of(name)


@lru_cache(maxsize=64)
def address_of(name: str) -> str:
    return static(f"dist/{bundled_names().get(name, name)}")


@lru_cache(maxsize=1)
def bundled_names() -> dict[str, str]:
    listing = FOLDER / "bundle.json"
    if not listing.exists():
        return {}
    names: dict[str, str] = json.loads(listing.read_text())
    return names
