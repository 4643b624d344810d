"""Is this customer in the archive already? Said while one types; adding anyway is allowed (SPEC A7)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from huiying.customers.likeness import REASONS, name_reason
from huiying.customers.models import Customer, Reach
from huiying.customers.numbers import email_key, name_key, phone_key
from huiying.journal.actors import Actor
from huiying.kit.guards import Sentence
from huiying.search.index import found_ids

SHOWN = 5
NEARLY = 0.8  # one character more, less or other in a name of five
LOOKED_AT = 100


@dataclass(frozen=True, kw_only=True)
class Likeness:
    """Somebody who may be the same. Where the actor may not see them, only who looks after them is told."""

    customer: Customer
    reasons: list[Sentence]
    is_visible: bool


@dataclass(frozen=True, kw_only=True)
class Clues:
    """What has been typed so far."""

    name: str = ""
    phones: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    credit_code: str = ""
    besides: int | None = None  # the customer being edited


def clues_of(customer: Customer) -> Clues:
    """Return what is known of a customer as if it were being typed."""
    reaches = list(customer.reaches.values_list("kind", "value"))
    return Clues(
        name=customer.name,
        phones=tuple(value for kind, value in reaches if kind == Reach.Kind.PHONE),
        emails=tuple(value for kind, value in reaches if kind == Reach.Kind.EMAIL),
        credit_code=customer.credit_code,
        besides=customer.pk,
    )


def likely_duplicates(clues: Clues, *, by: Actor) -> list[Likeness]:
    """Return who shares a phone, an e-mail, the credit code or nearly the name, with the evidence."""
    reasons: dict[int, list[Sentence]] = {}
    for key, reason in _evidence(clues):
        if key != clues.besides and reason not in reasons.setdefault(key, []):
            reasons[key].append(reason)
    reasons.pop(clues.besides or 0, None)
    likeliest = sorted(reasons, key=lambda key: -len(reasons[key]))[:SHOWN]
    visible = set(Customer.objects.visible_to(by).filter(pk__in=likeliest).values_list("pk", flat=True))
    known = Customer.objects.current().select_related("owner").in_bulk(likeliest)
    return [
        Likeness(customer=known[key], reasons=reasons[key], is_visible=key in visible)
        for key in likeliest
        if key in known
    ]


def evidence_between(one: Customer, other: Customer) -> list[str]:
    """Return the codes of what speaks for two customers being one, the strongest first."""
    held = Reach.objects.filter(customer__in=[one, other]).values_list("kind", "key", "customer_id")
    theirs = {key: {(kind, word) for kind, word, whose in held if whose == key} for key in (one.pk, other.pk)}
    found = {kind for kind, _word in theirs[one.pk] & theirs[other.pk]}
    found |= {
        name
        for name in ("credit_code", "external_ref")
        if getattr(one, name) and getattr(one, name) == getattr(other, name)
    }
    return [code for code in REASONS if code in found | {name_reason(one.name, other.name)}]


def _evidence(clues: Clues) -> Iterable[tuple[int, Sentence]]:
    for key, kind in _sharing_a_reach(clues):
        yield key, _("the same phone number") if kind == Reach.Kind.PHONE else _("the same e-mail address")
    if clues.credit_code.strip():
        holders = Customer.objects.current().filter(credit_code=clues.credit_code.strip().upper())
        yield from ((key, _("the same credit code")) for key in holders.values_list("pk", flat=True))
    yield from _similar_names(name_key(clues.name))


def _sharing_a_reach(clues: Clues) -> Iterable[tuple[int, str]]:
    """Whole numbers only: a number half typed is no evidence."""
    phones = [key for key in map(phone_key, clues.phones) if len(key) >= 7]
    emails = [email_key(email) for email in clues.emails if "@" in email]
    if not phones and not emails:
        return []
    same = Q(kind=Reach.Kind.PHONE, key__in=phones) | Q(kind=Reach.Kind.EMAIL, key__in=emails)
    return Reach.objects.filter(same).values_list("customer_id", "kind")[:LOOKED_AT]


def _similar_names(wanted: str) -> Iterable[tuple[int, Sentence]]:
    """Compare with those whose name begins or ends alike; two look-ups in the index, one for the names."""
    if len(wanted) < 2:
        return
    found = {*found_ids(Customer, wanted[:2], at_most=LOOKED_AT), *found_ids(Customer, wanted[-2:], at_most=LOOKED_AT)}
    candidates = Customer.objects.current().filter(Q(pk__in=found) | Q(name_key=wanted))
    for key, known in candidates.values_list("pk", "name_key"):
        if known == wanted:
            yield key, _("the same name")
        elif len(wanted) > 3 and SequenceMatcher(None, known, wanted).ratio() >= NEARLY:
            yield key, _("nearly the same name")
