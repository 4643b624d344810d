"""Finding customers while one types: by number, name, phone ending, e-mail (SPEC A, J4). Few statements, always."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import chain

from django.db.models import Q, QuerySet

from huiying.customers.models import Customer, Reach
from huiying.customers.models.customer import CustomerQuerySet
from huiying.customers.numbers import CUSTOMER_NUMBER, email_key, phone_key
from huiying.customers.policies import may_uncover
from huiying.customers.queries.merged import staying_keys
from huiying.journal.actors import Actor
from huiying.kit.text import HAN, folded
from huiying.search.index import found_ids

LOOKED_AT = 200  # of a frequent word or ending, the newest so many are looked at
ENDING_SHOWN = 4  # what a masked number shows anyway; whoever sees no more can find by no more
_PHONE = re.compile(r"[+\d][\d\s\-().]{2,}")
_ONE_HAN = re.compile(f"[{HAN}]")


def search_customers(query: str, actor: Actor, *, limit: int = 20) -> CustomerQuerySet:
    """Return the customers the actor may see that are known by these words, the likeliest first."""
    visible = Customer.objects.visible_to(actor).current()
    keys = list(dict.fromkeys(chain.from_iterable(_ways(query, actor, visible))))[: limit * 5]
    return visible.filter(pk__in=set(staying_keys(keys).values())).order_by("-id")[:limit]


def _ways(query: str, actor: Actor, visible: QuerySet[Customer]) -> Iterable[Iterable[int]]:
    """Yield the keys found in each way that the words may be meant."""
    words = folded(query).strip().lstrip(".…·*⋯ ")
    if not words:
        return
    if "@" in words:
        yield _reached(visible, Q(kind=Reach.Kind.EMAIL, key=email_key(words)))
        return
    if _PHONE.fullmatch(words):
        yield _by_phone(words, actor, visible)
    number = words.upper()
    if CUSTOMER_NUMBER.fullmatch(number) or len(words) > 2:
        known = Customer.objects.filter(Q(number=number) | Q(external_ref=query.strip()))
        yield known.values_list("pk", flat=True)[:5]  # somebody merged may have been another team's
    if _ONE_HAN.fullmatch(words):
        yield visible.filter(name_key__startswith=words).order_by("-id").values_list("pk", flat=True)[:LOOKED_AT]
    elif not words.isdigit() or len(words) > 2:
        yield found_ids(Customer, words, at_most=LOOKED_AT)


def _by_phone(words: str, actor: Actor, visible: QuerySet[Customer]) -> Iterable[int]:
    """Find by a whole number or by its ending; an ending says no more than the actor may see of a number."""
    key = phone_key(words)
    ending = key if may_uncover(actor) else key[-ENDING_SHOWN:]
    return _reached(visible, Q(kind=Reach.Kind.PHONE, key=key) if len(key) >= 11 else _ends_with(ending))


def _ends_with(digits: str) -> Q:
    """Return the condition that a phone ends so: a range over the key read backwards, which any index serves."""
    start = digits[::-1]
    condition = Q(kind=Reach.Kind.PHONE, reversed_key__gte=start)
    return condition if set(start) == {"9"} else condition & Q(reversed_key__lt=f"{int(start) + 1:0{len(start)}d}")


def _reached(visible: QuerySet[Customer], how: Q) -> Iterable[int]:
    reaches = Reach.objects.filter(how, customer__in=visible).order_by("-id")
    return reaches.values_list("customer_id", flat=True)[:LOOKED_AT]
