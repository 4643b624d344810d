"""What can happen to a case, each with the sentence a timeline shows. Policies of deadlines name these codes."""

from __future__ import annotations

from collections.abc import Sequence

from django.apps import apps
from django.utils.translation import gettext_lazy as _

from huiying.cases.lifecycle import Stage
from huiying.journal.verbs import Verb
from huiying.kit.guards import Sentence

WORDS: dict[str, Sentence] = {
    "solved": _("solved"),
    "partly": _("partly solved"),
    "unsolved": _("not solved"),
    "satisfied": _("satisfied"),
    "fair": _("fairly satisfied"),
    "dissatisfied": _("dissatisfied"),
}


def stage_in_words(code: str) -> Sentence:
    return Stage(code).label


def word_in_words(code: str) -> Sentence:
    return WORDS.get(code, code)


def caller_in_words(caller: str) -> Sentence:
    return caller or _("anonymous")


def side_in_words(code: str) -> Sentence:
    from huiying.cases.models.relation import Side

    return Side(code).label


def kinds_in_words(codes: Sequence[str]) -> Sentence:
    from huiying.cases.models import Kind

    return str(_(", ")).join(str(Kind(code).label) for code in codes) or _("none")


def fields_in_words(names: Sequence[str]) -> Sentence:
    columns = apps.get_model("cases", "Case")._meta
    labels = [str(column.verbose_name) for column in columns.fields if column.name in names]
    return str(_(", ")).join(labels)


REGISTERED = Verb("case_registered", _("registered"))
TAKEN_OVER = Verb("case_taken_over", _("taken over from the file “{origin}”"))
ACCEPTED = Verb("case_accepted", _("took the case on"))
ASSIGNED = Verb("case_assigned", _("assigned to {to}"))
GIVEN_BACK = Verb("case_given_back", _("given back to {to}: an assignment was undone"))
CUSTOMER_CHANGED = Verb(
    "case_customer_changed",
    _("corrected the caller from {before} to {after}"),
    words={"before": caller_in_words, "after": caller_in_words},
)
HANDED_ON = Verb("case_handed_on", _("{before} did not accept in time: handed on to {to}"), loud=True)
HANDOVER_ACCEPTED = Verb("case_handover_accepted", _("accepted the hand-over from {giver}"))
HANDOVER_RETURNED = Verb("case_handover_returned", _("gave the hand-over back to {giver}"), loud=True)
REVISED = Verb("case_revised", _("changed {fields}"), words={"fields": fields_in_words})
MOVED = Verb(
    "case_moved",
    _("moved from {from_stage} to {to_stage}"),
    words={"from_stage": stage_in_words, "to_stage": stage_in_words},
)

RECEIVED_WORD = Verb("message_received", _("the customer wrote"))
SENT_WORD = Verb("message_sent", _("answered the customer"))
ACKNOWLEDGED = Verb("message_acknowledged", _("receipt acknowledged automatically"))
INFORMED = Verb("customer_informed", _("told the customer automatically"))
NOT_DELIVERED = Verb("message_not_delivered", _("a message to the customer could not be delivered"), loud=True)
NOTED = Verb("note_added", _("added a note"))
PROMISED = Verb("promise_made", _("made a promise"))
KEPT_PROMISE = Verb("promise_kept", _("kept a promise"))

FOUND_OUT = Verb("investigation_recorded", _("recorded facts, cause and responsibility"))
OFFER_WAITS = Verb("offer_waits", _("asked for approval of offer {version} ({amount})"))
OFFER_APPROVED = Verb("offer_approved", _("approved offer {version}"))
OFFER_REFUSED = Verb("offer_refused", _("refused offer {version}"), loud=True)
OFFERED = Verb("offer_made", _("put offer {version} to the customer"))
OFFER_ACCEPTED = Verb("offer_accepted", _("offer {version} was accepted"))
OFFER_DECLINED = Verb("offer_declined", _("offer {version} was declined"))

ACTION_AGREED = Verb("action_agreed", _("agreed an action item with {department}"))
ACTION_DONE = Verb("action_done", _("{department} completed an action item"))
ACTION_GIVEN = Verb("action_given", _("gave an action item to {to}"))
ACTION_DROPPED = Verb("action_dropped", _("dropped an action item"))
CARRIED_OUT = Verb("case_carried_out", _("everything agreed has been carried out"))

CONFIRMED = Verb(
    "confirmation_given",
    _("the customer's word: {result}, {rating}"),
    words={"result": word_in_words, "rating": word_in_words},
)
CURED = Verb("case_cured", _("the customer confirmed the cure"))
NOT_CURED = Verb("case_not_cured", _("not cured yet: back to the solution"), loud=True)
ATTEMPTED = Verb("attempt_made", _("tried to reach the customer without success"))
CLOSED = Verb("case_closed", _("closed"))
REOPENED = Verb("case_reopened", _("reopened for a second handling"), loud=True)
WITHDRAWN = Verb("case_withdrawn", _("withdrawn"))
DISCARD_ASKED = Verb("case_discard_asked", _("asked to mark the case invalid"))
DISCARD_REFUSED = Verb("case_discard_refused", _("refused to mark the case invalid"))
INVALIDATED = Verb("case_invalidated", _("marked invalid after a second look"))
PAUSED = Verb("case_paused", _("paused its clocks"))
RESUMED = Verb("case_resumed", _("resumed its clocks"))
URGED = Verb("case_urged", _("the customer urged us"), loud=True)
PRESSED = Verb("case_pressed", _("pressed: wants to hear how the case stands"), loud=True)
PRESS_ANSWERED = Verb("press_answered", _("answered who pressed"))
CALL_WANTED = Verb("case_call_wanted", _("the customer asks to be called back"))

