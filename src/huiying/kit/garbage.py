"""Python's search for rows that only hold each other."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def uncollected() -> Iterator[None]:
    """Let no garbage be looked for meanwhile: among thousands of rows that are all needed it takes long to find none.

    For a span in which little can pile up. Outside, garbage is looked for as before.
    """
    was_looked_for = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_looked_for:
            gc.enable()
