"""How a road refuses what it is handed, sorted by what may help."""

from __future__ import annotations


class ServerAway(Exception):
    """The server cannot be reached, or lets us in no more: try everything later."""


class NotNow(Exception):
    """The server puts this message off: try it later."""


class Undeliverable(Exception):
    """The server refuses this message for good."""
