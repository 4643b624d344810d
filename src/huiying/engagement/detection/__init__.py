"""Finding needs in what was said, used, asked and bought: arithmetic without models (SPEC B4)."""

from .findings import RULES, Finding, Numbers, Rule
from .rhythm import due_again
from .usage import usage_signals
from .wishes import Wish, wishes

__all__ = ["RULES", "Finding", "Numbers", "Rule", "Wish", "due_again", "usage_signals", "wishes"]
