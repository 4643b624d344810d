"""What can be done next with a case, by stage: one list draws the page's buttons and the board's forms."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from huiying.cases import policies
from huiying.cases.lifecycle import Stage
from huiying.cases.models import Case
from huiying.journal.actors import Actor
from huiying.kit.guards import Sentence


@dataclass(frozen=True, kw_only=True)
class Deed:
    """One thing to do: its place (url name), its name, and who may. `key` is its letter on the keyboard."""

    place: str
    name: Sentence
    may: Callable[[Actor, Case], bool]
    key: str = ""

    def address(self, case: Case) -> str:
        return reverse(f"cases:{self.place}", args=[case.number])


ACCEPT = Deed(place="acceptance", name=_("Accept"), may=policies.may_accept, key="s")
TAKE_OVER = Deed(place="handover_acceptance", name=_("Take over"), may=policies.may_take_handover, key="s")
GIVE_BACK = Deed(place="handover_return", name=_("Give back"), may=policies.may_take_handover)
ASSIGN = Deed(place="assignment", name=_("Assign"), may=policies.may_assign, key="a")
INVESTIGATE = Deed(place="investigation", name=_("Record findings"), may=policies.may_investigate, key="s")
OFFER = Deed(place="offers", name=_("Offer a solution"), may=policies.may_offer, key="s")
PLAN = Deed(place="actions", name=_("Agree an action"), may=policies.may_plan_actions, key="s")
CONFIRM = Deed(place="confirmation", name=_("Record the customer's word"), may=policies.may_confirm, key="s")
ATTEMPT = Deed(place="attempts", name=_("Not reached"), may=policies.may_confirm)
CLOSE = Deed(place="closure", name=_("Close"), may=policies.may_close, key="s")
REOPEN = Deed(place="reopening", name=_("Reopen"), may=policies.may_reopen, key="s")
PROMISE = Deed(place="promises", name=_("Promise"), may=policies.may_promise)
REVISE = Deed(place="revision", name=_("Correct"), may=policies.may_revise, key="e")
CUSTOMER = Deed(place="customer", name=_("Correct the caller"), may=policies.may_revise)
RELATE = Deed(place="relations", name=_("Link another case"), may=policies.may_relate)
MERGE = Deed(place="merge", name=_("Merge as duplicate"), may=policies.may_merge)
RECUSE = Deed(place="recusals", name=_("Name who is complained about"), may=policies.may_recuse)
TASK_FORCE = Deed(place="task_force", name=_("Form a task force"), may=policies.may_form_task_force)
SPLIT = Deed(place="splits", name=_("Split off another matter"), may=policies.may_split)
PAUSE = Deed(place="pause", name=_("Pause the clocks"), may=policies.may_pause)
RESUME = Deed(place="resumption", name=_("Let the clocks run"), may=policies.may_pause)
URGE = Deed(place="urging", name=_("Customer urges"), may=policies.may_urge)
PRESS = Deed(place="pressings", name=_("Press"), may=policies.may_press)
WITHDRAW = Deed(place="withdrawal", name=_("Customer withdraws"), may=policies.may_withdraw)
DISCARD = Deed(place="discard", name=_("Mark invalid"), may=policies.may_discard)

ALWAYS = (
    ASSIGN,
    PROMISE,
    URGE,
    PRESS,
    PAUSE,
    RESUME,
    REVISE,
    CUSTOMER,
    RECUSE,
    TASK_FORCE,
    RELATE,
    SPLIT,
    MERGE,
    WITHDRAW,
    DISCARD,
)
NEXT: dict[Stage, tuple[Deed, ...]] = {
    Stage.RECEIVED: (ACCEPT,),
    Stage.ACCEPTED: (INVESTIGATE,),
    Stage.INVESTIGATING: (INVESTIGATE,),
    Stage.DRAFTING: (OFFER,),
    Stage.AGREEING: (),
    Stage.EXECUTING: (PLAN,),
    Stage.CONFIRMING: (CONFIRM, ATTEMPT),
    Stage.CLOSED: (REOPEN,),
    Stage.WITHDRAWN: (REOPEN,),
    Stage.INVALID: (REOPEN,),
}


def next_deeds(case: Case, by: Actor, *, is_cured: bool) -> list[Deed]:
    """Return what the actor may do to bring the case on; the first is the one button that stands out."""
    if case.stage == Stage.CONFIRMING and is_cured:
        return [deed for deed in (CLOSE, CONFIRM) if deed.may(by, case)]
    return [deed for deed in (TAKE_OVER, GIVE_BACK, *NEXT.get(case.at_stage, ())) if deed.may(by, case)]


def other_deeds(case: Case, by: Actor, *, is_paused: bool, has_force: bool = False) -> list[Deed]:
    """Return what may be done at any stage; clocks are either paused or set going, and one task force stands."""
    left_out = (PAUSE if is_paused else RESUME, *([TASK_FORCE] if has_force else []))
    return [deed for deed in ALWAYS if deed not in left_out and deed.may(by, case)]
