"""Everything that changes a case. Doors call these and nothing else."""

from .acceptance import accept
from .action_item import ActionDraft, complete, drop_action, plan_action
from .assignment import assign, assign_to_team, investigate
from .closure import NotReady, close, reopen
from .confirmation import Word, confirm, note_attempt
from .conversation import acknowledge, answer, hear
from .decision import accept_offer, decline_offer
from .discard import ask_to_discard, second_discard, withdraw
from .investigation import Findings, record_findings
from .note import note
from .offer import OfferDraft, RemedyDraft, approve, offer, refuse
from .pausing import pause, resume
from .promise import PromiseDraft, keep_promise, promise
from .registration import Caller, Draft, ListeningSteps, register
from .revision import revise
from .urging import urge, want_call

__all__ = [
    "ActionDraft",
    "Caller",
    "Draft",
    "Findings",
    "ListeningSteps",
    "NotReady",
    "OfferDraft",
    "PromiseDraft",
    "RemedyDraft",
    "Word",
    "accept",
    "accept_offer",
    "acknowledge",
    "answer",
    "approve",
    "ask_to_discard",
    "assign",
    "assign_to_team",
    "close",
    "complete",
    "confirm",
    "decline_offer",
    "drop_action",
    "hear",
    "investigate",
    "keep_promise",
    "note",
    "note_attempt",
    "offer",
    "pause",
    "plan_action",
    "promise",
    "record_findings",
    "refuse",
    "register",
    "reopen",
    "resume",
    "revise",
    "second_discard",
    "urge",
    "want_call",
    "withdraw",
]
