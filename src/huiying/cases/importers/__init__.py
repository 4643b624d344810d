from .cases import CaseImporter

__all__ = ["CaseImporter"]
