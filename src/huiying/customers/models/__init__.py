from .contact import Contact, Reach
from .customer import Customer, Status, Tier
from .figures import Figures
from .merge import Merge, MergedRow
from .order import Order
from .signals import Score, Usage
from .tag import Tag

__all__ = [
    "Contact",
    "Customer",
    "Figures",
    "Merge",
    "MergedRow",
    "Order",
    "Reach",
    "Score",
    "Status",
    "Tag",
    "Tier",
    "Usage",
]
