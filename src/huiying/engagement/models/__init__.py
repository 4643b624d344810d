from .care_rule import CareRule
from .former_record import FormerRecord
from .interaction import Interaction, Means

__all__ = ["CareRule", "FormerRecord", "Interaction", "Means"]
