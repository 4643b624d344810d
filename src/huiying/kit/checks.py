"""What `huiying check` says about the installation itself."""

from __future__ import annotations

from typing import Any

from django.core import checks

from .bundle import bundled_names


@checks.register()
def front_end_is_built(**kwargs: Any) -> list[checks.CheckMessage]:
    """Warn when pages would come without style and script."""
    if bundled_names():
        return []
    return [
        checks.Warning(
            "The front end is not built, so pages have no style.",
            hint="Install the package with pip (which builds it), or run `npm ci && npm run build` in frontend/.",
            id="huiying.W001",
        )
    ]
