from huiying.insight.api import churn, figures
from huiying.insight.api.router import router

__all__ = ["churn", "figures", "router"]
