"""Which roads lead to whom: mail where there is an address, a robot where they, their team or the company have one."""

from __future__ import annotations

from collections.abc import Sequence

from django.conf import settings
from django.db.models import Q
from django.utils.translation import gettext as _

from huiying.notifications.matrix import ROBOTS, Road
from huiying.notifications.models import Robot, SmsGateway
from huiying.notifications.roads.sms import mobile_of
from huiying.staff.models import User

Open = dict[str, Robot | None]


def open_roads(people: Sequence[User]) -> dict[int, Open]:
    """Return by person the roads beyond Huiying that lead to them, each with the robot that walks it."""
    robots, texts = robots_for(people), SmsGateway.now() is not None
    return {person.pk: roads_of(person, robots, texts=texts) for person in people}


def roads_of(person: User, robots: Sequence[Robot], *, texts: bool) -> Open:
    roads: Open = {}
    if settings.EMAIL_URL and person.email:
        roads[Road.MAIL] = None
    if texts and mobile_of(person.phone):
        roads[Road.SMS] = None
    for kind in ROBOTS:
        if nearest := nearest_robot(person, [robot for robot in robots if robot.kind == kind]):
            roads[kind] = nearest
    return roads


def robots_for(people: Sequence[User]) -> list[Robot]:
    teams = {person.team_id for person in people if person.team_id}
    near = Q(user__in=people) | Q(team__in=teams) | Q(user=None, team=None)
    return list(Robot.objects.filter(near).order_by("id"))


def nearest_robot(person: User, robots: Sequence[Robot]) -> Robot | None:
    """Return somebody's own robot, else their team's, else the company's."""
    own = (robot for robot in robots if robot.user_id == person.pk)
    teams = (robot for robot in robots if robot.team_id and robot.team_id == person.team_id)
    companys = (robot for robot in robots if not robot.user_id and not robot.team_id)
    return next(own, None) or next(teams, None) or next(companys, None)


def roads_for(person: User) -> tuple[Road, ...]:
    """Return the roads that lead to a person, in the order of the matrix."""
    beyond = open_roads([person])[person.pk]
    return tuple(road for road in Road if road == Road.APP or road in beyond)


def closed_roads(person: User, roads: Sequence[Road]) -> list[tuple[str, str]]:
    """Return the roads that do not lead to a person, each with the reason."""
    return [(str(road.label), obstacle(road)) for road in Road if road not in roads]


def obstacle(road: Road) -> str:
    if road == Road.SMS:
        if SmsGateway.now() is None:
            return _("no SMS gateway is connected")
        return _("your profile holds no mobile number")
    if road != Road.MAIL:
        return _("neither you nor your team nor the company has a robot there")
    return _("your profile holds no address") if settings.EMAIL_URL else _("no mail server is connected")
