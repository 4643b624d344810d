"""The mark on a file that leaves the house: who took it, when, and the journal line that tells so (SPEC A8)."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext as _

from huiying.journal.models import Entry


def mark_of(entry: Entry) -> str:
    """Return the line to write below a table; importing the file again leaves it out as a note."""
    return _("Note: exported by {name} on {when}, log entry {number}. For internal work only.").format(
        name=entry.actor_name, when=f"{timezone.localtime(entry.at):%Y-%m-%d %H:%M}", number=entry.pk
    )
