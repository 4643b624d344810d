"""Taking a list of customers out of the house: allowed by name, and written down."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from huiying.customers.policies import may_export, may_uncover
from huiying.customers.verbs import EXPORTED, EXPORTED_WHOLE
from huiying.journal.entries import record
from huiying.journal.models import Entry
from huiying.kit.guards import BadInput, ensure
from huiying.staff.actors import StaffActor
from huiying.staff.models import User

SHORTEST_REASON = 4


def note_export(count: int, *, form: str, by: StaffActor, at: datetime) -> Entry:
    """Write down that somebody exports this many customers, and return the line. Raises Refused for who may not."""
    ensure(may_export(by), _("You are not allowed to export customers."))
    return record(EXPORTED, User(pk=by.pk), by=by, at=at, count=count, form=form)


def note_whole_export(count: int, *, form: str, reason: str, by: StaffActor, at: datetime) -> Entry:
    """Write down that somebody exports this many customers with whole numbers, and why; return the line."""
    ensure(may_export(by) and may_uncover(by), _("You are not allowed to export whole numbers."))
    if len(reason.strip()) < SHORTEST_REASON:
        raise BadInput(_("Please say what the whole numbers are needed for."), field="reason")
    return record(EXPORTED_WHOLE, User(pk=by.pk), by=by, at=at, count=count, form=form, reason=reason.strip()[:200])
