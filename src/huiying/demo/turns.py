"""Turns that few cases take: another matter split off, hand-overs, a task force, somebody who is complained about.

They happen at the end of the sample's half year to open cases of the first team, one turn to each.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from huiying.cases import actions
from huiying.cases.lifecycle import Stage
from huiying.cases.models import Case, Category, Level
from huiying.channels.words import Words
from huiying.demo.cast import Company
from huiying.journal.actors import customer_actor

ADDS = 1  # cases that the turns add to those that were lived through
AT_WORK = (Stage.ACCEPTED, Stage.INVESTIGATING, Stage.DRAFTING, Stage.AGREEING, Stage.EXECUTING)
OTHER_MATTER = "另外还有一件事：上个月那张发票的抬头开错了，麻烦帮我重开一张，税号我稍后发您。"
Turn = Callable[[Case, Company, datetime], object]


def take_turns(company: Company, *, at: datetime) -> None:
    """Let each turn happen to another case, the longest open first; a small sample has fewer turns."""
    team = company.by_username["liqiang"].team
    open_cases = Case.objects.filter(stage__in=AT_WORK, owner__in=company.users, team=team, customer__isnull=False)
    taken: set[int] = set()
    for turn in TURNS:
        case = open_cases.exclude(pk__in=taken).order_by("id").first()
        if case is not None:
            taken.add(case.pk)
            turn(case, company, at)


def split_off(case: Case, company: Company, at: datetime) -> None:
    customer = customer_actor(pk=case.customer_id, name=case.customer_name)
    said = Words(text=OTHER_MATTER, channel=case.channel)
    message = actions.hear(case, said, by=customer, author_name=case.customer_name, at=at)
    draft = actions.SplitDraft(
        messages=[message.pk],
        kind="consultation",
        level=Level.GENERAL,
        urgency=case.urgency,
        subject="发票抬头开错，要求重开",
        demand="重开发票",
        category=Category.objects.filter(code="price-invoice").first(),
    )
    part = actions.split(case, draft, by=company.named("liqiang"), at=at)
    actions.accept(part, by=company.named("yexin"), at=at)


def hand_over(case: Case, company: Company, at: datetime) -> None:
    engineer = company.by_username["fengxue"]
    reason = "客户描述是控制板程序死机，请技术支持接手"
    actions.assign(case, to=engineer, by=company.named("liqiang"), at=at, reason=reason)


def give_back(case: Case, company: Company, at: datetime) -> None:
    adviser = company.by_username["yexin"]
    handed = actions.assign(case, to=adviser, by=company.named("liqiang"), at=at, reason="疑似销售口径有误")
    if handed.giver_id is None:
        return  # of a small sample the last open case may be the adviser's own already
    why = "查了沟通记录，销售没有这样承诺；客户说的是安装时多收费，请客服继续跟。"
    actions.return_handover(handed, why, by=company.named("yexin"), at=at)


def call_together(case: Case, company: Company, at: datetime) -> None:
    lead, people = company.named("liqiang"), company.by_username
    software = Category.objects.get(code="quality-performance-software")
    found = {"level": Level.MAJOR, "category": software}
    case = actions.revise(case, found, version=case.version, by=lead, at=at)
    draft = actions.TaskForceDraft(
        lead=people["sunlei"],
        members=[people["fengxue"], people["gaofeng"], people["luojie"], people["wangfang"]],
        purpose="查清本批固件升级后死机的范围和原因，48 小时内给受影响客户统一答复。",
    )
    force = actions.form_task_force(case, draft, by=lead, at=at)
    if case.stage == Stage.EXECUTING:
        return
    steps = [
        ("回滚本批固件并验证", "技术支持部", 6),
        ("按序列号列出受影响客户", "质量管理部", 8),
    ]
    planned = [
        actions.ActionDraft(title=title, department=company.departments[name], due_at=at + timedelta(hours=hours))
        for title, name, hours in steps
    ]
    plan = actions.PlanDraft(text="先回滚固件止住死机，再按批次回访；客服统一口径，每四小时通报一次。", actions=planned)
    actions.plan_task_force(force, plan, by=company.named("sunlei"), at=at)


def set_aside(case: Case, company: Company, at: datetime) -> None:
    actions.recuse(case, company.by_username["zhengkai"], by=company.named("liqiang"), at=at)


TURNS: tuple[Turn, ...] = (split_off, hand_over, call_together, set_aside, give_back)
