"""What people are told before anybody chose: everything in Huiying, what cannot wait over other roads too."""

from __future__ import annotations

from django.db import transaction

from huiying.notifications.matrix import CELLS, ROBOTS, Event, Relation, Road
from huiying.notifications.models import RoleHabits
from huiying.staff import starter as roles
from huiying.staff.models import Role

LEADING = (roles.SUPERVISOR, roles.HEAD)
WRITTEN = {f"{event}.{Relation.MINE}" for event in (Event.ESCALATION, Event.APPROVAL, Event.URGED)}
WRITTEN_TO_LEADS = WRITTEN | {f"{Event.ESCALATION}.{Relation.TEAM}"}


@transaction.atomic
def install_starter_pack() -> None:
    """Give each role of the starter pack its defaults; what is there stays as it is."""
    codes = [starter.code for starter in roles.ROLES]
    for role in Role.objects.filter(code__in=codes, notice_habits=None):
        RoleHabits.objects.create(role=role, roads=first_roads(role.code), breaks_quiet=role.code in LEADING)


def first_roads(code: str) -> dict[str, list[str]]:
    written = WRITTEN_TO_LEADS if code in LEADING else WRITTEN
    everywhere = [road.value for road in (Road.APP, Road.MAIL, *ROBOTS)]
    return {cell.code: everywhere if cell.code in written else [Road.APP.value] for cell in CELLS}
