"""What winning customers back puts on the desk: the next step of each play that the actor owns, one statement."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from huiying.customers.models import Customer
from huiying.engagement.policies import may_work
from huiying.insight.models import PlayStep
from huiying.kit.guards import Sentence
from huiying.kit.prepared import prepared
from huiying.staff.actors import StaffActor

AT_MOST = 200  # steps read; of each play the first that is open counts


@dataclass(frozen=True, kw_only=True)
class OwedStep:
    """One line of the desk: what to do next to win a customer back; the button opens what came of it."""

    code: str
    about: str
    customer: Customer
    due_at: datetime
    since: datetime
    form: str
    address: str
    icon: str = "user-heart"
    what: Sentence = _("Win back")
    button: Sentence = _("Complete this step")
    at_once: bool = False
    deed: str = "insight:play_step_sheet"
    whose: str = ""


def owed_steps(by: StaffActor, at: datetime) -> Iterator[OwedStep]:
    """Yield the first open step of each running play of the actor's."""
    if not may_work(by):
        return
    seen: set[int] = set()
    for step in open_steps(by.pk):
        if step.play_id in seen:
            continue
        seen.add(step.play_id)
        yield OwedStep(
            code=f"step-{step.pk}",
            about=str(step),
            customer=step.play.customer,
            due_at=step.due_at,
            since=step.play.begun_at,
            form=reverse("insight:play_step_sheet", args=[step.play_id, step.position]),
            address=step.play.get_absolute_url(),
        )


@prepared
def open_steps(owner_id: int | None) -> QuerySet[PlayStep]:
    steps = PlayStep.objects.filter(done_at=None, play__result="", play__owner=owner_id)
    return steps.select_related("play__customer").order_by("play", "position")[:AT_MOST]
