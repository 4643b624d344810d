"""How the apps hang together: each names its own here, so that lower ones need not know who stands above them."""

from .belongings import BELONGINGS, STAYS_WITH_OWNER
from .following import FOLLOWS_CUSTOMER, STAYS_WITH_CUSTOMER, UNDO_HINDRANCES
from .offices import OFFICES
from .reactions import REACTIONS
from .sources import IMPORTERS, IN_USE, OWED, PROJECTS
from .story import KINDS, STRANDS
from .vocabulary import DEEDS, SITUATION

__all__ = [
    "BELONGINGS",
    "DEEDS",
    "FOLLOWS_CUSTOMER",
    "IMPORTERS",
    "IN_USE",
    "KINDS",
    "OFFICES",
    "OWED",
    "PROJECTS",
    "REACTIONS",
    "SITUATION",
    "STAYS_WITH_CUSTOMER",
    "STAYS_WITH_OWNER",
    "STRANDS",
    "UNDO_HINDRANCES",
]
