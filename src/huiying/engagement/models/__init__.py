from .care_rule import CareRule
from .former_record import FormerRecord
from .interaction import Interaction, Means
from .need import Consultation, Decision, Delivered, Dismissal, Evidence, FollowUp, Need, Origin, Presentation, Proposal
from .need_rules import NeedRules, NeedWatch, ProductLimit

__all__ = [
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
    "Origin",
    "Presentation",
    "ProductLimit",
    "Proposal",
]
