"""Where new cases go in an installation that has not said otherwise (SPEC C5)."""

from __future__ import annotations

from dataclasses import dataclass

from huiying.cases.models import Kind


@dataclass(frozen=True, kw_only=True)
class StarterRoute:
    """A route as first installed; `team` is named as the staff's starter pack names it."""

    name: str
    team: str
    kind: str = ""
    vip_only: bool = False


ROUTES = (
    StarterRoute(name="VIP 客户找客户经理", team="大客户组", vip_only=True),
    StarterRoute(name="投诉归客服主管团队", team="投诉一组", kind=Kind.COMPLAINT),
    StarterRoute(name="故障归技术支持", team="技术支持组", kind=Kind.FAULT),
    StarterRoute(name="咨询归销售顾问", team="销售顾问组", kind=Kind.CONSULTATION),
    StarterRoute(name="其余归客服", team="投诉一组"),
)
