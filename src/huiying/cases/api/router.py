"""The router of what is said of a case itself: calls of one address must share a router."""

from ninja import Router

router = Router(tags=["cases"])
