from . import interaction, mailing, need, occasion, pool
from .router import router

__all__ = ["interaction", "mailing", "need", "occasion", "pool", "router"]
