"""Correcting the record of a cross-department meeting: how it read before stays beside it (A6)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from huiying.engagement import onboarding_verbs as verbs
from huiying.engagement.actions.meeting import MeetingDraft, ensure_sensible, give_out
from huiying.engagement.actions.onboarding_step import held
from huiying.engagement.models import FormerMeeting, Meeting
from huiying.engagement.onboarding_lifecycle import Status
from huiying.engagement.onboarding_policies import may_work_on
from huiying.journal.actors import Actor
from huiying.journal.entries import record
from huiying.kit.guards import DomainError, ensure, ensure_sound


@transaction.atomic
def correct_meeting(meeting: Meeting, draft: MeetingDraft, *, by: Actor, at: datetime) -> Meeting:
    """Replace who took part and what was decided, and give out what further tasks the draft names.

    When it took place stays: the deadline was kept or missed by it. Tasks given out stay with who has them; of an
    onboarding that was called off no more are given out.
    """
    onboarding = held(meeting.onboarding)
    ensure(may_work_on(by, onboarding))
    ensure_sensible(draft)
    if draft.tasks and onboarding.at_status is Status.CALLED_OFF:
        raise DomainError(_("The onboarding was called off; nobody waits for this any more."))
    known = Meeting.objects.get(pk=meeting.pk)
    FormerMeeting.objects.create(
        meeting=known,
        people=", ".join(person.name for person in known.people.order_by("name")),
        guests=known.guests,
        decisions=known.decisions,
        replaced_by_id=by.pk if by.is_staff else None,
        replaced_at=at,
    )
    known.guests, known.decisions = draft.guests.strip(), draft.decisions.strip()
    ensure_sound(known)
    known.save(update_fields=["guests", "decisions"])
    known.people.set(draft.people)
    known.departments.set(sorted(draft.represented))
    for task in draft.tasks:
        give_out(known, task, at=at)
    record(verbs.MEETING_CORRECTED, onboarding, by=by, at=at, tasks=len(draft.tasks))
    return known
