"""Care over the sample's months: the heartbeat plans, account managers call, write and sometimes forget."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from random import Random

from django.db.models import Q
from django.utils.timezone import localdate, localtime

from huiying.customers.models import Customer
from huiying.deadlines.calendars import calendar_named
from huiying.demo.past import speak_then
from huiying.engagement.actions import skip_contact
from huiying.engagement.actions.tending import tend
from huiying.engagement.drafts import InteractionDraft
from huiying.engagement.models import PlannedContact, State
from huiying.kit.guards import BadInput
from huiying.staff.actors import actor_of
from huiying.staff.models import User

KEPT, SKIPPED = 0.8, 0.84  # of what is planned for a day; the rest is left lying
SAID = (
    ("{who}说上月装的净水机出水变小，怀疑滤芯堵了，要 {n} 支替换芯", "嫌原厂芯贵，问有没有套装价", "发滤芯套装报价"),
    ("回访冰箱使用情况，{who}反映冷藏室第 {n} 层结霜，照片已收到", "担心过保后要收费", "请技术部判断是否上门"),
    ("和{who}核对新店装修进度，空调 {n} 台要在下月 10 号前到货", "希望送装一起做，不想等两趟", "确认送装一体的排期"),
    ("{who}问以旧换新补贴能不能叠加会员价，要换 {n} 台旧空调", "点名要上次的师傅", "把叠加算法发给客户"),
    ("{who}说洗衣机预约清洗约到 {n} 号，临时出差想改周末", "能改期就续一年保养", "改约并发确认短信"),
    ("年度用量回顾：{who}今年共报修 {n} 次，主要是油烟机异响", "觉得配件到货慢，希望备一套常用件", "报一份备件清单"),
    ("{who}新开的公寓还缺 {n} 台热水器，正在比三家价格", "价格可以谈，但要三天内送样机", "安排样机并报工程价"),
    ("讲解延保条款，{who}问压缩机是否另算，已念第 {n} 条给他听", "同意先给两台冰箱买延保", "寄延保合同"),
)
REASONS = ("客户本月出国，约好下月再联系", "客户刚在门店见过面，本次不打扰", "客户要求报价确认后再联系")


def care_story(*, seed: int, begin: datetime) -> Iterator[datetime]:
    """Yield the evening of each day; what was planned for it is done, skipped or left before it ends."""
    random = Random(f"care {seed}")  # noqa: S311 - sample data, not secrets
    works = calendar_named().is_working_day
    evening = localtime(begin).replace(hour=17, minute=30, second=0, microsecond=0)
    while True:
        yield evening
        while tend(evening):
            pass
        if works(localdate(evening)):
            spend_day(random, at=evening)
        evening += timedelta(days=1)


def spend_day(random: Random, *, at: datetime) -> None:
    today = localdate(at)
    due = PlannedContact.objects.filter(
        Q(due_on=today) | Q(slot="", due_on__lt=today), state=State.PLANNED, owner__isnull=False
    )
    people = User.objects.with_standing().in_bulk(list(due.values_list("owner", flat=True)))
    for planned in due.select_related("customer", "policy"):
        owner = people[planned.owner_id or 0]
        lot = random.random()
        if lot < KEPT:
            speak(planned, owner, random, at=at)
        elif lot < SKIPPED:
            skip_contact(planned, random.choice(REASONS), by=actor_of(owner), at=at)


def speak(planned: PlannedContact, owner: User, random: Random, *, at: datetime) -> None:
    """Record the contact as it was planned; now and then with a next step."""
    content, feedback, step = random.choice(SAID)
    spoken_at = at - timedelta(minutes=random.randrange(10, 420))
    contact = planned.customer.contacts.filter(is_main=True).first()
    draft = InteractionDraft(
        means=planned.means,
        at=spoken_at,
        contact=contact,
        content=content.format(who=address_of(planned.customer), n=random.randrange(2, 40)),
        feedback=feedback,
        next_step=step,
        next_on=localdate(at) + timedelta(days=random.randrange(2, 9)) if random.random() < 0.3 else None,
    )
    try:
        speak_then(planned.customer, draft, kept=planned, by=actor_of(owner), at=at)
    except BadInput:
        return  # the very same words as last time: this one is left lying


def address_of(customer: Customer) -> str:
    return f"{(customer.decision_maker or customer.name)[:1]}{'总' if customer.decision_maker else '女士'}"
