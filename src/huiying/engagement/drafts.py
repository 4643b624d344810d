"""What doors hand to the actions of care."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time

from huiying.customers.models import Contact
from huiying.engagement.models import Interaction
from huiying.staff.models import User

WRITTEN = ("means", "at", "contact", "participants", "content", "feedback", "next_step", "next_on")


@dataclass(frozen=True, kw_only=True)
class InteractionDraft:
    """A record of contact as it shall be. `owner` is who spoke with the customer; None is whoever records."""

    means: str
    at: datetime
    content: str
    feedback: str = ""
    next_step: str = ""
    next_on: date | None = None
    participants: str = ""
    contact: Contact | None = None
    owner: User | None = None
    external_ref: str = ""


@dataclass(frozen=True, kw_only=True)
class PlanDraft:
    """A contact planned by hand, for `owner`; None is the customer's account manager, else who plans it."""

    due_on: date
    means: str
    about: str = ""
    owner: User | None = None


@dataclass(frozen=True, kw_only=True)
class PolicyDraft:
    """A policy as it shall be."""

    times: int
    per: str
    means: tuple[str, ...]
    quiet_from: time
    quiet_until: time
    active: bool = True


def draft_of(known: Interaction) -> InteractionDraft:
    """Return the record as it stands."""
    return InteractionDraft(**{name: getattr(known, name) for name in WRITTEN})
