from .play import Play, PlayStep, Recipe, RecipeStep
from .reckoning import Reckoning
from .terms import Terms
from .warning import ChurnWarning, Signal

__all__ = ["ChurnWarning", "Play", "PlayStep", "Recipe", "RecipeStep", "Reckoning", "Signal", "Terms"]
