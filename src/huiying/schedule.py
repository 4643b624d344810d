"""What recurs: each step of the heartbeat, with how often it is due."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from huiying.api.replies import forget_old
from huiying.cases.actions.lookout import look_out
from huiying.cases.actions.once import forget_sent_forms
from huiying.cases.actions.presence import forget_absent
from huiying.cases.actions.statement import tell_members
from huiying.cases.passing_on import pass_on
from huiying.channels.deliveries import deliver
from huiying.customers.actions.freshness import reckon_reviews, tell_of_reviews
from huiying.customers.actions.pairing import look_for_pairs
from huiying.customers.actions.rating import rate_customers
from huiying.customers.actions.standing import end_overrides
from huiying.deadlines.actions import sweep
from huiying.engagement.actions.mailing_sending import send_mailings
from huiying.engagement.actions.morning import tell_in_the_morning
from huiying.engagement.actions.need_reminder import remind_of_needs
from huiying.engagement.actions.need_watch import watch_for_needs
from huiying.engagement.actions.occasion import tell_of_occasions
from huiying.engagement.actions.reclaiming import tend_pool
from huiying.engagement.actions.tending import tend
from huiying.engagement.succession_task import hand_over_due
from huiying.insight.night import reckon_at_night
from huiying.intake.mailbox import collect
from huiying.journal.duties import perform_due
from huiying.journal.sealing import seal_settled
from huiying.notifications.dispatching import dispatch_by_robots, dispatch_by_sms, dispatch_mails
from huiying.staff.sessions import forget_expired


@dataclass(frozen=True)
class Step:
    """One recurring piece of work: called with the present moment, it says how much it did."""

    name: str
    work: Callable[[datetime], int]
    every: timedelta = timedelta(seconds=1)


STEPS = (
    Step("clocks", sweep),
    Step("duties", perform_due),
    Step("deliveries", deliver, timedelta(seconds=2)),
    Step("notices", dispatch_mails, timedelta(seconds=2)),
    Step("robots", dispatch_by_robots, timedelta(seconds=2)),
    Step("sms", dispatch_by_sms, timedelta(seconds=2)),
    Step("calls", pass_on, timedelta(seconds=10)),
    Step("statements", tell_members, timedelta(seconds=5)),
    Step("care", tend, timedelta(seconds=60)),
    Step("mornings", tell_in_the_morning, timedelta(seconds=60)),
    Step("lookout", look_out, timedelta(seconds=5)),
    Step("mailings", send_mailings, timedelta(seconds=3)),
    Step("needs", watch_for_needs, timedelta(seconds=10)),
    Step("need_reminders", remind_of_needs, timedelta(minutes=5)),
    Step("duplicates", look_for_pairs, timedelta(seconds=2)),
    Step("pool", tend_pool, timedelta(seconds=30)),
    Step("hand-overs", hand_over_due, timedelta(seconds=60)),
    Step("mailbox", collect, timedelta(seconds=20)),
    Step("figures", reckon_at_night, timedelta(minutes=1)),
    Step("review dates", reckon_reviews, timedelta(seconds=5)),
    Step("reviews", tell_of_reviews, timedelta(minutes=5)),
    Step("seals", seal_settled, timedelta(seconds=30)),
    Step("replies", forget_old, timedelta(hours=1)),
    Step("forms", forget_sent_forms, timedelta(hours=1)),
    Step("presence", forget_absent, timedelta(hours=1)),
    Step("tiers", rate_customers, timedelta(minutes=1)),
    Step("occasions", tell_of_occasions, timedelta(hours=1)),
    Step("overrides", end_overrides, timedelta(minutes=1)),
    Step("sessions", forget_expired, timedelta(hours=1)),
)
