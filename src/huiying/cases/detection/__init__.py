"""Finding group incidents among what customers report (SPEC C12). Arithmetic only: no models, no database."""

from .findings import Emergence, Finding, Joining
from .reports import Report, Told, report_of
from .watch import Matter, Watch

__all__ = ["Emergence", "Finding", "Joining", "Matter", "Report", "Told", "Watch", "report_of"]
