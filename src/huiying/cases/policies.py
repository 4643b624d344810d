"""Who may do what with a case. The same predicate guards the action and shows the button."""

from __future__ import annotations

from decimal import Decimal

from huiying.cases.lifecycle import Stage
from huiying.cases.models import ActionItem, Case, Discard, Incident, Merge, Offer, Recusal, SavedView, TaskForce
from huiying.deadlines.models import Extension
from huiying.journal.actors import Actor
from huiying.staff.actors import StaffActor

BEFORE_AGREEMENT = (Stage.INVESTIGATING, Stage.DRAFTING, Stage.AGREEING)


def may_export(by: Actor) -> bool:
    return by.can("cases.export")


def may_register(by: Actor) -> bool:
    return by.is_customer or by.can("cases.register")


def may_accept(by: Actor, case: Case) -> bool:
    return by.can("cases.accept") and case.stage == Stage.RECEIVED


def may_assign(by: Actor, case: Case) -> bool:
    return by.can("cases.assign") and case.is_open


def may_take_handover(by: Actor, case: Case) -> bool:
    """Whom it is handed to; where that is a team, anybody of it who accepts cases."""
    if case.giver_id is None or not case.is_open or not by.can("cases.see"):
        return False
    if case.owner_id is not None:
        return case.owner_id == by.pk
    return isinstance(by, StaffActor) and by.team_id == case.team_id and by.can("cases.accept")


def may_revise(by: Actor, case: Case) -> bool:
    return by.can("cases.work") and case.is_open


def may_relate(by: Actor, case: Case) -> bool:
    """What belongs together may be found out after a case has ended."""
    return by.can("cases.work")


def may_assign_many(by: Actor) -> bool:
    return by.can("cases.assign")


def may_revise_many(by: Actor) -> bool:
    return by.can("cases.work")


def may_merge(by: Actor, case: Case) -> bool:
    return by.can("cases.work") and case.is_open


def may_form_task_force(by: Actor, case: Case) -> bool:
    """Who leads, and who owns the case (SPEC C5)."""
    if not case.is_open or case.stage == Stage.RECEIVED or not by.can("cases.work"):
        return False
    return by.can("cases.assign") or case.owner_id == by.pk


def may_plan_task_force(by: Actor, force: TaskForce) -> bool:
    return force.closed_at is None and (by.pk in force.member_ids or by.can("cases.assign"))


def may_close_task_force(by: Actor, force: TaskForce) -> bool:
    return force.closed_at is None and (by.pk == force.lead_id or by.can("cases.assign"))


def may_recuse(by: Actor, case: Case) -> bool:
    return by.can("cases.work") and case.stage != Stage.MERGED


def may_lift_recusal(by: Actor, recusal: Recusal) -> bool:
    """Who leads, but never who is named (SPEC C15)."""
    return by.can("cases.assign") and by.pk != recusal.user_id


def may_split(by: Actor, case: Case) -> bool:
    return by.can("cases.work") and by.can("cases.register") and case.is_open


def may_undo_merge(by: Actor, merge: Merge, into: Case) -> bool:
    """Until the case that took the other in has ended (SPEC C14); a second handling gives nothing back."""
    return by.can("cases.work") and into.is_open and into.episode == merge.episode


def may_promise(by: Actor, case: Case) -> bool:
    return by.can("cases.work") and case.stage != Stage.MERGED


def may_share_views(by: Actor) -> bool:
    return by.can("cases.assign")


def may_change_view(by: Actor, view: SavedView) -> bool:
    """Whoever saved it; what others see too, whoever may change settings."""
    return view.owner_id == by.pk or (view.is_shared and by.can("settings.manage"))


def may_answer(by: Actor, case: Case) -> bool:
    return by.can("cases.work")


def may_note(by: Actor, case: Case) -> bool:
    return by.can("cases.see")


def may_watch(by: Actor, case: Case) -> bool:
    return by.is_staff and by.can("cases.see")


