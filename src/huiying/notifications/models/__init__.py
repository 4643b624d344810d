from .dispatch import Dispatch, DispatchQuerySet
from .habits import OwnHabits, RoleHabits
from .notice import Notice, NoticeQuerySet

__all__ = ["Dispatch", "DispatchQuerySet", "Notice", "NoticeQuerySet", "OwnHabits", "RoleHabits"]
