from .dispatch import Dispatch, DispatchQuerySet
from .habits import OwnHabits, RoleHabits
from .notice import Notice, NoticeQuerySet
from .robot import Handle, Robot

__all__ = ["Dispatch", "DispatchQuerySet", "Handle", "Notice", "NoticeQuerySet", "OwnHabits", "Robot", "RoleHabits"]
