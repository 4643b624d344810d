"""Naming categories and customers as people and programs do. BadInput, naming the field, for what is not there."""

from __future__ import annotations

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from huiying.cases.models import Category
from huiying.customers.models import Customer
from huiying.customers.queries.merged import numbered
from huiying.journal.actors import Actor
from huiying.kit.guards import BadInput
from huiying.staff.references import key_in


def category_named(reference: str, *, field: str) -> Category:
    """Return the category in use with this code or key."""
    found = Category.objects.in_use().filter(Q(code=reference) | Q(pk=key_in(reference))).first()
    if found is None:
        raise BadInput(_("There is no category “{name}”.").format(name=reference), field=field)
    return found


def customer_numbered(number: str, *, by: Actor, field: str) -> Customer:
    """Return the customer whom `by` may see under this number."""
    visible = Customer.objects.visible_to(by).select_related("owner__team__department")
    found = numbered(number, among=visible).first()
    if found is None:
        raise BadInput(_("There is no customer with the number {number}.").format(number=number), field=field)
    return found
