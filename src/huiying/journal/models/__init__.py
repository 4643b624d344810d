from .duty import Duty
from .entry import Entry
from .pulse import Pulse
from .seal import Seal
from .series import Series

__all__ = ["Duty", "Entry", "Pulse", "Seal", "Series"]
