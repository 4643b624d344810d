"""Finding the working calendar that is meant."""

from __future__ import annotations

from django.db import DatabaseError
from django.utils.translation import gettext as _

from huiying.deadlines.arithmetic.calendar import WorkingCalendar
from huiying.deadlines.arithmetic.state_council import SHIPPED, shipped_calendar
from huiying.deadlines.catalogue import catalogue
from huiying.kit.guards import BadInput


def calendar_named(code: str = "") -> WorkingCalendar:
    """Return the calendar `code`, by default the company's. Before the database exists, that is the shipped one.

    Raises BadInput when there is none of that name.
    """
    wanted = code or SHIPPED
    try:
        known = catalogue()
    except DatabaseError:
        known = None
    if known is not None and wanted in known.codes:
        return known.calendar(known.codes[wanted])
    if wanted == SHIPPED:
        return shipped_calendar()
    raise BadInput(_("There is no calendar called “%(name)s”.") % {"name": code}, field="calendar")
