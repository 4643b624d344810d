from . import interaction, mailing, need
from .router import router

__all__ = ["interaction", "mailing", "need", "router"]
