"""A customer's tags."""

from __future__ import annotations

from typing import Annotated

from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext_noop as _
from ninja import Status as Answer
from pydantic import StringConstraints

from huiying.customers.actions.tagging import tag, untag
from huiying.customers.api.router import router
from huiying.customers.api.shown import CustomerBrief, brief, visible_customer
from huiying.kit.rest import Ask
from huiying.staff.http import ApiRequest


class TagAsk(Ask):
    tag: Annotated[str, StringConstraints(min_length=1, max_length=30, strip_whitespace=True)]


@router.post("/customers/{number}/tags", response={201: CustomerBrief}, summary=_("Add a tag"))
def add_tag(request: ApiRequest, number: str, ask: TagAsk) -> Answer[CustomerBrief]:
    tag(visible_customer(request, number), ask.tag, by=request.actor, at=timezone.now())
    return Answer(201, brief(visible_customer(request, number), by=request.actor))


@router.delete("/customers/{number}/tags/{name}", response={204: None}, summary=_("Take off a tag"))
def drop_tag(request: ApiRequest, number: str, name: str) -> Answer[None]:
    customer = visible_customer(request, number)
    untag(customer, get_object_or_404(customer.tags, name=name), by=request.actor, at=timezone.now())
    return Answer(204, None)
