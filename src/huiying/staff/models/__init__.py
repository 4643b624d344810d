from .absence import Absence
from .organisation import Department, Team
from .role import Role, Scope
from .token import Token
from .user import User

__all__ = ["Absence", "Department", "Role", "Scope", "Team", "Token", "User"]