def may_investigate(by: Actor, case: Case) -> bool:
    return by.can("cases.work") and case.is_open and case.stage != Stage.RECEIVED


def may_offer(by: Actor, case: Case) -> bool:
    return by.can("cases.offer") and case.stage in {Stage.DRAFTING, Stage.AGREEING}


def may_approve(by: Actor, offer: Offer) -> bool:
    """Approval is another pair of eyes, and one whose own limit reaches (SPEC C8)."""
    return by.can("cases.approve") and by.pk != offer.made_by_id and limit_of(by) >= offer.amount


def may_decide(by: Actor, case: Case) -> bool:
    return case.stage == Stage.AGREEING and (by.is_customer or by.can("cases.offer"))


def may_pause(by: Actor, case: Case) -> bool:
    return by.can("cases.work") and case.is_open


def may_ask_more_time(by: Actor, case: Case) -> bool:
    return by.can("cases.work") and case.is_open


def may_allow_more_time(by: Actor, extension: Extension) -> bool:
    """Whoever asked for more time does not grant it."""
    return by.can("cases.approve") and by.pk != extension.asked_by_id


def may_urge(by: Actor, case: Case) -> bool:
    return case.is_open and (by.is_customer or by.can("cases.register"))


def may_press(by: Actor, case: Case) -> bool:
    """Pressing is for who leads: whoever may give cases to somebody."""
    return by.can("cases.assign") and case.is_open


def may_answer_pressing(by: Actor, case: Case) -> bool:
    return by.can("cases.work") and case.is_open


def may_plan_actions(by: Actor, case: Case) -> bool:
    return by.can("cases.work") and case.stage in {*BEFORE_AGREEMENT, Stage.EXECUTING}


def may_complete(by: Actor, item: ActionItem) -> bool:
    """Whoever works on the case, or whose item or department's item it is."""
    if not item.is_open or not by.can("cases.see"):
        return False
    own = item.owner_id == by.pk or (isinstance(by, StaffActor) and item.department_id == by.department_id)
    return own or by.can("cases.work")


def may_confirm(by: Actor, case: Case) -> bool:
    return case.stage == Stage.CONFIRMING and (by.is_customer or by.can("cases.work"))


def may_close(by: Actor, case: Case) -> bool:
    return by.can("cases.close") and case.stage == Stage.CONFIRMING


def may_reopen(by: Actor, case: Case) -> bool:
    reopenable = case.stage in {Stage.CLOSED, Stage.WITHDRAWN, Stage.INVALID}
    return reopenable and (by.is_customer or by.can("cases.reopen"))


def may_withdraw(by: Actor, case: Case) -> bool:
    return case.is_open and (by.is_customer or by.can("cases.discard"))


def may_discard(by: Actor, case: Case) -> bool:
    return by.can("cases.discard") and case.is_open


def may_second(by: Actor, discard: Discard) -> bool:
    """Invalid needs a second pair of eyes (SPEC C4)."""
    return by.can("cases.approve") and by.pk != discard.asked_by_id


def may_declare_incident(by: Actor) -> bool:
    """Who may give cases to somebody may also gather them."""
    return by.can("cases.assign")


def may_lead_incident(by: Actor, incident: Incident) -> bool:
    """Its lead, and whoever might have declared it; they speak to customers, so they must be allowed to."""
    return may_work_on_incident(by, incident) and (incident.lead_id == by.pk or may_declare_incident(by))


def may_work_on_incident(by: Actor, incident: Incident) -> bool:
    return incident.is_live and by.can("cases.work")


def may_arrange(by: Actor) -> bool:
    """Categories, routes and words for listening belong to whoever may change settings."""
    return by.can("settings.manage")


def limit_of(by: Actor) -> Decimal:
    """Return what the actor may promise alone, in money."""
    return by.approval_limit if isinstance(by, StaffActor) else Decimal(0)
