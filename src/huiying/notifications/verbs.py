"""What can happen to the ways people are told, each with the sentence a log shows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from huiying.journal.verbs import Verb
from huiying.kit.guards import Sentence
from huiying.notifications.matrix import CELL_BY_CODE, Road
from huiying.notifications.models import SmsGateway
from huiying.notifications.models.habits import Rhythm

ASIDE_NAMES: dict[str, Sentence] = {
    "quiet_from": _("quiet from"),
    "quiet_until": _("quiet until"),
    "breaks_quiet": _("pressing escalations break the quiet hours"),
    "rhythm": _("rhythm of mails"),
    "daily_at": _("time of the daily mail"),
}
ROBOT_FIELDS: dict[str, Sentence] = {
    **{field.name: field.verbose_name for field in SmsGateway._meta.fields if field.name != "id"},
    "name": _("name"),
    "team": _("team"),
    "url": _("address"),
    "secret": _("signing key"),
}


def changes_in_words(changes: Mapping[str, Sequence[object]]) -> str:
    """Return {"deadline.mine": [["app"], ["app", "mail"]]} as "A deadline is near (mine): in Huiying → …"."""
    return "; ".join(f"{name_of(name)}: {said(old)} → {said(new)}" for name, (old, new) in changes.items())


def name_of(name: str) -> str:
    cell = CELL_BY_CODE.get(name)
    if cell is None:
        return str(ASIDE_NAMES.get(name, name))
    return str(_("%(event)s (%(relation)s)") % {"event": cell.event.label, "relation": cell.relation.label})


def said(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(str(Road(road).label) if road in Road.values else str(road) for road in value) or "–"
    if isinstance(value, bool):
        return say("yes") if value else say("no")
    return str(Rhythm(value).label) if isinstance(value, str) and value in Rhythm.values else str(value)


def fields_in_words(names: Sequence[str]) -> str:
    return ", ".join(str(ROBOT_FIELDS.get(name, name)) for name in names)


_FIELDS = {"fields": fields_in_words}
_CHANGES = {"changes": changes_in_words}
_KIND = {"kind": lambda code: str(Road(code).label) if code in Road.values else code}

ROBOT_ADDED = Verb("robot_added", _("added the {kind} robot {name} for {whom}"), words=_KIND)
ROBOT_CHANGED = Verb("robot_changed", _("changed the {kind} robot {name} for {whom}: {fields}"), words=_KIND | _FIELDS)
ROBOT_REMOVED = Verb("robot_removed", _("removed the {kind} robot {name} for {whom}"), words=_KIND, loud=True)
GATEWAY_CHANGED = Verb("sms_gateway_changed", _("changed the SMS gateway {host}: {fields}"), words=_FIELDS)
HANDLES_CHANGED = Verb("handles_changed", _("changed the names under which robots call {name}"))
DEFAULTS_CHANGED = Verb(
    "notice_defaults_changed", _("changed what {name} is told by default: {changes}"), words=_CHANGES
)
HABITS_CHANGED = Verb("notice_habits_changed", _("chose what to be told and how: {changes}"), words=_CHANGES)
HABITS_DROPPED = Verb("notice_habits_dropped", _("follows the defaults for notices again"))
TRIED_AGAIN = Verb("notice_tried_again", _("had a notice to {name} sent once more"))

ACKNOWLEDGED = Verb("escalation_acknowledged", _("has seen that “{name}” needs attention"))
UNANSWERED = Verb("escalation_unanswered", _("“{name}”: nobody acknowledged the escalation in time"), loud=True)
TERMS_CHANGED = Verb("notice_terms_changed", _("escalations wait {new} instead of {old} minutes for an answer"))
