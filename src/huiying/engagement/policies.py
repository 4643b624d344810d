"""Who may do what to keep relationships alive. The same predicate guards the action and shows the button."""

from __future__ import annotations

from huiying.journal.actors import Actor


def may_work(by: Actor) -> bool:
    """Plan and record contacts, and work on needs and warnings, of the customers one sees."""
    return by.can("care.work")


def may_lead(by: Actor) -> bool:
    """Plan for colleagues, send to many, and see the coverage of teams."""
    return by.can("care.lead")


def may_claim(by: Actor) -> bool:
    return by.can("care.claim")


def may_hand_over(by: Actor) -> bool:
    return by.can("care.hand_over")
