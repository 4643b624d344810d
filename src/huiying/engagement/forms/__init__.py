from .interaction import InteractionForm

__all__ = ["InteractionForm"]
