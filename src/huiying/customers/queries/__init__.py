from .identity import email_of, find_by_email, find_by_name, find_by_phone, identify
from .search import search_customers
from .timeline import timeline

__all__ = [
    "email_of",
    "find_by_email",
    "find_by_name",
    "find_by_phone",
    "identify",
    "search_customers",
    "timeline",
]
