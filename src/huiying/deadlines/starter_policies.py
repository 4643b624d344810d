"""The policies an installation begins with: the table of SPEC C6, and presets that wait to be switched on."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from huiying.deadlines.arithmetic.units import Unit
from huiying.deadlines.models.policy import Recipient
from huiying.deadlines.verbs import ESCALATED, MISSED, TOLD, WARNED

LADDER: tuple[dict[str, object], ...] = (
    {"percent": 80, "verb": WARNED.code, "to": Recipient.OWNER.value},
    {"percent": 100, "verb": MISSED.code, "to": Recipient.SUPERVISOR.value},
    {"percent": 150, "verb": ESCALATED.code, "to": Recipient.HEAD.value},
)
LEGAL_AT_ONCE = ({"percent": 0, "verb": TOLD.code, "to": Recipient.LEGAL.value}, *LADDER)

ENDED = ("case_closed", "case_withdrawn", "case_invalidated", "case_merged")
DROPPED = ENDED[1:]
VIP = {"tier": ["vip"]}
GENERAL, COMPLEX = ["general"], ["complex", "major"]


@dataclass(frozen=True, kw_only=True)
class Starter:
    """A policy as the starter pack writes it; `length` "" is as promised."""

    code: str
    kind: str
    names: tuple[str, str]
    unit: Unit = Unit.ELAPSED
    length: str = ""
    conditions: dict[str, list[str]] = field(default_factory=dict)
    starts: tuple[str, ...] = ()
    stops: tuple[str, ...] = ()
    resets: tuple[str, ...] = ()
    cancels: tuple[str, ...] = ENDED
    yields_to: tuple[str, ...] = ()
    repeats: bool = False
    pausable: bool = True
    keeps_owner: bool = False
    extension: str = ""
    ladder: tuple[dict[str, object], ...] = LADDER
    active: bool = True


def for_vip(starter: Starter, *, length: str) -> Starter:
    """Return the variant that counts every hour of the day."""
    name, name_en = starter.names
    names = (f"{name}（VIP）", f"{name_en} (VIP)")
    return replace(starter, code=f"{starter.code}-vip", names=names, unit=Unit.ELAPSED, length=length, conditions=VIP)


ACCEPT = Starter(
    code="accept",
    kind="accept",
    names=("受理", "Accept"),
    unit=Unit.WORKING,
    length="30m",
    starts=("case_registered",),
    stops=("case_accepted",),
    pausable=False,
)
FIRST_ANSWER = Starter(
    code="first-answer",
    kind="first_answer",
    names=("首次答复", "First answer"),
    unit=Unit.WORKING,
    length="30m",
    starts=("case_registered",),
    stops=("message_sent",),
    pausable=False,
)
ANSWER = Starter(  # runs from the oldest unanswered message (contract 5)
    code="answer",
    kind="answer",
    names=("回复客户", "Answer the customer"),
    unit=Unit.WORKING,
    length="4h",
    starts=("message_received",),
    stops=("message_sent",),
    yields_to=("first_answer",),
    repeats=True,
    pausable=False,
)
URGED = Starter(  # SPEC C16
    code="urged",
    kind="urged",
    names=("催办回应", "Answer the urging"),
    unit=Unit.WORKING,
    length="2h",
    starts=("case_urged",),
    stops=("message_sent",),
    repeats=True,
    pausable=False,
)
PRESSED = replace(
    URGED,
    code="pressed",
    kind="pressed",
    names=("督办回复", "Answer the leader"),
    length="4h",
    starts=("case_pressed",),
    stops=("press_answered",),
)
INVESTIGATE = Starter(
    code="investigate",
    kind="investigate",
    names=("核实", "Investigate"),
    unit=Unit.WORKING,
    length="4h",
    starts=("case_assigned", "case_reopened"),
    stops=("investigation_recorded",),
)
TASK_FORCE = Starter(  # its lead owes it, whoever owns the case
    code="task-force-plan",
    kind="task_force_plan",
    names=("专项小组首个方案", "Task force's first plan"),
    length="2h",
    starts=("task_force_formed",),
    stops=("task_force_planned",),
    cancels=(*ENDED, "task_force_disbanded"),
    repeats=True,
    keeps_owner=True,
)
KEEP_IN_TOUCH = Starter(  # begins afresh with each message to the customer (contract 6)
    code="keep-in-touch",
    kind="keep_in_touch",
    names=("同步进展", "Progress to the customer"),
    unit=Unit.WORKING,
    length="4h",
    starts=("message_sent", "case_reopened"),
    resets=("message_sent",),
    repeats=True,
)
RESOLVE = Starter(
    code="resolve-complaint",
    kind="resolve",
    names=("解决（一般投诉）", "Resolve (general complaint)"),
    length="24h",
    conditions={"kind": ["complaint"], "level": GENERAL},
    starts=("case_registered", "case_reopened", "case_not_cured"),
    stops=("case_carried_out", "case_closed"),
    cancels=DROPPED,
    repeats=True,
)

TABLE = (
    for_vip(ACCEPT, length="30m"),
    ACCEPT,
    for_vip(FIRST_ANSWER, length="30m"),
    FIRST_ANSWER,
    for_vip(ANSWER, length="4h"),
    ANSWER,
    INVESTIGATE,
    for_vip(URGED, length="2h"),
    URGED,
    PRESSED,
    KEEP_IN_TOUCH,
    replace(
        RESOLVE,
        code="resolve-consultation",
        names=("解决（咨询）", "Resolve (consultation)"),
        unit=Unit.WORKING,
        length="4h",
        conditions={"kind": ["consultation"]},
    ),
    replace(
        RESOLVE,
        code="resolve-fault",
        names=("解决（一般故障）", "Resolve (simple fault)"),
        unit=Unit.WORKING,
        length="4h",
        conditions={"kind": ["fault"], "level": GENERAL},
    ),
    replace(
        RESOLVE,
        code="resolve-complex-fault",
        names=("解决（复杂故障）", "Resolve (complex fault)"),
        conditions={"kind": ["fault"], "level": COMPLEX},
    ),
    RESOLVE,
    replace(
        RESOLVE,
        code="plan-complex-complaint",
        names=("答复方案（复杂投诉）", "Answer with a plan (complex complaint)"),
        unit=Unit.WORKING,
        length="2d",
        conditions={"kind": ["complaint"], "level": ["complex"]},
        stops=("offer_made", *RESOLVE.stops),
    ),
    replace(
        RESOLVE,
        code="escalate-major-complaint",
        names=("升级处理（重大投诉）", "Escalate (major complaint)"),
        length="48h",
        conditions={"kind": ["complaint"], "level": ["major"]},
        stops=("case_escalated", *RESOLVE.stops),
        ladder=LEGAL_AT_ONCE,
    ),
    Starter(
        code="action",
        kind="action",
        names=("执行事项", "Action item"),
        cancels=DROPPED,
        pausable=False,
        keeps_owner=True,
    ),
    Starter(code="promise", kind="promise", names=("承诺", "Promise"), pausable=False),
    TASK_FORCE,
)

# The rest of the table; what is switched off waits for the part of the system that ends its clock.
INCIDENT_TEAM = Starter(
    code="incident-team",
    kind="incident_team",
    names=("群体投诉：组队", "Group incident: team"),
    length="1h",
    starts=("incident_declared",),
    stops=("incident_team_formed",),
    cancels=("incident_ended", "incident_called_off"),
    pausable=False,
)
RETURN_CALL = Starter(
    code="return-call",
    kind="return_call",
    names=("回访", "Return call"),
    length="7d",
    starts=("case_closed",),
    stops=("return_call_made",),
    cancels=("case_reopened",),
    active=False,
)
LATER = (
    INCIDENT_TEAM,
    replace(
        INCIDENT_TEAM,
        code="incident-answer",
        kind="incident_answer",
        names=("群体投诉：临时答复", "Group incident: interim answer"),
        length="4h",
        stops=("incident_answered",),
    ),
    replace(
        INCIDENT_TEAM,
        code="incident-verified",
        kind="incident_verified",
        names=("群体投诉：核实", "Group incident: verified"),
        length="24h",
        stops=("incident_verified",),
    ),
    RETURN_CALL,
    replace(  # no statutory day more: the end of the day it was closed on
        RETURN_CALL,
        code="survey",
        kind="survey",
        names=("满意度调查", "Satisfaction survey"),
        unit=Unit.STATUTORY,
        length="0d",
        stops=("survey_sent",),
    ),
)

WIN_BACK = Starter(  # each step of a play brings its own due moment (SPEC B5)
    code="win-back",
    kind="win_back",
    names=("挽回客户的步骤", "Step to win a customer back"),
    cancels=(),
    pausable=False,
)

NEEDS_ANALYSIS = Starter(  # SPEC A6
    code="onboarding-analysis",
    kind="onboarding_analysis",
    names=("新客户：需求分析", "New customer: needs analysis"),
    unit=Unit.WORKING,
    length="8h",
    starts=("onboarding_begun",),
    stops=("onboarding_analysed",),
    cancels=("onboarding_completed", "onboarding_called_off"),
    pausable=False,
)
ONBOARDING = (
    NEEDS_ANALYSIS,
    replace(
        NEEDS_ANALYSIS,
        code="onboarding-owner",
        kind="onboarding_owner",
        names=("新客户：指定负责人", "New customer: owner named"),
        length="4h",
        stops=("onboarding_owner_named",),
    ),
    replace(
        NEEDS_ANALYSIS,
        code="onboarding-follow-up",
        kind="onboarding_follow_up",
        names=("新客户：首次跟进", "New customer: first follow-up"),
        unit=Unit.ELAPSED,
        length="24h",
        stops=("onboarding_followed_up",),
    ),
    replace(
        NEEDS_ANALYSIS,
        code="onboarding-visit",
        kind="onboarding_visit",
        names=("新客户：首次拜访", "New customer: first visit"),
        length="3d",
        stops=("onboarding_visited",),
    ),
    replace(
        NEEDS_ANALYSIS,
        code="onboarding-meeting",
        kind="onboarding_meeting",
        names=("新客户：跨部门会议", "New customer: cross-department meeting"),
        length="5d",
        conditions={"complexity": ["complex"]},
        starts=("onboarding_analysed", "onboarding_analysis_revised"),
        stops=("onboarding_meeting_held",),
    ),
    Starter(  # each task of the meeting brings its own due moment
        code="onboarding-task",
        kind="onboarding_task",
        names=("跨部门会议：任务", "Cross-department meeting: task"),
        cancels=("onboarding_called_off",),
        pausable=False,
        keeps_owner=True,
    ),
)

SETTLE = replace(RESOLVE, starts=("case_registered",), repeats=False, conditions={}, active=False)
PRESETS = (
    replace(
        SETTLE,
        code="direct-12315",
        kind="direct_12315",
        names=("12315 直通和解", "12315 direct settlement"),
        unit=Unit.WORKING,
        length="10d",
    ),
    replace(
        SETTLE,
        code="finance",
        kind="finance",
        names=("金融投诉", "Financial complaint"),
        unit=Unit.STATUTORY,
        length="15d",
        extension="30d",
        conditions={"level": GENERAL},
    ),
    replace(
        SETTLE,
        code="finance-complex",
        kind="finance",
        names=("金融投诉（复杂）", "Financial complaint (complex)"),
        unit=Unit.STATUTORY,
        length="30d",
        extension="30d",
        conditions={"level": COMPLEX},
    ),
    replace(
        SETTLE,
        code="hotline-response",
        kind="hotline_response",
        names=("热线响应", "Hotline: response"),
        length="2h",
        stops=("case_accepted",),
    ),
    replace(
        SETTLE,
        code="hotline-contact",
        kind="hotline_contact",
        names=("热线联系诉求人", "Hotline: contact the caller"),
        length="24h",
        stops=("message_sent",),
    ),
    replace(
        SETTLE,
        code="hotline",
        kind="hotline",
        names=("热线办结", "Hotline: settle"),
        unit=Unit.STATUTORY,
        length="7d",
        conditions={"level": GENERAL},
    ),
    replace(
        SETTLE,
        code="hotline-complex",
        kind="hotline",
        names=("热线办结（复杂）", "Hotline: settle (complex)"),
        unit=Unit.STATUTORY,
        length="15d",
        conditions={"level": COMPLEX},
    ),
)
