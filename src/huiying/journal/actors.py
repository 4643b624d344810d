"""Who does a deed. Every action takes `by`, an Actor; people's powers are worked out once per request."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext_lazy as _


class ActorKind(StrEnum):
    STAFF = "staff"
    CUSTOMER = "customer"
    SYSTEM = "system"


@dataclass(frozen=True, kw_only=True)
class Actor:
    """Somebody or something that acts. `pk` is the person's key where there is one; `name` is kept in the journal."""

    kind: ActorKind
    name: str
    pk: int | None = None

    def can(self, power: str) -> bool:
        """Say whether the actor holds a power such as "cases.accept". The system holds all, a customer none."""
        return self.kind is ActorKind.SYSTEM

    @property
    def is_staff(self) -> bool:
        return self.kind is ActorKind.STAFF

    @property
    def stands_in_for(self) -> tuple[int, ...]:
        """The keys of colleagues who are away today and whose work comes to the actor."""
        return ()

    @property
    def is_customer(self) -> bool:
        return self.kind is ActorKind.CUSTOMER


CLOCKWORK = Actor(kind=ActorKind.SYSTEM, name="clockwork")
MAIL_ROOM = Actor(kind=ActorKind.SYSTEM, name="mail-room")
IMPORTER = Actor(kind=ActorKind.SYSTEM, name="importer")
STARTER = Actor(kind=ActorKind.SYSTEM, name="starter-pack")


SYSTEM_NAMES = {
    "clockwork": _("the clock"),
    "mail-room": _("mail room"),
    "importer": _("file import"),
    "starter-pack": _("first installation"),
    "first-start": _("first start"),
    "command-line": _("command line"),
    "sign-in": _("sign-in"),
}


def actor_in_words(kind: str, name: str) -> str:
    """Return who it was; the parts of the program have names of their own."""
    return str(SYSTEM_NAMES.get(name, _("the system"))) if kind == ActorKind.SYSTEM else name


def customer_actor(*, pk: int | None, name: str) -> Actor:
    return Actor(kind=ActorKind.CUSTOMER, name=name, pk=pk)
