from .interaction import correct_record, record_contact

__all__ = ["correct_record", "record_contact"]
