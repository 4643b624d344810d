from .interaction import InteractionForm
from .plan import PlanForm, SkipForm
from .policy import CarePolicyForm, CareRuleForm

__all__ = ["CarePolicyForm", "CareRuleForm", "InteractionForm", "PlanForm", "SkipForm"]
