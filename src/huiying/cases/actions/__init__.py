"""Everything that changes a case. Doors call these and nothing else."""

from .acceptance import accept
from .action_item import ActionDraft, complete, drop_action, plan_action
from .assignment import assign, assign_to_team, investigate
from .closure import NotReady, close, reopen
from .confirmation import Word, confirm, note_attempt
from .conversation import acknowledge, answer, hear, inform
from .customer import change_customer
from .decision import accept_offer, decline_offer
from .discard import ask_to_discard, second_discard, withdraw
from .extension import allow_more_time, ask_more_time, refuse_more_time
from .handing_on import hand_on
from .handover import accept_handover, return_handover
from .incident import IncidentDraft, call_off, declare, end, form_team, join, leave, refuse_candidate
from .investigation import Findings, record_findings
from .lookout import dismiss
from .merging import merge, undo_merge
from .note import note
from .offer import OfferDraft, RemedyDraft, approve, offer, refuse
from .pausing import pause, resume
from .promise import PromiseDraft, keep_promise, promise
from .recusal import lift_recusal, recuse
from .registration import Caller, Draft, ListeningSteps, register
from .relation import relate, unrelate
from .revision import revise
from .splitting import SplitDraft, split
from .statement import publish, tell_by_phone, verify
from .task_force import PlanDraft, TaskForceDraft, close_task_force, form_task_force, plan_task_force
from .urging import answer_pressing, press, urge, want_call
from .watching import unwatch, watch

__all__ = [
    "ActionDraft",
    "Caller",
    "Draft",
    "Findings",
    "IncidentDraft",
    "ListeningSteps",
    "NotReady",
    "OfferDraft",
    "PlanDraft",
    "PromiseDraft",
    "RemedyDraft",
    "SplitDraft",
    "TaskForceDraft",
    "Word",
    "accept",
    "accept_handover",
    "accept_offer",
    "acknowledge",
    "allow_more_time",
    "answer",
    "answer_pressing",
    "approve",
    "ask_more_time",
    "ask_to_discard",
    "assign",
    "assign_to_team",
    "call_off",
    "change_customer",
    "close",
    "close_task_force",
    "complete",
    "confirm",
    "declare",
    "decline_offer",
    "dismiss",
    "drop_action",
    "end",
    "form_task_force",
    "form_team",
    "hand_on",
    "hear",
    "inform",
    "investigate",
    "join",
    "keep_promise",
    "leave",
    "lift_recusal",
    "merge",
    "note",
    "note_attempt",
    "offer",
    "pause",
    "plan_action",
    "plan_task_force",
    "press",
    "promise",
    "publish",
    "record_findings",
    "recuse",
    "refuse",
    "refuse_candidate",
    "refuse_more_time",
    "register",
    "relate",
    "reopen",
    "resume",
    "return_handover",
    "revise",
    "second_discard",
    "split",
    "tell_by_phone",
    "undo_merge",
    "unrelate",
    "unwatch",
    "urge",
    "verify",
    "want_call",
    "watch",
    "withdraw",
]
