"""From where on something is a sign. Pages read this, so it asks for no numpy."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, kw_only=True)
class Limits:
    """From where on something is a sign; shares are 0–1, `weights` points of 100 by signal."""

    usual_share: float
    alive_below: float
    activity_below: float
    score_below: float
    complaints_from: int
    plans_from: int
    weights: dict[str, int] = field(default_factory=dict)
