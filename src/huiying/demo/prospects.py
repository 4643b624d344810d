"""Prospects of 安居电器 that come and go: forgotten and taken back, released, claimed again, kept by a lock."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.utils.timezone import localdate

from huiying.customers.drafts import CustomerDraft
from huiying.customers.models import Customer, Status
from huiying.demo.cast import Company
from huiying.demo.past import enter_then, speak_then
from huiying.engagement.actions.keeping import extend, lock
from huiying.engagement.actions.pool import assign, claim, release
from huiying.engagement.actions.pool_rules import revise_pool_rules
from huiying.engagement.actions.reclaiming import tend
from huiying.engagement.drafts import InteractionDraft
from huiying.engagement.models.pool import USUAL, PoolPolicy
from huiying.staff.actors import StaffActor

NIGHT, MORNING = 3, 10  # o'clock
LOCKED_FOR = timedelta(days=60)


@dataclass(frozen=True)
class Turn:
    """What somebody did so many days ago, and in which words."""

    ago: int
    deed: str
    who: str
    words: str = ""


@dataclass(frozen=True)
class Prospect:
    """Somebody entered so many days ago, for an account manager or for nobody."""

    name: str
    contact: str
    industry: str
    region: str
    ago: int
    manager: str = ""
    turns: tuple[Turn, ...] = ()


PROSPECTS = (
    Prospect("江南茶舍", "苏老板", "餐饮", "苏州市", 96, "shenyue", (
        Turn(91, "speak", "shenyue", "苏老板说六家门店的净水器都用了五年，想先换两家看看效果"),
        Turn(24, "claim", "yexin"),
        Turn(20, "speak", "yexin", "上门看了平江路店，水压够，苏老板要一份六店分批更换的报价"),
        Turn(6, "speak", "yexin", "报价已看，苏老板嫌安装费高，约定周五前给按店打包的价格"),
    )),
    Prospect("北岸办公空间", "汪经理", "商务服务", "宁波市", 80, "hanbing", (
        Turn(70, "speak", "hanbing", "汪经理说三层办公区要装 40 台空调，总部统一招标，结果下月出"),
        Turn(44, "release", "hanbing", "总部已签给别家，两年内不换"),
    )),
    Prospect("小满烘焙", "姜店长", "餐饮", "杭州市", 75, "shenyue"),
    Prospect("海棠月子中心", "孟院长", "医疗健康", "上海市", 64, "hanbing", (
        Turn(58, "speak", "hanbing", "孟院长要 30 间房的静音净化器，担心夜间噪声，想先借一台试用"),
    )),
    Prospect("梧桐里书店", "丁店长", "文化零售", "南京市", 70, "yexin"),
    Prospect("晨光驾校", "卢校长", "教育", "合肥市", 52, "", (
        Turn(30, "assign", "guotao yexin"),
        Turn(28, "speak", "yexin", "卢校长说宿舍要配 24 台洗衣机，投币还是扫码还没定，下周给答复"),
    )),
    Prospect("溪畔茶园民宿", "陶老板", "酒店", "杭州市", 41, "", (
        Turn(33, "assign", "guotao yexin"),
        Turn(27, "speak", "yexin", "陶老板旺季前要 12 台热水器，山上水压低，怕不够用，要看样机"),
        Turn(5, "extend", "yexin", "客户在外地装修，月底回来面谈"),
    )),
    Prospect("恒信印务", "罗厂长", "制造", "无锡市", 36, "hanbing", (
        Turn(33, "speak", "hanbing", "罗厂长说车间要除湿，现有两台柜机不够，想知道加装要不要改电"),
    )),
    Prospect("瑞和口腔", "黎主任", "医疗健康", "成都市", 34, "shenyue", (
        Turn(31, "speak", "shenyue", "黎主任两家分院要纯水机，手续走集团采购，预计两个月"),
        Turn(30, "lock", "shenyue", "集团采购流程要两个月，其间不必催"),
    )),
    Prospect("栖霞农家乐", "郎老板", "餐饮", "南京市", 28),
    Prospect("蓝天洗涤", "傅经理", "商务服务", "武汉市", 12),
    Prospect("初夏花店", "白店长", "零售", "长沙市", 3),
)  # fmt: skip


def come_and_go(company: Company, *, until: datetime) -> None:
    """Let the pool's rules hold since the first prospect was entered, and live through the days until now."""
    first = until - timedelta(days=max(prospect.ago for prospect in PROSPECTS))
    lines = {(status, tier): days for (status, tier), days in USUAL.items()}
    revise_pool_rules({"is_active": True}, lines, by=company.named("admin"), at=first)
    pool = Pool(company, until=until)
    day = first
    while day <= until:
        pool.live(day)
        day += timedelta(days=1)


@dataclass
class Pool:
    """The prospects entered so far."""

    company: Company
    until: datetime
    customers: dict[str, Customer] = field(default_factory=dict)

    def live(self, day: datetime) -> None:
        """Let the clock make its round at night, and people do what they did in the morning."""
        keys = sorted(customer.pk for customer in self.customers.values())
        tend(keys, PoolPolicy.now(), day.replace(hour=NIGHT, minute=0))
        ago, moment = (localdate(self.until) - localdate(day)).days, day.replace(hour=MORNING, minute=0)
        for prospect in PROSPECTS:
            if prospect.ago == ago:
                self.customers[prospect.name] = self.enter(prospect, at=moment)
            for turn in prospect.turns:
                if turn.ago == ago:
                    self.take(turn, self.customers[prospect.name], at=moment)

    def enter(self, prospect: Prospect, *, at: datetime) -> Customer:
        draft = CustomerDraft(
            name=prospect.name,
            kind=Customer.Kind.ORGANISATION,
            industry=prospect.industry,
            region=prospect.region,
            source="展会",
            status=Status.LEAD,
            owner=self.company.by_username.get(prospect.manager),
            decision_maker=prospect.contact,
            first_contact_on=localdate(at),
        )
        by = self.company.named(prospect.manager or "guotao")
        return enter_then(draft, contact=prospect.contact, by=by, at=at)

    def take(self, turn: Turn, customer: Customer, *, at: datetime) -> None:
        names = turn.who.split()
        by, to = self.company.named(names[0]), names[-1]
        deeds: dict[str, Callable[[], object]] = {
            "speak": lambda: self.speak(customer, turn.words, by=by, at=at),
            "claim": lambda: claim(customer, by=by, at=at),
            "assign": lambda: assign(customer, to=self.company.by_username[to], by=by, at=at),
            "release": lambda: release(customer, reason=turn.words, by=by, at=at),
            "extend": lambda: extend(customer, reason=turn.words, by=by, at=at),
            "lock": lambda: lock(customer, reason=turn.words, until=localdate(at) + LOCKED_FOR, by=by, at=at),
        }
        deeds[turn.deed]()

    def speak(self, customer: Customer, words: str, *, by: StaffActor, at: datetime) -> None:
        speak_then(customer, InteractionDraft(means="phone", at=at, content=words), by=by, at=at)
