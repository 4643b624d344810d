"""Setting up robots, and how they call people. Addresses and signing keys never reach the journal."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from huiying.channels.adapters.refusals import NotNow, Undeliverable
from huiying.channels.adapters.robots import SPEAKERS, shout
from huiying.journal.actors import Actor
from huiying.journal.entries import record
from huiying.journal.verbs import Verb
from huiying.kit.guards import BadInput, DomainError, ensure
from huiying.kit.outbound import Forbidden, ensure_callable, host_of
from huiying.notifications import verbs
from huiying.notifications.models import Handle, Robot
from huiying.notifications.policies import may_keep_robot, may_set_habits
from huiying.staff.models import Team, User

EVERYBODY = frozenset({"all", "@all"})  # names by which a robot calls the whole group


@dataclass(frozen=True, kw_only=True)
class RobotDraft:
    """A robot as it shall be; an empty `url` or `secret` of a known one stays as it is."""

    kind: str
    name: str
    team: Team | None = None
    url: str = ""
    secret: str = ""


@transaction.atomic
def add_robot(draft: RobotDraft, *, owner: User | None = None, by: Actor, at: datetime) -> Robot:
    """Set a robot up. Raises BadInput for a strange address, or where there is one of the kind for these people."""
    ensure(may_keep_robot(by, owner.pk if owner else None))
    ensure_robot_address(draft.kind, draft.url)
    ensure_only(Robot(kind=draft.kind, team=draft.team, user=owner))
    robot = Robot.objects.create(
        kind=draft.kind, name=draft.name, team=draft.team, user=owner, url=draft.url, secret=draft.secret
    )
    remember(verbs.ROBOT_ADDED, robot, by=by, at=at)
    return robot


@transaction.atomic
def revise_robot(robot: Robot, draft: RobotDraft, *, by: Actor, at: datetime) -> None:
    """Change name, team or keys. Raises BadInput as `add_robot` does."""
    ensure(may_keep_robot(by, robot.user_id))
    kept = Robot.objects.select_for_update().get(pk=robot.pk)
    wished = {"name": draft.name, "team": draft.team, "url": draft.url or kept.url}
    wished["secret"] = draft.secret or kept.secret
    ensure_robot_address(kept.kind, str(wished["url"]))
    fields = [name for name, value in wished.items() if value != getattr(kept, name)]
    for name in fields:
        setattr(kept, name, wished[name])
    ensure_only(kept)
    if fields:
        kept.save(update_fields=fields)
        remember(verbs.ROBOT_CHANGED, kept, by=by, at=at, fields=fields)


@transaction.atomic
def remove_robot(robot: Robot, *, by: Actor, at: datetime) -> None:
    ensure(may_keep_robot(by, robot.user_id))
    remember(verbs.ROBOT_REMOVED, robot, by=by, at=at)
    robot.delete()


def try_robot(robot: Robot, *, by: Actor, at: datetime) -> None:
    """Let a robot say that it works, at once. Raises DomainError with what kept it silent. Not in a transaction."""
    ensure(may_keep_robot(by, robot.user_id))
    with translation.override(settings.LANGUAGE_CODE):
        text = gettext("A test from Huiying: notices will arrive here.")
    try:
        shout(robot.kind, robot.url, robot.secret, text, [], at=at)
    except (NotNow, Undeliverable) as refused:
        raise DomainError(_("The robot did not speak: {reason}").format(reason=refused)) from refused


@transaction.atomic
def name_handles(user: User, names: Mapping[str, str], *, by: Actor, at: datetime) -> None:
    """Say what somebody is called in WeCom, DingTalk and Feishu; an empty name is forgotten.

    Raises BadInput for a name that would call everybody.
    """
    ensure(may_set_habits(by, user))
    wished = {kind: name.strip() for kind, name in names.items() if name.strip()}
    for kind, name in wished.items():
        if name.lower() in EVERYBODY:
            raise BadInput(_("This would call everybody in the group."), field=kind)
    if wished == dict(Handle.objects.filter(user=user).values_list("kind", "name")):
        return
    Handle.objects.filter(user=user).delete()
    Handle.objects.bulk_create([Handle(user=user, kind=kind, name=name) for kind, name in wished.items()])
    record(verbs.HANDLES_CHANGED, user, by=by, at=at, name=user.name)


def ensure_robot_address(kind: str, url: str) -> None:
    """Raise BadInput unless robots of the kind live there."""
    try:
        ensure_callable(url)
    except Forbidden as forbidden:
        raise BadInput(str(forbidden), field="url") from forbidden
    hosts = (*SPEAKERS[kind].hosts, *settings.ROBOT_HOSTS)
    if host_of(url) not in hosts:
        known = {"hosts": ", ".join(hosts)}
        raise BadInput(_("Robots of this kind live at {hosts}.").format(**known), field="url")


def ensure_only(robot: Robot) -> None:
    alike = Robot.objects.filter(kind=robot.kind, team=robot.team, user=robot.user).exclude(pk=robot.pk)
    if alike.exists():
        raise BadInput(_("There is a robot of this kind for these people already."), field="kind")


def remember(verb: Verb, robot: Robot, *, by: Actor, at: datetime, **facts: object) -> None:
    whom = robot.user.name if robot.user else robot.team.name if robot.team else settings.COMPANY_NAME or "–"
    record(verb, robot, by=by, at=at, kind=robot.kind, name=robot.name, whom=whom, **facts)
