from .customers import CustomerImporter
from .orders import OrderImporter

__all__ = ["CustomerImporter", "OrderImporter"]
