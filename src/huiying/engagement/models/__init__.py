from .interaction import Interaction, Means

__all__ = ["Interaction", "Means"]
