from .calendar import Calendar, CalendarDay, CalendarHours
from .clock import Clock
from .edition import Edition
from .extension import Extension
from .pause import Pause
from .policy import Policy
from .stint import Stint

__all__ = ["Calendar", "CalendarDay", "CalendarHours", "Clock", "Edition", "Extension", "Pause", "Policy", "Stint"]
