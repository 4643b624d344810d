"""Saying when somebody is away and who stands in for them: new cases go round them (SPEC C5)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from huiying.journal.actors import Actor
from huiying.journal.entries import record
from huiying.journal.verbs import Verb
from huiying.kit.guards import BadInput, ensure
from huiying.kit.turns import take_turns
from huiying.staff import verbs
from huiying.staff.models import Absence, User
from huiying.staff.policies import may_note_absence


@dataclass(frozen=True, kw_only=True)
class AbsenceDraft:
    """Both days are included."""

    from_day: date
    until_day: date
    substitute: User | None = None
    note: str = ""


@transaction.atomic
def note_absence(user: User, draft: AbsenceDraft, *, by: Actor) -> Absence:
    """Note that somebody is away. Raises BadInput for days that end before they begin or are taken already."""
    ensure(may_note_absence(by, user))
    if draft.until_day < draft.from_day:
        raise BadInput(_("The last day lies before the first."), field="until_day")
    if draft.substitute is not None and draft.substitute.pk == user.pk:
        raise BadInput(_("Somebody else has to stand in."), field="substitute")
    take_turns(f"absences of {user.pk}")  # two sent at once would each find the days free
    others = Absence.objects.filter(user=user, from_day__lte=draft.until_day, until_day__gte=draft.from_day)
    if others.exists():
        raise BadInput(_("{name} is noted as away on these days already.").format(name=user.name), field="from_day")
    noted = Absence.objects.create(
        user=user,
        from_day=draft.from_day,
        until_day=draft.until_day,
        substitute=draft.substitute,
        note=draft.note.strip()[:60],
    )
    remember(verbs.ABSENCE_NOTED, noted, by=by)
    return noted


@transaction.atomic
def take_back_absence(absence: Absence, *, by: Actor) -> None:
    ensure(may_note_absence(by, absence.user))
    remember(verbs.ABSENCE_TAKEN_BACK, absence, by=by)
    absence.delete()


def remember(verb: Verb, absence: Absence, *, by: Actor) -> None:
    record(
        verb,
        absence.user,
        by=by,
        name=absence.user.name,
        from_day=absence.from_day.isoformat(),
        until_day=absence.until_day.isoformat(),
        substitute=absence.substitute.name if absence.substitute else "–",
    )
