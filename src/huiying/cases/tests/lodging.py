"""Cases for tests, taken down through the same action as real ones."""

from __future__ import annotations

from typing import Any

from django.utils.timezone import now

from huiying.cases.actions import Caller, Draft, Findings, assign, assign_to_team, register
from huiying.cases.models import Case, Category
from huiying.journal.actors import CLOCKWORK
from huiying.staff.actors import actor_of
from huiying.staff.models import Team, User

WORDS = "11 月 18 日订的冰箱到今天还没有送到，客服电话打了四次没人接。"


def lodge(by: User, *, team: Team | None = None, owner: User | None = None, **parts: Any) -> Case:
    """Register a complaint and, where routes would send it elsewhere, give it to the owner or the team."""
    parts = {"kind": "complaint", "channel": "phone", "description": WORDS, "caller": Caller(), **parts}
    case = register(Draft(**parts), by=actor_of(by), at=parts.get("received_at") or now())
    if owner is not None and case.owner_id != owner.pk:
        return assign(case, to=owner, by=CLOCKWORK, at=now())
    if team is not None and owner is None and (case.team_id != team.pk or case.owner_id is not None):
        return assign_to_team(case, team=team, by=CLOCKWORK, at=now())
    return case


def findings(town: Any) -> Findings:
    """What an investigation may find."""
    return Findings(
        facts="华东中转站 11-19 错分拨",
        cause=Category.objects.filter(parent__isnull=False).first() or Category.objects.get(),
        root_cause="中转站错分",
        department=town.logistics,
    )
