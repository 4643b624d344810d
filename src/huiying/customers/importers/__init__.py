from .customers import CustomerImporter
from .orders import OrderImporter
from .signals import ScoreImporter, UsageImporter

__all__ = ["CustomerImporter", "OrderImporter", "ScoreImporter", "UsageImporter"]
