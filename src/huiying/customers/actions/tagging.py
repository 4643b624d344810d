"""A customer's tags (SPEC A4)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from huiying.customers import verbs
from huiying.customers.models import Customer, Tag
from huiying.customers.policies import may_revise
from huiying.journal.actors import Actor
from huiying.journal.entries import record
from huiying.kit.guards import BadInput, ensure


@transaction.atomic
def tag(customer: Customer, name: str, *, by: Actor, at: datetime) -> Tag:
    """Put a tag on the customer, making it when it is new."""
    ensure(may_revise(by, customer))
    label = name.strip()[:30]
    if not label:
        raise BadInput(_("A tag needs a name."), field="tag")
    known, _made = Tag.objects.get_or_create(name=label)
    if not customer.tags.filter(pk=known.pk).exists():
        customer.tags.add(known)
        record(verbs.TAGGED, customer, by=by, at=at, tag=known.name)
    return known


@transaction.atomic
def untag(customer: Customer, known: Tag, *, by: Actor, at: datetime) -> None:
    """Take a tag off the customer."""
    ensure(may_revise(by, customer))
    if customer.tags.filter(pk=known.pk).exists():
        customer.tags.remove(known)
        record(verbs.UNTAGGED, customer, by=by, at=at, tag=known.name)
