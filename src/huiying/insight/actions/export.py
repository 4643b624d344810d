"""Taking figures out of the house: allowed by name, and written down."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from huiying.insight.policies import may_export
from huiying.insight.verbs import VALUES_EXPORTED
from huiying.journal.entries import record
from huiying.journal.models import Entry
from huiying.kit.guards import ensure
from huiying.staff.actors import StaffActor
from huiying.staff.models import User


def note_export(count: int, *, form: str, by: StaffActor, at: datetime) -> Entry:
    """Write down that somebody exports the figures of so many customers, and return the line. Raises Refused for who
    may not."""
    ensure(may_export(by), _("You are not allowed to export customers."))
    return record(VALUES_EXPORTED, User(pk=by.pk), by=by, at=at, count=count, form=form)
