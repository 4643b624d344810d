"""The router of insight: calls of one address must share a router."""

from ninja import Router

router = Router(tags=["insight"])
