"""Everything that changes clocks, policies and calendars. Higher apps call these and nothing else."""

from huiying.deadlines.models.policy import Situation

from .beginning import reckon_all, start_all
from .extending import ExtensionDraft, allow_extension, ask_extension, refuse_extension
from .following import Answerable, entrust, follow
from .forgetting import forget_clocks
from .merging import inherit_clocks, merge_clocks, part_clocks
from .pausing import PauseDraft, pause_clocks, resume_clocks
from .promising import start_promised_clock, stop_promised_clock
from .replanning import replan, replan_calendar
from .reviving import revive_clocks
from .ringing import ring, sweep

__all__ = [
    "Answerable",
    "ExtensionDraft",
    "PauseDraft",
    "Situation",
    "allow_extension",
    "ask_extension",
    "entrust",
    "follow",
    "forget_clocks",
    "inherit_clocks",
    "merge_clocks",
    "part_clocks",
    "pause_clocks",
    "reckon_all",
    "refuse_extension",
    "replan",
    "replan_calendar",
    "resume_clocks",
    "revive_clocks",
    "ring",
    "start_all",
    "start_promised_clock",
    "stop_promised_clock",
    "sweep",
]
