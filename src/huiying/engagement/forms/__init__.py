from .interaction import InteractionForm, NewInteractionForm
from .plan import PlanForm, SkipForm
from .policy import CarePolicyForm, CareRuleForm

__all__ = ["CarePolicyForm", "CareRuleForm", "InteractionForm", "NewInteractionForm", "PlanForm", "SkipForm"]
