from .actions import ActionItem
from .approval import Approval
from .batch import Batch, BatchLine
from .case import Case, Kind, Level, Mood, Urgency
from .category import Category
from .closing import Attempt, Closure, Confirmation, Discard, Reopening
from .handover import Handover
from .incident import Incident, IncidentPerson, Membership, Statement
from .intake import Listening, Promise
from .investigation import Investigation, Share
from .kept_draft import KeptDraft
from .merge import Merge
from .note import Note
from .offer import Offer, Remedy
from .phrase import Phrase
from .presence import Presence
from .pressing import Pressing
from .recusal import Recusal
from .relation import KindRule, Relation, Side
from .route import Route
from .saved_view import SavedView
from .sent_form import SentForm
from .split import Split
from .suspicion import Candidate, Lookout, SuspectCase, Suspicion
from .task_force import TaskForce, TaskForceMember
from .watcher import Watcher

__all__ = [
    "ActionItem",
    "Approval",
    "Attempt",
    "Batch",
    "BatchLine",
    "Candidate",
    "Case",
    "Category",
    "Closure",
    "Confirmation",
    "Discard",
    "Handover",
    "Incident",
    "IncidentPerson",
    "Investigation",
    "KeptDraft",
    "Kind",
    "KindRule",
    "Level",
    "Listening",
    "Lookout",
    "Membership",
    "Merge",
    "Mood",
    "Note",
    "Offer",
    "Phrase",
    "Presence",
    "Pressing",
    "Promise",
    "Recusal",
    "Relation",
    "Remedy",
    "Reopening",
    "Route",
    "SavedView",
    "SentForm",
    "Share",
    "Side",
    "Split",
    "Statement",
    "SuspectCase",
    "Suspicion",
    "TaskForce",
    "TaskForceMember",
    "Urgency",
    "Watcher",
]
