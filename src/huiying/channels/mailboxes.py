"""Our own addresses: whom mails come from, and whose mails are never answered."""

from __future__ import annotations

from email.utils import parseaddr
from urllib.parse import urlsplit

from django.conf import settings

from huiying.channels.models import Endpoint
from huiying.channels.models.endpoint import Channel


def sender() -> tuple[str, str]:
    """Return the name and address our mails come from."""
    name, address = parseaddr(settings.MAIL_FROM)
    return name or settings.COMPANY_NAME, address or f"noreply@{urlsplit(settings.PUBLIC_URL).hostname}"


def own_addresses() -> set[str]:
    """Return every address of ours in small letters."""
    boxes = Endpoint.objects.filter(channel=Channel.EMAIL, active=True).values_list("address", flat=True)
    return {address.lower() for address in (sender()[1], *boxes)}


def tagged(address: str, token: str) -> str:
    """Return the address with the token as its tag: kefu+TOKEN@…"""
    local, _at, domain = address.rpartition("@")
    return f"{local}+{token}@{domain}"
