"""An escalation that nobody acknowledges goes one rung up, once."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from huiying.cases.alarms import Watched, alarm, next_up, passed_over_for
from huiying.cases.models import Case, Incident
from huiying.deadlines.models import Clock
from huiying.deadlines.models.policy import Recipient
from huiying.journal.actors import CLOCKWORK
from huiying.journal.entries import record
from huiying.journal.models import Entry
from huiying.notifications.models import Call, Notice
from huiying.notifications.verbs import UNANSWERED


def pass_on(now: datetime, *, limit: int = 100) -> int:
    """Pass on what nobody acknowledged in time; return how many calls were settled."""
    due = Call.objects.unanswered(now).select_related("entry")[:limit]
    return sum(settle(call, now) for call in due)


@transaction.atomic
def settle(call: Call, now: datetime) -> bool:
    """Claim the call; where the ladder has not moved on meanwhile, write down that nobody answered."""
    if not Call.objects.unanswered(now).filter(pk=call.pk).update(settled_at=now):
        return False
    entry = call.entry
    watched = watched_in(entry)
    clock = Clock.objects.filter(pk=entry.facts.get("clock")).first()
    if watched is not None and clock is not None and clock.is_live and not rung_later(clock, call):
        facts = {name: entry.facts.get(name) for name in ("clock", "name", "name_en", "to")}
        record(UNANSWERED, watched, by=CLOCKWORK, at=now, call=call.pk, **facts)
    return True


def watched_in(entry: Entry) -> Watched | None:
    """Return what the entry is about, where a ladder can call somebody for it."""
    if entry.subject_type == Incident._meta.label_lower:
        return Incident.objects.filter(pk=entry.subject_id).first()
    return Case.objects.filter(pk=entry.subject_id).first() if entry.subject_type == Case._meta.label_lower else None


def rung_later(clock: Clock, call: Call) -> bool:
    """Say whether a higher rung of the same clock has called somebody since."""
    about = Call.objects.filter(entry__subject_type=clock.subject_type, entry__subject_id=clock.subject_id)
    return about.filter(entry__facts__clock=clock.pk, entry_id__gt=call.entry_id).exists()


def tell_the_next(watched: Watched, entry: Entry) -> None:
    """Nobody acknowledged an escalation: tell the next one up, unless they have heard of this clock."""
    clock = Clock.objects.filter(pk=entry.facts.get("clock")).select_related("policy").first()
    if clock is None or not clock.is_live:
        return
    heard = Notice.objects.filter(
        weight=Notice.Weight.ESCALATION,
        entry__subject_type=clock.subject_type,
        entry__subject_id=clock.subject_id,
        entry__facts__clock=clock.pk,
    )
    people = next_up(str(entry.facts.get("to", Recipient.OWNER)), clock, besides=passed_over_for(watched))
    alarm(watched, entry, clock, people - set(heard.values_list("user_id", flat=True)))
