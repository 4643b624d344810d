from .interactions import InteractionImporter

__all__ = ["InteractionImporter"]
