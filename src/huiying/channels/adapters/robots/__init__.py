"""Group robots: a message posted to the address that a group gave its robot."""

from .kinds import SPEAKERS, shout
from .mention import Mention

__all__ = ["SPEAKERS", "Mention", "shout"]
