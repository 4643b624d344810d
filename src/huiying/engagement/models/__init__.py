from .care_policy import CarePolicy, Per
from .care_rule import CareRule
from .former_record import FormerRecord
from .interaction import Interaction, Means
from .need import Consultation, Decision, Delivered, Dismissal, Evidence, FollowUp, Need, Origin, Presentation, Proposal
from .need_rules import NeedRules, NeedWatch, ProductLimit
from .occasion import Occasion, OccasionTerms
from .planned_contact import CareMark, PlannedContact, State

__all__ = [
    "CareMark",
    "CarePolicy",
    "CareRule",
    "Consultation",
    "Decision",
    "Delivered",
    "Dismissal",
    "Evidence",
    "FollowUp",
    "FormerRecord",
    "Interaction",
    "Means",
    "Need",
    "NeedRules",
    "NeedWatch",
    "Occasion",
    "OccasionTerms",
    "Origin",
    "Per",
    "PlannedContact",
    "Presentation",
    "ProductLimit",
    "Proposal",
    "State",
]
