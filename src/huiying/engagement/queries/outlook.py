"""What a contact will count for once it is recorded, said while one still types (SPEC B1, B3)."""

from __future__ import annotations

from datetime import datetime

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from huiying.customers.models import Customer
from huiying.engagement.crediting import is_kept_by, open_slots
from huiying.engagement.models import Interaction, Means, PlannedContact
from huiying.kit.times import day_in_words


def warning_of(customer: Customer, planned: PlannedContact, means: str, at: datetime) -> str:
    """Say that the contact will not count for the one planned, why, and what it will count for; "" where it does."""
    spoken = Interaction(customer=customer, means=means, at=at)
    day, today = localdate(at), localdate()
    if is_kept_by(planned, spoken, day=day) or planned.policy is None:
        return ""
    begins, ends = planned.may_fall_on
    if begins is not None and ends is not None and not begins <= day <= ends:
        why = _("The plan asked for it between %(begins)s and %(ends)s.") % {
            "begins": day_in_words(begins, today=today),
            "ends": day_in_words(ends, today=today),
        }
    else:
        said = {"means": Means(means).label, "asked": planned.policy.means_in_words}
        why = _("%(means)s is not close enough; asked for is %(asked)s, or closer.") % said
    planned_for = {"day": day_in_words(planned.due_on, today=today)}
    return " ".join([_("It will not count for the contact planned for %(day)s.") % planned_for, why, instead(spoken)])


def instead(spoken: Interaction) -> str:
    """Say which other planned contact it covers, where there is one."""
    day = localdate(spoken.at)
    rows = open_slots().filter(customer=spoken.customer_id, window_from__lte=day, window_until__gte=day)
    other = next((slot for slot in rows if is_kept_by(slot, spoken, day=day)), None)
    if other is None:
        return str(_("You can record it all the same; coverage stays as it is."))
    said = {"day": day_in_words(other.due_on, today=localdate())}
    return _("It counts for the one planned for %(day)s instead.") % said
