"""What can happen to an onboarding, each with the sentence a timeline shows. Facts hold no customer's words."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from huiying.customers.drafts import Door
from huiying.engagement.models.onboarding import CallingOff, NeedsAnalysis, Onboarding
from huiying.engagement.onboarding_lifecycle import Step
from huiying.engagement.verbs import day_name
from huiying.journal.verbs import Verb
from huiying.kit.guards import Sentence


def trigger_name(code: str) -> Sentence:
    return Onboarding.Trigger(code).label if code in Onboarding.Trigger else code


def type_name(code: str) -> Sentence:
    return NeedsAnalysis.Type(code).label if code in NeedsAnalysis.Type else code


def priority_name(code: str) -> Sentence:
    return NeedsAnalysis.Priority(code).label if code in NeedsAnalysis.Priority else code


def reason_name(code: str) -> Sentence:
    return CallingOff.Reason(code).label if code in CallingOff.Reason else code


def step_name(code: str) -> Sentence:
    return Step(code).label if code in Step else code


def door_names(codes: Sequence[str]) -> str:
    return ", ".join(str(Door(code).label) if code in Door else code for code in codes) or "—"


_FOUND = {"type": type_name, "priority": priority_name}

BEGUN = Verb("onboarding_begun", _("began the onboarding ({trigger})"), words={"trigger": trigger_name})
ANALYSED = Verb("onboarding_analysed", _("analysed the needs: {type}, priority {priority}"), words=_FOUND)
ANALYSIS_REVISED = Verb(
    "onboarding_analysis_revised", _("analysed the needs anew: {type}, priority {priority}"), words=_FOUND
)
OWNER_NAMED = Verb("onboarding_owner_named", _("named {name} as the owner of the onboarding"))
FOLLOWED_UP = Verb("onboarding_followed_up", _("the first follow-up took place, {day}"), words={"day": day_name})
VISITED = Verb("onboarding_visited", _("the first visit took place, {day}"), words={"day": day_name})
MEETING_HELD = Verb("onboarding_meeting_held", _("noted the cross-department meeting: {tasks} tasks"))
MEETING_CORRECTED = Verb("onboarding_meeting_corrected", _("corrected the record of the cross-department meeting"))
STEP_REOPENED = Verb(
    "onboarding_step_reopened", _("“{step}” is open again: its record was corrected"), words={"step": step_name}
)
TASK_DONE = Verb("onboarding_task_done", _("did a task of the meeting"))
TASK_REOPENED = Verb("onboarding_task_reopened", _("a task of the meeting is open again"))
TASK_GIVEN = Verb("onboarding_task_given", _("gave a task of the meeting to {name}"))
NEED_FOUND = Verb("onboarding_need_found", _("passed what was found on into the needs"))
COMPLETED = Verb("onboarding_completed", _("completed the onboarding: every step is met"))
CALLED_OFF = Verb("onboarding_called_off", _("called the onboarding off: {reason}"), words={"reason": reason_name})
TAKEN_UP = Verb("onboarding_taken_up", _("took the onboarding up again"))
RULE_CHANGED = Verb(
    "onboarding_rule_changed",
    _("changed whose onboarding begins by itself, version {version}: {doors}"),
    words={"doors": door_names},
)
