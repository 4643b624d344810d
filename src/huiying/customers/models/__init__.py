from .contact import Contact, Reach
from .customer import Customer, Status, Tier, of_seen_customers
from .figures import Figures
from .freshness import Block, Freshness, ReviewRule
from .merge import Merge, MergedRow
from .order import Order
from .pair import NameKey, Pair, PairSearch
from .perk import Perk
from .signals import Score, Usage
from .standing import Override, Round, Ruling, Suggestion, Tally, Trial
from .tag import Tag
from .tier_rule import TierRule, TierTerms

__all__ = [
    "Block",
    "Contact",
    "Customer",
    "Figures",
    "Freshness",
    "Merge",
    "MergedRow",
    "NameKey",
    "Order",
    "Override",
    "Pair",
    "PairSearch",
    "Perk",
    "Reach",
    "ReviewRule",
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
    "of_seen_customers",
]
