from .call import Call, Terms
from .dispatch import Dispatch, DispatchQuerySet
from .gateway import SmsGateway
from .habits import OwnHabits, RoleHabits
from .notice import Notice, NoticeQuerySet
from .robot import Handle, Robot

__all__ = [
    "Call",
    "Dispatch",
    "DispatchQuerySet",
    "Handle",
    "Notice",
    "NoticeQuerySet",
    "OwnHabits",
    "Robot",
    "RoleHabits",
    "SmsGateway",
    "Terms",
]
