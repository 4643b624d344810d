from .play import BeginForm, EndForm, GiveForm, StepForm
from .recipe import RecipeForm
from .terms import TermsForm
from .warning import WarningsForm

__all__ = ["BeginForm", "EndForm", "GiveForm", "RecipeForm", "StepForm", "TermsForm", "WarningsForm"]
