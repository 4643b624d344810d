"""The request as views of the desk receive it."""

from __future__ import annotations

from typing import cast

from allauth.account.adapter import get_adapter
from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from huiying.staff.actors import StaffActor
from huiying.staff.models import User


class DeskRequest(HttpRequest):
    """A request of somebody signed in. `actor` acts; `htmx` is true when the page asks for a part of itself."""

    actor: StaffActor
    htmx: HtmxDetails
    user: User


class ApiRequest(HttpRequest):
    """A request of a program, or of a page that speaks to the interface. `actor` acts, as far as the token allows."""

    actor: StaffActor


def client_address(request: HttpRequest) -> str:
    """Return the IP address of whoever asks: behind HUIYING_TRUSTED_PROXIES proxies the one that they saw."""
    return cast(str, get_adapter().get_client_ip(request))
