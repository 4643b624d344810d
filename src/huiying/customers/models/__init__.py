from .contact import Contact, Reach
from .customer import Customer, Status, Tier
from .order import Order
from .tag import Tag

__all__ = ["Contact", "Customer", "Order", "Reach", "Status", "Tag", "Tier"]
