from . import interaction, mailing, need, occasion, onboarding, plan, pool, succession, template
from .router import router

__all__ = [
    "interaction",
    "mailing",
    "need",
    "occasion",
    "onboarding",
    "plan",
    "pool",
    "router",
    "succession",
    "template",
]
