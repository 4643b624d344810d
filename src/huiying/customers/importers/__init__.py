from .customers import CustomerImporter
from .orders import OrderImporter
from .scores import ScoreImporter
from .usage import UsageImporter

__all__ = ["CustomerImporter", "OrderImporter", "ScoreImporter", "UsageImporter"]
