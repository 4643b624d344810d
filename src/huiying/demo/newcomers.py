"""New customers of 安居电器 on their way in: just entered, analysed, visited, late, and discussed together."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from decimal import Decimal

from django.utils.timezone import localdate, make_aware

from huiying.customers.drafts import CustomerDraft
from huiying.customers.models import Customer, Status
from huiying.demo.cast import Company
from huiying.demo.past import enter_then, speak_then
from huiying.engagement.actions.meeting import MeetingDraft, TaskDraft, do_task, note_meeting
from huiying.engagement.actions.need import NeedDraft
from huiying.engagement.actions.needs_analysis import AnalysisDraft, analyse_needs, pass_on_need
from huiying.engagement.actions.onboarding import begin_onboarding, call_off
from huiying.engagement.drafts import InteractionDraft
from huiying.engagement.models import Onboarding
from huiying.staff.actors import StaffActor

HOUR, DAY = 60, 24 * 60  # minutes
MORNING = time(10)
FOUND = {
    "青禾连锁酒店": ("purchase", "high", "三家新店共 120 间客房，要空调和热水器，四月底前分批装好，先看样机"),
    "云栖产业园": ("advice", "medium", "园区食堂要换商用厨房设备，想先了解排烟和电力改造怎么做"),
    "松果幼儿园": ("purchase", "medium", "八间教室各装一台空气净化器，暑假施工，要检测报告"),
    "拾光公寓": ("custom", "high", "长租公寓 200 套，要统一采购、按套计租，还要对接他们的门锁和水电系统"),
    "远山民宿": ("custom", "medium", "山区供水压力低，热水系统要单独设计，旺季前必须能用"),
    "和顺养老院": ("purchase", "low", "先换两层楼的洗衣房设备，其余等明年预算"),
    "锦程物流园": ("advice", "low", "员工宿舍空调耗电高，想知道换新后一年能省多少"),
}
CALLED = "电话核对了门店数量和装修进度，{who}要先看样机，约好上门时间"
VISITED = "到现场看了水电和安装位置，{who}确认先做样板，价格另行报价"


@dataclass(frozen=True, kw_only=True)
class Newcomer:
    """Somebody entered so long ago, and after how many minutes each step was met."""

    name: str
    contact: str
    industry: str
    by: str
    ago: timedelta
    owned: bool = True
    status: Status = Status.LEAD
    analysed: int = 0
    called: int = 0
    visited: int = 0
    met: int = 0
    is_complex: bool = False
    given_up: int = 0


NEWCOMERS = (
    Newcomer(name="湖畔书屋", contact="吴店长", industry="文化零售", by="shenyue", ago=timedelta(minutes=40)),
    Newcomer(
        name="星野健身", contact="齐经理", industry="体育健身", by="yexin", ago=timedelta(minutes=100), owned=False
    ),
    Newcomer(
        name="松果幼儿园",
        contact="方园长",
        industry="教育",
        by="hanbing",
        ago=timedelta(hours=22),
        analysed=HOUR,
    ),
    Newcomer(
        name="云栖产业园",
        contact="沈工",
        industry="园区运营",
        by="shenyue",
        ago=timedelta(days=2),
        status=Status.INTERESTED,
        analysed=2 * HOUR,
        called=3 * HOUR,
    ),
    Newcomer(
        name="锦程物流园",
        contact="龚主任",
        industry="物流",
        by="hanbing",
        ago=timedelta(days=6),
        analysed=DAY,
        called=DAY + HOUR,
    ),
    Newcomer(
        name="远山民宿",
        contact="叶老板",
        industry="酒店",
        by="shenyue",
        ago=timedelta(days=5),
        status=Status.INTERESTED,
        analysed=HOUR,
        called=2 * HOUR,
        visited=DAY,
        is_complex=True,
    ),
    Newcomer(
        name="拾光公寓",
        contact="顾总",
        industry="长租公寓",
        by="shenyue",
        ago=timedelta(days=8),
        status=Status.INTERESTED,
        analysed=HOUR,
        called=HOUR + 30,
        visited=DAY,
        met=2 * DAY,
        is_complex=True,
    ),
    Newcomer(
        name="青禾连锁酒店",
        contact="陆总",
        industry="酒店",
        by="hanbing",
        ago=timedelta(days=20),
        status=Status.INTERESTED,
        analysed=HOUR,
        called=2 * HOUR,
        visited=DAY,
    ),
    Newcomer(
        name="和顺养老院",
        contact="季院长",
        industry="养老",
        by="hanbing",
        ago=timedelta(days=12),
        analysed=HOUR,
        called=3 * HOUR,
        given_up=2 * DAY,
    ),
)


def welcome(company: Company, *, until: datetime) -> None:
    """Enter the newcomers and let each come as far as they have got by now."""
    for newcomer in NEWCOMERS:
        Welcome(newcomer, company, until=until).live()


def begin_of(newcomer: Newcomer, *, until: datetime) -> datetime:
    """Return when they were entered; who came days ago, in the morning of their day."""
    begun_at = until - newcomer.ago
    if newcomer.ago < timedelta(days=2):
        return begun_at
    return make_aware(datetime.combine(localdate(begun_at), MORNING))


class Welcome:
    """One newcomer and who looks after them."""

    def __init__(self, newcomer: Newcomer, company: Company, *, until: datetime) -> None:
        self.newcomer, self.company = newcomer, company
        self.begun_at = begin_of(newcomer, until=until)
        self.until = until
        self.by: StaffActor = company.named(newcomer.by)
        self.customer = self.enter()
        self.onboarding = begin_onboarding(
            self.customer, trigger=Onboarding.Trigger.ENTERED, by=self.by, at=self.begun_at
        )

    def enter(self) -> Customer:
        newcomer = self.newcomer
        draft = CustomerDraft(
            name=newcomer.name,
            kind=Customer.Kind.ORGANISATION,
            industry=newcomer.industry,
            source="展会",
            status=newcomer.status,
            owner=self.company.by_username[newcomer.by] if newcomer.owned else None,
            decision_maker=newcomer.contact,
            first_contact_on=self.begun_at.date(),
        )
        return enter_then(draft, contact=newcomer.contact, by=self.by, at=self.begun_at)

    def live(self) -> None:
        for deed, at in sorted(self.deeds(), key=lambda pair: pair[1]):
            if at < self.until:
                deed(at)

    def deeds(self) -> Iterator[tuple[Callable[[datetime], None], datetime]]:
        newcomer = self.newcomer
        told = (
            (self.analyse, newcomer.analysed),
            (self.call, newcomer.called),
            (self.visit, newcomer.visited),
            (self.meet, newcomer.met),
            (self.give_up, newcomer.given_up),
        )
        for deed, minutes in told:
            if minutes:
                yield deed, self.begun_at + timedelta(minutes=minutes)

    def analyse(self, at: datetime) -> None:
        kind, priority, wanted = FOUND[self.newcomer.name]
        draft = AnalysisDraft(type=kind, priority=priority, wanted=wanted, is_complex=self.newcomer.is_complex)
        analyse_needs(self.onboarding, draft, by=self.by, at=at)
        if priority == "high":
            need = NeedDraft(title=wanted.split("，")[0], description=wanted, value=Decimal(260_000))
            pass_on_need(self.onboarding, need, by=self.by, at=at)

    def call(self, at: datetime) -> None:
        self.speak("phone", CALLED, at)

    def visit(self, at: datetime) -> None:
        self.speak("visit", VISITED, at)

    def speak(self, means: str, content: str, at: datetime) -> None:
        draft = InteractionDraft(means=means, at=at, content=content.format(who=self.newcomer.contact))
        speak_then(self.customer, draft, by=self.by, at=at)

    def meet(self, at: datetime) -> None:
        """The departments sit together; one task is done, one is due today, one later."""
        people = self.company.by_username
        today = self.until.date()
        tasks = (
            TaskDraft(what="出系统对接方案，列出要门锁厂家配合的接口", owner=people["machao"], due_on=today),
            TaskDraft(what="核算 200 套分三批送装的车次和费用", owner=people["gaofeng"], due_on=at.date()),
            TaskDraft(what="按套计租的合同条款请法务过一遍", owner=people["songjie"], due_on=today + timedelta(days=3)),
        )
        draft = MeetingDraft(
            held_at=at,
            people=[people[name] for name in ("shenyue", "sunlei", "machao", "gaofeng", "songjie")],
            decisions="先做 10 套样板间，技术部对接门锁与水电系统，物流分三批送装，合同按套计租",
            tasks=tasks,
        )
        made = note_meeting(self.onboarding, draft, by=self.by, at=at)
        done = made.tasks.get(owner=people["gaofeng"])
        do_task(done, outcome="三批共 24 车次，已报价", by=self.company.named("gaofeng"), at=at + timedelta(hours=2))

    def give_up(self, at: datetime) -> None:
        remark = "今年没有预算，明年三月再联系"
        call_off(self.onboarding, reason="no_interest", remark=remark, by=self.by, at=at)
