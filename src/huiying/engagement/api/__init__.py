from . import interaction, mailing, need, occasion, plan, pool
from .router import router

__all__ = ["interaction", "mailing", "need", "occasion", "plan", "pool", "router"]
