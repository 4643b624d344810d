"""What holds now for value and churn, as rows and as the arithmetic takes it."""

from __future__ import annotations

from django.utils import timezone

from huiying.insight.models import Signal, Terms
from huiying.insight.statistics.limits import Limits


def terms_now() -> Terms:
    """Return the newest version, or the first as it is shipped."""
    return Terms.objects.order_by("-version").first() or Terms(version=0, made_at=timezone.now())


def limits_of(terms: Terms) -> Limits:
    return Limits(
        usual_share=terms.usual_share / 100,
        alive_below=terms.alive_below / 100,
        activity_below=terms.activity_below / 100,
        score_below=float(terms.score_below),
        complaints_from=terms.complaints_from,
        plans_from=terms.plans_from,
        weights={signal.value: getattr(terms, signal.value) for signal in Signal},
    )