MERGED = Verb("case_merged", _("merged into {number} as a duplicate"))
TOOK_IN = Verb("case_took_in", _("took in the duplicate {number}"))
UNMERGED = Verb("case_unmerged", _("taken out of {number} again"))
GAVE_BACK = Verb("case_gave_back", _("{number} goes on by itself again"))
NAMED = Verb("case_recused", _("{name} is complained about and has no part in this case"), loud=True)
UNNAMED = Verb("case_recusal_lifted", _("{name} is no longer complained about"))
TASK_FORCE_FORMED = Verb("task_force_formed", _("formed a task force led by {lead}"))
TASK_FORCE_PLANNED = Verb("task_force_planned", _("put down the plan of the task force"))
TASK_FORCE_DISBANDED = Verb("task_force_disbanded", _("disbanded the task force"))
SPLIT_OFF = Verb("case_split_off", _("another matter goes on as {number}"))
SPLIT_FROM = Verb("case_split_from", _("taken out of {number} as a case of its own"))
RELATED = Verb("case_related", _("linked {number} as {side}"), words={"side": side_in_words})
UNRELATED = Verb("case_unrelated", _("removed the link to {number} ({side})"), words={"side": side_in_words})

INCIDENT_DECLARED = Verb("incident_declared", _("declared a group incident of {count} cases"), loud=True)
INCIDENT_TEAM_FORMED = Verb("incident_team_formed", _("formed its team: {names}"))
INCIDENT_ANSWERED = Verb("incident_answered", _("published the {version}. answer to all"))
INCIDENT_JOINED = Verb("incident_cases_joined", _("{count} more cases joined"))
INCIDENT_CANDIDATE = Verb("incident_candidate_found", _("{number} speaks of the same"))
INCIDENT_CANDIDATE_REFUSED = Verb("incident_candidate_refused", _("{number} speaks of something else"))
INCIDENT_MEMBER_LEFT = Verb("incident_case_left", _("{number} was taken out"))
INCIDENT_MEMBER_CURED = Verb("incident_member_cured", _("verified with the customer of {number}: cured"))
INCIDENT_MEMBER_NOT_CURED = Verb(
    "incident_member_not_cured", _("verified with the customer of {number}: not cured"), loud=True
)
INCIDENT_VERIFIED = Verb("incident_verified", _("verified with every customer"))
INCIDENT_ENDED = Verb("incident_ended", _("ended the group incident"))
INCIDENT_CALLED_OFF = Verb("incident_called_off", _("called it off: no group incident"))
SUSPECTED = Verb("incident_suspected", _("{people} people seem to speak of one matter"), loud=True)
SUSPICION_DISMISSED = Verb("incident_suspicion_dismissed", _("decided that this is no group incident"))
JOINED_INCIDENT = Verb("case_joined_incident", _("belongs to the group incident {number}"))
LEFT_INCIDENT = Verb("case_left_incident", _("no longer belongs to the group incident {number}"))

WATCHED = Verb("case_watched", _("watches {number}"))
UNWATCHED = Verb("case_unwatched", _("no longer watches {number}"))

BATCH_DONE = Verb("batch_done", _("changed {changed} cases at once, {refused} could not be changed"))
BATCH_UNDONE = Verb("batch_undone", _("put {restored} cases of a batch back, {kept} were left as they are"))
VIEW_SAVED = Verb("view_saved", _("saved the view {name}"))
VIEW_CHANGED = Verb("view_changed", _("changed the view {name}"))
VIEW_REMOVED = Verb("view_removed", _("deleted the view {name}"))
VIEW_REVIVED = Verb("view_revived", _("brought the view {name} back"))
EXPORTED = Verb("cases_exported", _("exported {count} cases as {form}"))

CATEGORY_ADDED = Verb("category_added", _("the category {name} was added"))
CATEGORY_CHANGED = Verb("category_changed", _("the category {name} was changed"))
CATEGORY_MOVED = Verb("category_moved", _("the category {name} was moved"))
CATEGORY_RETIRED = Verb("category_retired", _("the category {name} is no longer offered"))
CATEGORY_REVIVED = Verb("category_revived", _("the category {name} is offered again"))
ROUTE_ADDED = Verb("route_added", _("the route {name} was added"))
ROUTE_CHANGED = Verb("route_changed", _("the route {name} was changed"))
KIND_RULES_CHANGED = Verb(
    "kind_rules_changed",
    _("may be closed before their parts: {kinds}"),
    words={"kinds": kinds_in_words},
)
HANDOVER_RULES_CHANGED = Verb(
    "handover_rules_changed",
    _("every change of owner is handed over: {kinds}"),
    words={"kinds": kinds_in_words},
)
