from .play import BeginForm, EndForm, StepForm
from .recipe import RecipeForm
from .terms import TermsForm
from .warning import WarningsForm

__all__ = ["BeginForm", "EndForm", "RecipeForm", "StepForm", "TermsForm", "WarningsForm"]
