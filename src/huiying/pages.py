"""`python -m huiying.pages`: the web processes. The program is loaded once; the workers are forked and share it."""

from __future__ import annotations

import argparse
import gc
from typing import Any

from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from huiying.serving import application

TARGET = "huiying.serving:application"
WAITING_AT_MOST = 2048
ENDED_AFTER = 5  # seconds; open streams end by themselves never, and whoever reads one comes back


def main() -> None:
    """Serve pages by few single-threaded processes, each reading its live streams on its event loop."""
    parser = argparse.ArgumentParser(prog="huiying.pages", description=__doc__)
    parser.add_argument("--host", required=True)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--workers", type=int, required=True)
    words = parser.parse_args()
    load_all()
    server = Granian(
        TARGET,
        address=words.host,
        port=words.port,
        interface=Interfaces.RSGI,
        workers=words.workers,
        websockets=False,
        backlog=WAITING_AT_MOST,
        backpressure=WAITING_AT_MOST,
        log_level=LogLevels.warning,
        respawn_failed_workers=True,
        workers_kill_timeout=ENDED_AFTER,
    )
    server.serve(target_loader=loaded, wrap_loader=False)


def load_all() -> None:
    """Load what the first pages would: addresses, templates' tags, the words of the default language.

    Nothing of it is collected as garbage later, so the workers' memory stays shared.
    """
    from django.conf import settings
    from django.template import engines
    from django.urls import get_resolver
    from django.utils import translation

    get_resolver().url_patterns  # noqa: B018 - looking at it loads every view
    engines.all()
    with translation.override(settings.LANGUAGE_CODE):
        translation.gettext("Save")
    gc.collect()
    gc.freeze()


def loaded() -> Any:
    return application


if __name__ == "__main__":
    main()
