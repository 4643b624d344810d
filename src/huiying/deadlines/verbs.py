"""What can happen to clocks, policies and calendars. Rungs of a ladder name the first four by code."""

from __future__ import annotations

from datetime import datetime

from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from huiying.deadlines.arithmetic.units import parse_length
from huiying.journal.verbs import Verb


def moment_reads(iso: str | None) -> str:
    """Return a moment kept in ISO 8601 as its reader would write it."""
    return f"{localtime(datetime.fromisoformat(iso)):%Y-%m-%d %H:%M}" if iso else "…"


def length_reads(code: str) -> str:
    """Return a length kept as 30m, 4h or 2d the way people say it."""
    return str(parse_length(code))


TOLD = Verb("clock_told", _("“{name}” began and is watched from the first moment"))
WARNED = Verb("clock_warned", _("“{name}”: {percent}% of the time is used"))
MISSED = Verb("clock_missed", _("“{name}” was missed"), loud=True)
ESCALATED = Verb("clock_escalated", _("“{name}” is at {percent}% of its time"), loud=True)
REPLANNED = Verb(
    "clock_replanned",
    _("“{name}” is due {new} instead of {old}"),
    words={"new": moment_reads, "old": moment_reads},
)
EXTENSION_ASKED = Verb("extension_asked", _("asked for {length} more for “{name}”"), words={"length": length_reads})
EXTENDED = Verb(
    "clock_extended",
    _("allowed {length} more: “{name}” is due {new} instead of {old}"),
    words={"new": moment_reads, "old": moment_reads, "length": length_reads},
)
EXTENSION_REFUSED = Verb("extension_refused", _("refused {length} more for “{name}”"), words={"length": length_reads})
DROPPED = Verb("clock_dropped", _("“{name}” no longer applies"))
FOLLOW_UP = Verb("clock_follow_up", _("“{name}” stands still; it is time to follow up"))
PAUSE_ENDED = Verb("clock_pause_ended", _("the longest pause is over; “{name}” runs again"), loud=True)

POLICY_ADDED = Verb("policy_added", _("added the policy “{name}”"))
POLICY_CHANGED = Verb("policy_changed", _("changed the policy “{name}”, now version {version}"))
CALENDAR_ADDED = Verb("calendar_added", _("added the calendar “{name}”"))
CALENDAR_CHANGED = Verb("calendar_changed", _("changed the calendar “{name}”"))
HOLIDAYS_READ = Verb("holidays_read", _("read in the holidays of {years} for the calendar “{name}”"))
