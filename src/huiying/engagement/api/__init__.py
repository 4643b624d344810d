from . import interaction, need
from .router import router

__all__ = ["interaction", "need", "router"]
