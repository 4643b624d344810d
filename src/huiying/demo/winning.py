"""Two customers of 安居电器 who grew silent: one is being won back, the other was lost in spite of it."""

from __future__ import annotations

from datetime import datetime, timedelta

from huiying.customers.models import Status
from huiying.engagement.policies import may_work
from huiying.insight.actions.play import begin_play, do_step, end_play
from huiying.insight.models import ChurnWarning, Play, Recipe
from huiying.journal.actors import Actor
from huiying.staff.actors import actor_of
from huiying.staff.models import User

DAY = timedelta(days=1)
WARNED = 12 * DAY  # ago; so much the night before it all must know
CALLED = "已接通。客户说旺季人手紧，滤芯先在附近门店零买，对上次等了三天的配送仍有意见。"
VISITED = "到店面谈四十分钟。客户愿意恢复按季供货，要求配送提前一天电话确认，等我们的方案。"
ASKED = "已接通。客户说总部统一招标，今年改由集团指定的供应商供货。"
LOST = "集团集中采购，合同签到明年年底；续标前三个月再联系。"


def win_back(*, until: datetime) -> None:
    """Let account managers work on what they were warned of; where nobody was, nobody does."""
    warned = [
        (warning, actor)
        for warning in ChurnWarning.objects.standing().exclude(customer__owner=None).select_related("customer")
        if may_work(actor := actor_of(User.objects.with_standing().get(pk=warning.customer.owner_id)))
    ]
    for (warning, by), work in zip(warned, (go_on_with, lose), strict=False):
        work(warning, by, until=until)


def go_on_with(warning: ChurnWarning, by: Actor, *, until: datetime) -> None:
    play = begin(warning, by, at=until - 5 * DAY)
    first, second, *_later = play.steps.all()
    do_step(first, outcome=CALLED, by=by, at=until - 4 * DAY - DAY / 6)
    do_step(second, outcome=VISITED, by=by, at=until - 2 * DAY - DAY / 5)


def lose(warning: ChurnWarning, by: Actor, *, until: datetime) -> None:
    play = begin(warning, by, at=until - 11 * DAY)
    do_step(play.steps.all()[0], outcome=ASKED, by=by, at=until - 10 * DAY - DAY / 8)
    end_play(play, result=Play.Result.LOST, reason=LOST, status=Status.LOST, by=by, at=until - 9 * DAY)


def begin(warning: ChurnWarning, by: Actor, *, at: datetime) -> Play:
    owner = User.objects.get(pk=by.pk)
    return begin_play(warning, Recipe.objects.all()[0], owner=owner, by=by, at=at)
