"""What the database or the disk could not do, as a refusal with a sentence: every door says it the same way."""

from __future__ import annotations

import errno
import logging
import shutil

from django.conf import settings
from django.db import DataError, IntegrityError, OperationalError
from django.utils.translation import gettext_lazy as _

from huiying.kit.guards import BadInput, DomainError

log = logging.getLogger(__name__)

NO_ROOM = ("disk is full", "no space left", "could not extend file")
MEBIBYTE = 1024 * 1024


class LostTheRace(DomainError):
    """Somebody else had just done what a constraint allows once (409)."""

    status = 409
    code = "conflict"


class Busy(DomainError):
    """The database did not answer in time (503)."""

    status = 503
    code = "busy"


class NoRoom(DomainError):
    """The disk is full (503)."""

    status = 503
    code = "no-room"


def trouble_of(error: Exception) -> DomainError | None:
    """Return the refusal for what database or disk raised; None for any other mistake, which is ours."""
    if isinstance(error, DataError):
        log.warning("A value passed our checks and was refused by the database: %s", error)
        return BadInput(_("A value is larger than what can be kept."))
    if isinstance(error, IntegrityError):
        log.warning("A constraint refused what somebody else had just done: %s", error)
        return LostTheRace(_("Somebody changed the same thing at the same moment. Please try again."))
    if is_out_of_room(error):
        log.error("Nothing can be saved, the disk is full: %s", error)
        return NoRoom(
            _("Nothing can be saved: the server's disk is full. What was saved before is safe; tell the administrator.")
        )
    if isinstance(error, OperationalError):
        log.error("The database did not answer in time: %s", error)
        return Busy(_("The database is busy. Nothing was changed; please try again in a moment."))
    return None


def is_out_of_room(error: Exception) -> bool:
    if isinstance(error, OperationalError):
        told = str(error).lower()
        return any(words in told for words in NO_ROOM) or room_left() < MEBIBYTE
    return isinstance(error, OSError) and error.errno in {errno.ENOSPC, errno.EDQUOT}


def room_left() -> int:
    """Return how many bytes the data folder can still take."""
    return shutil.disk_usage(settings.DATA_DIR).free
