"""Forgetting sessions that have run out, so that their table stays as small as the number of people."""

from __future__ import annotations

from datetime import datetime

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session

BATCH = 1_000


def forget_expired(now: datetime) -> int:
    """Remove up to BATCH sessions that have run out; return how many."""
    keys = list(Session.objects.filter(expire_date__lt=now).values_list("session_key", flat=True)[:BATCH])
    UserSession.objects.filter(session_key__in=keys).delete()
    return Session.objects.filter(session_key__in=keys, expire_date__lt=now).delete()[0]
