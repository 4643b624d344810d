"""Customers in the interface: the archive, contacts, orders, and the timeline; numbers are masked until uncovered."""

from . import contact, customer, freshness, merging, order, signal, standing, timeline
from .router import router

__all__ = ["contact", "customer", "freshness", "merging", "order", "router", "signal", "standing", "timeline"]
