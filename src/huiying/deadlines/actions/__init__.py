"""Everything that changes clocks, policies and calendars. Higher apps call these and nothing else."""

from huiying.deadlines.models.policy import Situation

from .beginning import reckon_all, start_all
from .following import Answerable, follow
from .merging import inherit_clocks, merge_clocks
from .pausing import PauseDraft, pause_clocks, resume_clocks
from .promising import start_promised_clock, stop_promised_clock
from .replanning import replan, replan_calendar
from .ringing import ring, sweep

__all__ = [
    "Answerable",
    "PauseDraft",
    "Situation",
    "follow",
    "inherit_clocks",
    "merge_clocks",
    "pause_clocks",
    "reckon_all",
    "replan",
    "replan_calendar",
    "resume_clocks",
    "ring",
    "start_all",
    "start_promised_clock",
    "stop_promised_clock",
    "sweep",
]
