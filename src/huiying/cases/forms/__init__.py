"""What people fill in; each form turns itself into the typed value that its action takes."""

from .closing import AttemptForm, ClosureForm, ConfirmationForm, ReasonForm, SecondLookForm
from .customer import CustomerForm
from .extension import ExtensionForm
from .handling import AcceptanceForm, ActionItemForm, AssignmentForm, FindingsForm, PauseForm, ProofForm
from .offer import ApprovalForm, DecisionForm, OfferForm, RemedyFormSet
from .promise import PromiseForm
from .registration import RegistrationForm
from .relation import KindRulesForm, RelationForm
from .revision import RevisionForm
from .urging import PressingAnswerForm, PressingForm
from .words import AnswerForm, NoteForm

__all__ = [
    "AcceptanceForm",
    "ActionItemForm",
    "AnswerForm",
    "ApprovalForm",
    "AssignmentForm",
    "AttemptForm",
    "ClosureForm",
    "ConfirmationForm",
    "CustomerForm",
    "DecisionForm",
    "ExtensionForm",
    "FindingsForm",
    "KindRulesForm",
    "NoteForm",
    "OfferForm",
    "PauseForm",
    "PressingAnswerForm",
    "PressingForm",
    "PromiseForm",
    "ProofForm",
    "ReasonForm",
    "RegistrationForm",
    "RelationForm",
    "RemedyFormSet",
    "RevisionForm",
    "SecondLookForm",
]
