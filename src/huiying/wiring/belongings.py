"""What follows a person who hands their work over, and what stays."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from huiying.cases.actions.action_item import give_action
from huiying.cases.actions.assignment import assign as assign_case
from huiying.cases.models import ActionItem, Case
from huiying.customers.models import Customer
from huiying.engagement.actions.giving import CARING, hand_customer, hand_need, hand_planned
from huiying.engagement.actions.meeting import hand_task
from huiying.engagement.actions.onboarding import hand_onboarding
from huiying.engagement.belongings import Belonging
from huiying.engagement.models import MeetingTask, Need, Onboarding, PlannedContact
from huiying.insight.actions.giving import hand_play
from huiying.insight.models import Play

HANDLING = frozenset({"cases.see", "cases.work"})

# What follows a person who hands their work over, customers first: what concerns a customer goes with them.
BELONGINGS = (
    Belonging(
        code="customers",
        model=Customer,
        name=_("customers"),
        words=ngettext_lazy("%(n)s customer", "%(n)s customers", "n"),
        open=Customer.objects.current,
        give=hand_customer,
        powers=CARING,
        customer="",
    ),
    Belonging(
        code="cases",
        model=Case,
        name=_("open cases"),
        words=ngettext_lazy("%(n)s open case", "%(n)s open cases", "n"),
        open=Case.objects.open,
        give=assign_case,
        powers=HANDLING,
    ),
    Belonging(
        code="actions",
        model=ActionItem,
        name=_("action items"),
        words=ngettext_lazy("%(n)s action item", "%(n)s action items", "n"),
        open=lambda: ActionItem.objects.filter(done_at=None, dropped_at=None).select_related("case"),
        give=lambda row, *, to, by, at, reason: give_action(row, to=to, by=by, at=at),
        powers=HANDLING,
        customer="case__customer",
    ),
    Belonging(
        code="onboardings",
        model=Onboarding,
        name=_("onboardings"),
        words=ngettext_lazy("%(n)s onboarding", "%(n)s onboardings", "n"),
        open=Onboarding.objects.running,
        give=hand_onboarding,
        powers=CARING,
    ),
    Belonging(
        code="tasks",
        model=MeetingTask,
        name=_("tasks of meetings"),
        words=ngettext_lazy("%(n)s task of a meeting", "%(n)s tasks of meetings", "n"),
        open=MeetingTask.objects.open,
        give=hand_task,
        powers=frozenset(),
        customer="meeting__onboarding__customer",
    ),
    Belonging(
        code="needs",
        model=Need,
        name=_("needs"),
        words=ngettext_lazy("%(n)s need", "%(n)s needs", "n"),
        open=Need.objects.open,
        give=hand_need,
        powers=CARING,
    ),
    Belonging(
        code="plans",
        model=PlannedContact,
        name=_("planned contacts"),
        words=ngettext_lazy("%(n)s planned contact", "%(n)s planned contacts", "n"),
        open=lambda: PlannedContact.objects.open().select_related("customer"),
        give=hand_planned,
        powers=CARING,
        titled=lambda row: f"{row.customer.name} · {row}",
    ),
    Belonging(
        code="plays",
        model=Play,
        name=_("win-back plays"),
        words=ngettext_lazy("%(n)s win-back play", "%(n)s win-back plays", "n"),
        open=Play.objects.running,
        give=hand_play,
        powers=CARING,
    ),
)
# What a person owns and keeps, and why.
STAYS_WITH_OWNER = {
    "deadlines.clock.owner": "a clock follows its case, item or step",
    "deadlines.stint.owner": "it tells whose time it was",
    "cases.savedview.owner": "a view is a habit of one's own",
    "engagement.interaction.owner": "it tells who spoke with the customer",
    "engagement.caremark.owner": "the plan is made anew where it differs from the customer's",
    "engagement.holding.owner": "it tells who looked after the customer when",
    "engagement.caremorning.owner": "it tells on which morning they were told",
}
