"""What is to be handed over and to whom, and who would get what: asked before it is done, and again on the day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any, Self

from django.db.models import Count
from django.utils.translation import gettext_lazy as _

from huiying.customers.models import Customer
from huiying.customers.models.customer import CustomerQuerySet
from huiying.engagement.belongings import Belonging, belongings
from huiying.engagement.policies import may_hand_over_for
from huiying.journal.actors import Actor
from huiying.kit.guards import BadInput, ensure
from huiying.staff.models import User


@dataclass(frozen=True, kw_only=True)
class Among:
    """Of which customers; a part left empty leaves all. `tag` is the key of a tag."""

    tiers: Collection[str] = ()
    status: str = ""
    tag: int | None = None
    region: str = ""
    source: str = ""
    industry: str = ""

    @property
    def narrows(self) -> bool:
        return any(asdict(self).values())

    def kept(self, customers: CustomerQuerySet) -> CustomerQuerySet:
        if self.tiers:
            customers = customers.filter(tier__in=self.tiers)
        if self.status:
            customers = customers.filter(status=self.status)
        if self.tag:
            customers = customers.filter(pk__in=Customer.tags.through.objects.filter(tag=self.tag).values("customer"))
        for name in ("region", "source", "industry"):
            if words := getattr(self, name).strip():
                customers = customers.filter(**{f"{name}__icontains": words})
        return customers


@dataclass(frozen=True, kw_only=True)
class Wish:
    """What shall be handed over and to whom; `among` narrows the customers, `own` names one person for a kind.

    It is done on the day `on`, at once where there is none; `words` go to the successors, and `ends_access` says that
    the person can no longer sign in once it is done.
    """

    kinds: Collection[str]
    successors: Sequence[User]
    among: Among = field(default_factory=Among)
    own: Mapping[str, User] = field(default_factory=dict)
    reason: str = ""
    words: str = ""
    on: date | None = None
    ends_access: bool = False

    def kept(self) -> dict[str, Any]:
        """Return what must be known on the day, to be kept as JSON."""
        return {
            "kinds": list(self.kinds),
            "to": [person.pk for person in self.successors],
            "own": {code: person.pk for code, person in self.own.items()},
            "among": {**asdict(self.among), "tiers": list(self.among.tiers)},
        }

    @classmethod
    def of(cls, kept: Mapping[str, Any]) -> Self:
        """Read what was kept. People who were removed since are left out."""
        keys = {*kept["to"], *kept.get("own", {}).values()}
        people = User.objects.with_standing().in_bulk(keys)
        among = kept.get("among") or {"tiers": kept.get("tiers", [])}
        return cls(
            kinds=kept["kinds"],
            successors=[people[key] for key in kept["to"] if key in people],
            own={code: people[key] for code, key in kept.get("own", {}).items() if key in people},
            among=Among(**among),
        )


@dataclass(frozen=True)
class Share:
    """One thing and who gets it."""

    belonging: Belonging
    row: Any
    customer_id: int | None
    to: User


def shares(leaver: User, wish: Wish, *, by: Actor) -> list[Share]:
    """Say who gets what: customers go to whoever has fewest, and what concerns a customer goes with them.

    Raises BadInput where nobody of those chosen may work on such things.
    """
    ensure(may_hand_over_for(by, leaver.pk))
    if not wish.successors:
        raise BadInput(_("Please choose who takes over."), field="successors")
    if leaver in (*wish.successors, *wish.own.values()):
        raise BadInput(_("Somebody else has to take over."), field="successors")
    load = load_of(wish.successors)
    goes_to: dict[int, User] = {}
    given = []
    for kind in belongings():
        rows = rows_of(kind, leaver, wish, by=by) if kind.code in wish.kinds else []
        able = able_to_take(kind, wish) if rows else []
        for row, customer in rows:
            to = goes_to.get(customer or 0)
            if to not in able:
                to = min(able, key=lambda one: (load[one.pk], one.pk))
                load[to.pk] += 1
            if customer is not None:
                goes_to.setdefault(customer, to)
            given.append(Share(kind, row, customer, to))
    return given


def load_of(people: Collection[User]) -> Counter[int]:
    """Return how many customers each looks after now."""
    counted = Customer.objects.filter(owner__in=people).values_list("owner").annotate(Count("pk")).order_by()
    return Counter(dict(counted))


def able_to_take(kind: Belonging, wish: Wish) -> list[User]:
    """Return who of those chosen may work on such things; the one named for the kind alone."""
    named = wish.own.get(kind.code)
    people = [named] if named else list(wish.successors)
    able = [person for person in people if kind.may_take(person)]
    if not able:
        names = _(", ").join(person.name for person in people)
        told = _("{what} cannot go to {names}: they left, or their role does not work on such things.")
        field = f"own-{kind.code}" if named else "successors"
        raise BadInput(told.format(what=kind.name, names=names), field=field)
    return able


def rows_of(kind: Belonging, leaver: User, wish: Wish, *, by: Actor) -> list[tuple[Any, int | None]]:
    """Return the things of a kind with the customer whom each concerns."""
    found = kind.seen_of(leaver.pk, by=by)
    is_customer = kind.model is Customer
    if wish.among.narrows:
        path = "pk__in" if is_customer else f"{kind.customer}__in"
        found = found.filter(**{path: wish.among.kept(Customer.objects.all()).values("pk")})
    rows = list(found)
    customers = dict(found.values_list("pk", "pk" if is_customer else f"{kind.customer}_id"))
    return [(row, customers.get(row.pk)) for row in rows]
