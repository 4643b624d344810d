from .contact import Contact, Reach
from .customer import Customer, Status, Tier
from .figures import Figures
from .merge import Merge, MergedRow
from .order import Order
from .signals import Score, Usage
from .standing import Override, Round, Ruling, Suggestion, Tally, Trial
from .tag import Tag
from .tier_rule import TierRule, TierTerms

__all__ = [
    "Contact",
    "Customer",
    "Figures",
    "Merge",
    "MergedRow",
    "Order",
    "Override",
    "Reach",
    "Round",
    "Ruling",
    "Score",
    "Status",
    "Suggestion",
    "Tag",
    "Tally",
    "Tier",
    "TierRule",
    "TierTerms",
    "Trial",
    "Usage",
]
