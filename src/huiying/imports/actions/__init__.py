from .job import ask, open_job, perform

__all__ = ["ask", "open_job", "perform"]
