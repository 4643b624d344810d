"""What can happen to the people who work here, their places and their keys, each with the sentence a log shows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from huiying.journal.verbs import Verb
from huiying.kit.guards import Sentence
from huiying.staff.models import Department, Role, Scope, Team, Token, User
from huiying.staff.powers import POWERS

POWER_NAMES: dict[str, Sentence] = {code: name for group in POWERS.values() for code, name in group.items()}
FIELD_NAMES: dict[str, Sentence] = {
    field.name: field.verbose_name
    for model in (Token, Team, Department, Role, User)
    for field in model._meta.fields
    if field.name != "id"
}


def changes_in_words(changes: Mapping[str, Sequence[object]]) -> str:
    """Return {"approval_limit": ["200", "500"]} as "approval limit 200 → 500"; covered values stay untold."""
    return "; ".join(change_in_words(name, values) for name, values in changes.items())


def change_in_words(name: str, values: Sequence[object]) -> str:
    label = FIELD_NAMES.get(name, name)
    if not values:
        return str(label)
    old, new = (value_in_words(value) for value in values)
    return f"{label} {old} → {new}"


def value_in_words(value: object) -> str:
    if isinstance(value, bool):
        return say("yes") if value else say("no")
    if isinstance(value, str) and value in Scope:
        return str(Scope(value).label)
    return "–" if value in {None, ""} else str(value)


def powers_in_words(codes: Sequence[str]) -> str:
    return ", ".join(str(POWER_NAMES.get(code, code)) for code in codes) or "–"


_CHANGES = {"changes": changes_in_words}
_POWERS = {"granted": powers_in_words, "taken": powers_in_words}

SIGNED_IN = Verb("signed_in", _("signed in"))
SIGNED_OUT = Verb("signed_out", _("signed out"))
SIGN_IN_FAILED = Verb("sign_in_failed", _("a sign-in as {username} failed"))
LOCKED_OUT = Verb("sign_in_locked", _("too many attempts: sign-in as {username} is stopped for a while"), loud=True)
PASSWORD_CHANGED = Verb("password_changed", _("changed the password"))
SECOND_STEP_ADDED = Verb("second_step_added", _("turned two-step sign-in on"))
SECOND_STEP_REMOVED = Verb("second_step_removed", _("turned two-step sign-in off"), loud=True)
RECOVERY_CODES_MADE = Verb("recovery_codes_made", _("made new recovery codes"))
SESSIONS_ENDED = Verb("sessions_ended", _("signed out {count} other devices"))

PERSON_ADDED = Verb("person_added", _("added {name} as {role}"))
PERSON_CHANGED = Verb("person_changed", _("changed {name}: {changes}"), words=_CHANGES)
PERSON_DEACTIVATED = Verb("person_deactivated", _("took away access from {name}"), loud=True)
PERSON_REACTIVATED = Verb("person_reactivated", _("gave {name} access again"))
ACCESS_RESET = Verb("access_reset", _("made a new sign-in link for {name}; the old password is void"), loud=True)
SHIFT_STARTED = Verb("shift_started", _("came on shift"))
SHIFT_ENDED = Verb("shift_ended", _("went off shift"))

ABSENCE_NOTED = Verb("absence_noted", _("{name} is away {from_day} – {until_day}; substitute: {substitute}"))
ABSENCE_TAKEN_BACK = Verb("absence_taken_back", _("{name} is not away {from_day} – {until_day} after all"))

DEPARTMENT_ADDED = Verb("department_added", _("added the department {name}"))
DEPARTMENT_CHANGED = Verb("department_changed", _("changed the department {name}: {changes}"), words=_CHANGES)
TEAM_ADDED = Verb("team_added", _("added the team {name}"))
TEAM_CHANGED = Verb("team_changed", _("changed the team {name}: {changes}"), words=_CHANGES)
ROLE_ADDED = Verb("role_added", _("added the role {name}"))
ROLE_CHANGED = Verb("role_changed", _("changed the role {name}: {changes}"), words=_CHANGES)
ROLE_GRANTED = Verb("role_granted", _("changed the powers of {name}: given {granted}; taken {taken}"), words=_POWERS)
ROLE_REMOVED = Verb("role_removed", _("removed the role {name}"), loud=True)

TOKEN_CREATED = Verb("token_created", _("created the token {name} ({scopes})"))
TOKEN_REVOKED = Verb("token_revoked", _("revoked the token {name}"))
LOG_EXPORTED = Verb("log_exported", _("exported {count} lines of the operation log"))
