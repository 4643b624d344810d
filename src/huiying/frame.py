"""The frame around every page: where one can go, who one is, how it shall look."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, get_urlconf, reverse
from django.utils.translation import gettext_lazy as _

from huiying.kit.guards import Sentence
from huiying.staff.actors import StaffActor
from huiying.staff.models import Department, Team, User

NAMED = 3
NIGHT_MEDIA = {"dark": "all", "light": "not all"}
DOORS = {
    "register": "cases:register",
    "search": "search",
    "palette": "palette",
    "notices": "notices",
    "bell": "bell",
    "shift": "shift",
    "live": "live",
    "sessions": "usersessions_list",
    "second_factor": "mfa_index",
    "password": "account_change_password",
    "sign_out": "account_logout",
    "sign_in": "account_login",
    "language": "set_language",
}


@dataclass(frozen=True, kw_only=True)
class Stop:
    """A place on the rail; `power` is what one needs to go there."""

    door: str
    icon: str
    name: Sentence
    power: str = ""
    at_the_end: bool = False

    @property
    def address(self) -> str:
        return address(self.door)


STOPS = (
    Stop(door="desk", icon="home", name=_("Desk")),
    Stop(door="cases:list", icon="message-report", name=_("Cases"), power="cases.see"),
    Stop(door="board", icon="layout-kanban", name=_("Board"), power="cases.see"),
    Stop(door="customers:list", icon="users", name=_("Customers"), power="customers.see"),
    Stop(door="engagement:care", icon="heart-handshake", name=_("Care"), power="care.work"),
    Stop(door="insight:value", icon="chart-bar", name=_("Insight"), power="customers.see"),
    Stop(door="intake:mails", icon="mail", name=_("Mail"), power="mail.manage", at_the_end=True),
    Stop(door="settings", icon="settings", name=_("Settings"), at_the_end=True),
)


class Frame:
    """What base.html asks while it is drawn; nothing is worked out for a fragment that does not ask."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request
        self.actor: StaffActor | None = getattr(request, "actor", None)

    @cached_property
    def stops(self) -> list[Stop]:
        """The places that exist and that the actor may go to."""
        return [stop for stop in STOPS if self.actor and self.opens(stop.power) and stop.address]

    def opens(self, power: str) -> bool:
        return self.actor is not None and (not power or self.actor.can(power))

    @cached_property
    def here(self) -> str:
        """The address of the stop that the present page belongs to."""
        path = self.request.path
        stays = [stop.address for stop in self.stops if stop.address in (path, "/" + path.split("/")[1] + "/")]
        return max(stays, key=len, default="")

    @cached_property
    def doors(self) -> dict[str, str]:
        return {name: address(door) for name, door in DOORS.items()}

    @property
    def layout(self) -> str:
        """What a page extends that both may see: who is signed in, and who is not."""
        return "base.html" if self.actor else "alone.html"

    @cached_property
    def lead(self) -> User | None:
        """Who leads the actor's team, or heads their department; nobody where that is the actor."""
        if self.actor is None:
            return None
        leads = Team.objects.filter(pk=self.actor.team_id or 0).values("lead")
        heads = Department.objects.filter(pk=self.actor.department_id or 0).values("head")
        others = User.objects.working().exclude(pk=self.actor.pk)
        lead: User | None = others.filter(pk__in=leads).first() or others.filter(pk__in=heads).first()
        return lead

    @cached_property
    def administrators(self) -> list[str]:
        """The names of some who may change what the actor may do."""
        return [one.name for one in User.objects.administrators().order_by("pk")[:NAMED]] if self.actor else []

    @property
    def may_register(self) -> bool:
        return bool(self.opens("cases.register") and self.doors["register"])

    @property
    def theme(self) -> str:
        chosen = self.request.COOKIES.get("theme", "")
        return chosen if chosen in NIGHT_MEDIA else "auto"

    @property
    def night_media(self) -> str:
        return NIGHT_MEDIA.get(self.theme, "(prefers-color-scheme: dark)")

    @property
    def zone(self) -> str:
        return settings.TIME_ZONE

    @property
    def rail_is_open(self) -> bool:
        return self.request.COOKIES.get("rail") == "open"


def frame(request: HttpRequest) -> dict[str, Any]:
    """Give every template its `frame` and `actor`."""
    return {"frame": Frame(request), "actor": getattr(request, "actor", None), "company": settings.COMPANY_NAME}


def address(door: str) -> str:
    """Return the address of a named view, or "" while there is none."""
    return looked_up(door, get_urlconf() or settings.ROOT_URLCONF)


@lru_cache(maxsize=256)  # every page asks for two dozen, always the same
def looked_up(door: str, urlconf: str) -> str:
    try:
        return reverse(door, urlconf)
    except NoReverseMatch:
        return ""
