from . import interaction
from .router import router

__all__ = ["interaction", "router"]
