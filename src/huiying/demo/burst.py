"""What several customers complain of within a day, so that a suspected group incident waits to be looked at."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from random import Random

from django.utils import timezone

from huiying.cases import actions
from huiying.cases.actions.lookout import Watchman, look_out
from huiying.cases.models import Category, Lookout
from huiying.channels.words import Words
from huiying.demo.cast import Company
from huiying.demo.clientele import Patron
from huiying.journal.tail import newest_id

PRODUCT = "净水器 RO-800"
BATCH = "RO2610-07"
TOLD: tuple[tuple[int, str, str], ...] = (  # hours ago, subject, words
    (
        18,
        "净水器 RO-800 换新滤芯后出水有塑料味",
        f"上周换的新滤芯，批号 {BATCH}，冲了两桶水还是一股塑料味，不敢给孩子喝。",
    ),
    (
        13,
        "RO-800 新滤芯出水塑料味很重",
        f"按提醒换了原装滤芯（批号：{BATCH}），出水塑料味很重，烧开了也有。以前换从来没有这样。",
    ),
    (
        9,
        "净水器换滤芯后水有塑料味，要求检测",
        f"净水器 RO-800，换滤芯后水里有塑料味。滤芯盒子上写的批号是 {BATCH}。请给检测报告，是不是对身体有害？",
    ),
    (
        4,
        "RO-800 净水器滤芯塑料味，孩子不肯喝",
        f"新换的滤芯塑料味刺鼻，孩子一口都不肯喝。批号 {BATCH}，和邻居家买的是同一批，她家也有味。",
    ),
    (
        1,
        "净水器新滤芯出水塑料味，要求退换",
        f"RO-800 净水器上周末换的滤芯，批号 {BATCH}，出水塑料味一直散不掉，要求退换并说明原因。",
    ),
)


def burst(company: Company, patrons: list[Patron], *, seed: int, until: datetime, done: Callable[[], None]) -> None:
    """Let them complain, and let the lookout find it; what was before is only what is usual."""
    Lookout.objects.update(last_entry=newest_id())
    random = Random(f"burst {seed}")  # noqa: S311 - sample data, not secrets
    category = Category.objects.filter(hints__contains="异味").first()
    for patron, (hours, subject, words) in zip(random.sample(patrons, len(TOLD)), TOLD, strict=True):
        complain(company, patron, subject, words, category, at=until - timedelta(hours=hours))
        done()
    watchman = Watchman()
    while look_out(timezone.now(), watchman=watchman):
        pass


def complain(
    company: Company, patron: Patron, subject: str, words: str, category: Category | None, *, at: datetime
) -> None:
    draft = actions.Draft(
        kind="complaint",
        channel="phone",
        subject=subject,
        description=words,
        demand="说明原因并更换",
        caller=actions.Caller(customer=patron.customer, name=patron.called),
        category=category,
        product=PRODUCT,
    )
    taker = company.named("zhouting")
    case = actions.register(draft, by=taker, at=at)
    owner = company.actor(case.owner_id)
    case = actions.accept(case, by=owner, at=at + timedelta(minutes=6))
    words_of = f"{patron.called}您好，您反映的滤芯异味我们已登记，正在核对批次，今天给您回电。"
    actions.answer(case, Words(text=words_of, channel="phone"), by=owner, at=at + timedelta(minutes=14))
