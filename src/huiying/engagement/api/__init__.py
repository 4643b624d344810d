from . import interaction, mailing, need, pool
from .router import router

__all__ = ["interaction", "mailing", "need", "pool", "router"]
