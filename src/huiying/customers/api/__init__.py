"""Customers in the interface: the archive, contacts, orders, and the timeline; numbers are masked until uncovered."""

from . import contact, customer, freshness, merging, order, perk, signal, tagging, tier, tier_rule, timeline
from .router import router

__all__ = [
    "contact",
    "customer",
    "freshness",
    "merging",
    "order",
    "perk",
    "router",
    "signal",
    "tagging",
    "tier",
    "tier_rule",
    "timeline",
]
