"""What the customers of 安居电器 want next, and a message that was written to many of them."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from random import Random

from huiying.customers.models import Contact
from huiying.demo.cast import SERVICE, Company
from huiying.demo.clientele import Patron
from huiying.engagement.actions import need as deeds
from huiying.engagement.actions.interaction import record_contact
from huiying.engagement.actions.mailing import MailingDraft, make_mailing
from huiying.engagement.actions.mailing_filling import write_down
from huiying.engagement.actions.mailing_sending import RELATED, finish, note_sent, ready_to_read
from huiying.engagement.actions.need import NeedDraft, NoSelling, add_need
from huiying.engagement.actions.need_watch import findings_said, suggest
from huiying.engagement.actions.template import TemplateDraft, add_template
from huiying.engagement.drafts import InteractionDraft
from huiying.engagement.models import LastMassMessage, Mailing, Need, Recipient
from huiying.journal.actors import Actor

DAY = timedelta(days=1)
SAID = (
    "回访净化使用情况，空气质量读数正常。客户希望再订一批滤芯，请在下周前报价。",
    "到店沟通二期客房改造，打算再追加一批设备，预算已经批了。",
    "客户问能不能安排一次保养培训，让新来的保洁也会操作。",
    "电话沟通换季检查，客户提到有没有延保方案可以一起买。",
    "客户想了解企业会员套餐，三家门店一起用。",
)
WANTED = (
    ("门店热水系统扩容", "再开两家店，热水不够用", 38_000),
    ("滤芯年度供货", "每季度换一次，希望自动送货", 7_200),
    ("宿舍空调批量更换", "老机耗电高，暑假前换完", 126_000),
    ("保洁人员操作培训", "人员流动大，想每季度培训一次", 3_600),
    ("全屋净水升级", "新房装修，想一次配齐", 9_800),
    ("厨房设备延保", "设备集中到保，想统一延两年", 15_600),
    ("样板间整套家电", "新楼盘样板间，三月开放", 64_000),
)
TIPS = (
    "{contact}您好，您家的{product}已陪伴一段时间。换季时清洗滤网、检查密封条，更省电也更安静。"
    "需要上门保养，直接回复这封邮件即可。"
)


def want_things(company: Company, patrons: list[Patron], *, seed: int, until: datetime) -> None:
    """Let customers speak of what they want, some needs go their way, and last month's tips be sent."""
    random = Random(f"needs {seed}")  # noqa: S311 - sample data, not secrets
    buyers = [patron for patron in patrons if patron.orders]
    random.shuffle(buyers)
    buyers.sort(key=lambda patron: patron.customer.owner_id is None)
    speak_of_wishes(company, buyers[: len(SAID)], until=until)
    for place, patron in enumerate(buyers[len(SAID) : len(SAID) + len(WANTED)]):
        live(company, patron, place, until=until)
    write_to_many(company.actor(company.heads[SERVICE].pk), until=until - 21 * DAY)


def speak_of_wishes(company: Company, patrons: list[Patron], *, until: datetime) -> None:
    for place, (patron, said) in enumerate(zip(patrons, SAID, strict=False)):
        at = until - (place + 1) * DAY
        draft = InteractionDraft(means="phone", at=at, content=said, feedback="")
        written = record_contact(patron.customer, draft, by=company.actor(patron.customer.owner_id), at=at)
        suggest(findings_said([written.pk]), at=at)


def live(company: Company, patron: Patron, place: int, *, until: datetime) -> None:
    """Lead one need as far as its place says; an open complaint stops it."""
    title, said, value = WANTED[place]
    by = company.actor(patron.customer.owner_id)
    at, due = until - (40 - place) * DAY, (until + (place * 3 - 4) * DAY).date()
    draft = NeedDraft(
        title=title,
        description=said,
        product=str(patron.orders[0][1].name),
        owner=company.users.get(patron.customer.owner_id or 0),
        value=Decimal(value),
        next_step="电话确认数量和时间",
        next_on=due,
    )
    need = add_need(patron.customer, draft, by=by, at=at)
    try:
        for step in range(place):
            go_on(need, step, by=by, at=at + (step + 1) * 4 * DAY)
    except NoSelling:
        return


def go_on(need: Need, step: int, *, by: Actor, at: datetime) -> None:
    """Do the next step on its way."""
    on = at.date()
    if step == 0:
        words = {
            "content": "按门店分批供货，含安装",
            "period": "签约后两个月内分三批",
            "effect": "停机时间减半，每月省电约一成",
        }
        deeds.propose(need, **words, by=by, at=at)
    elif step == 1:
        deeds.present(need, on=on, means="visit", heard="方案合适，价格要再比较", by=by, at=at)
    elif step == 2:
        deeds.agree(need, remark="按方案执行，分两次付款", by=by, at=at)
    elif step == 3:
        deeds.deliver(need, on=on, what="首批设备到货并安装调试", ask_on=on + 14 * DAY, by=by, at=at)
    elif step == 4:
        deeds.follow_up(need, usage="每天都在用，操作已熟练", feedback="满意，想给另一家店也配上", by=by, at=at)


def write_to_many(by: Actor, *, until: datetime) -> None:
    """Keep a mailing that has come to its end: its tips were read three weeks ago."""
    Contact.objects.filter(do_not_contact=False).exclude(pk__endswith="7").update(consent_at=until - 90 * DAY)
    name = "换季保养贴士"
    draft = TemplateDraft(name=name, means="email", subject="{contact}，换季保养小贴士", text=TIPS)
    template = add_template(draft, by=by, at=until)
    wanted = MailingDraft(
        name=name,
        means="email",
        subject=template.subject,
        text=template.text,
        template=template,
        chosen={"status": "active"},
    )
    mailing = make_mailing(wanted, by=by, at=until)
    Mailing.objects.filter(pk=mailing.pk).update(state=Mailing.State.FILLING, starts_at=until)
    while write_down(mailing, until):
        mailing.refresh_from_db()
    sent = Recipient.objects.filter(mailing=mailing, state=Recipient.State.WAITING)
    rows = list(sent.select_related(*RELATED))
    sent.update(state=Recipient.State.SENDING)
    note_sent(ready_to_read(rows), until)
    LastMassMessage.objects.bulk_create([LastMassMessage(contact=one.contact, at=until) for one in rows if one.contact])
    mailing.refresh_from_db()
    finish(mailing, until)
