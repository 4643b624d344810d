"""What follows from what: verb and model → the reactions that the heartbeat performs soon after."""

from __future__ import annotations

from huiying.cases import alarms, incidents, notices, passing_on
from huiying.cases import reactions as cases
from huiying.cases import verbs as case_verbs
from huiying.cases.models import Case, Incident, Suspicion
from huiying.channels.models import Message
from huiying.channels.verbs import GAVE_UP
from huiying.customers import reactions as customers
from huiying.customers.models import Contact, Customer, Score
from huiying.customers.verbs import (
    CONTACT_ADDED,
    CONTACT_REVISED,
    CREATED,
    GAVE_BACK,
    MERGED,
    OVERRIDE_ENDS,
    REVIEWS_DUE,
    REVISED,
    SCORED,
    TIERED,
    TOOK_IN,
    UNMERGED,
)
from huiying.deadlines import reactions as deadlines
from huiying.deadlines.models import Calendar
from huiying.deadlines.verbs import (
    CALENDAR_CHANGED,
    DROPPED,
    ESCALATED,
    EXTENDED,
    EXTENSION_ASKED,
    EXTENSION_REFUSED,
    FOLLOW_UP,
    HOLIDAYS_READ,
    MISSED,
    PAUSE_ENDED,
    REPLANNED,
    TOLD,
    WARNED,
)
from huiying.engagement import alarms as engagement_alarms
from huiying.engagement import (
    care_notices,
    introductions,
    need_notices,
    need_verbs,
    onboarding_notices,
    onboarding_verbs,
    pool_notices,
    pool_verbs,
)
from huiying.engagement import onboarding_reactions as onboarding
from huiying.engagement import reactions as engagement
from huiying.engagement import verbs as care_verbs
from huiying.engagement.actions.occasion import tell_the_manager
from huiying.engagement.models import Need, Occasion, Onboarding, Succession
from huiying.engagement.occasion_verbs import OCCASION_NEARS
from huiying.insight import reactions as insight
from huiying.insight import verbs as insight_verbs
from huiying.insight.models import ChurnWarning, Play
from huiying.journal.reactions import Chosen, Wiring
from huiying.notifications.verbs import UNANSWERED
from huiying.staff.models import Department, User
from huiying.staff.verbs import DEPARTMENT_CHANGED

REACTIONS: Wiring = {
    (care_verbs.MORNING, User): [care_notices.tell_of_the_day],
    (care_verbs.MORNING_FOR, User): [care_notices.tell_of_a_colleagues_day],
    (care_verbs.LEFT_UNDONE, User): [care_notices.tell_of_the_missed],
    (pool_verbs.WARNED, Customer): [pool_notices.tell_the_owner],
    (pool_verbs.RECLAIMED, Customer): [pool_notices.tell_the_owner],
    (pool_verbs.RELEASED, Customer): [pool_notices.tell_the_owner],
    (pool_verbs.CLAIMED, Customer): [onboarding.follow_the_owner],
    (pool_verbs.ASSIGNED, Customer): [pool_notices.tell_the_successor, onboarding.follow_the_owner],
    (pool_verbs.SUCCEEDED, Succession): [pool_notices.tell_of_hand_over, introductions.introduce_all],
    (pool_verbs.SUCCESSION_STOPPED, Succession): [pool_notices.tell_of_stopped_hand_over],
    (pool_verbs.HANDED_OVER, Customer): [
        pool_notices.tell_the_successor,
        introductions.drop_overtaken_calls,
        introductions.introduce_one,
    ],
    (need_verbs.SUGGESTED, Need): [need_notices.tell_the_owner],
    (need_verbs.OVERDUE, Need): [need_notices.tell_the_owner],
    (need_verbs.CONSULTED, Need): [need_notices.tell_the_consulted],
    (need_verbs.QUESTION_OVERDUE, Need): [need_notices.tell_the_consulted],
    (need_verbs.ANSWERED, Need): [need_notices.tell_who_asked],
    (need_verbs.ENTERED, Need): [onboarding.look_at_review],
    (need_verbs.CONFIRMED, Need): [onboarding.look_at_review],
    (need_verbs.DECLINED, Need): [onboarding.look_at_review],
    (need_verbs.DISMISSED, Need): [onboarding.look_at_review],
    (need_verbs.FOLLOWED_UP, Need): [onboarding.look_at_review],
    (onboarding_verbs.BEGUN, Onboarding): [onboarding_notices.tell_who_begins, onboarding.look_at_review],
    (onboarding_verbs.STEP_REOPENED, Onboarding): [onboarding.look_at_review],
    (onboarding_verbs.COMPLETED, Onboarding): [onboarding.look_at_review],
    (onboarding_verbs.CALLED_OFF, Onboarding): [onboarding.look_at_review],
    (onboarding_verbs.TAKEN_UP, Onboarding): [onboarding.look_at_review],
    (onboarding_verbs.OWNER_NAMED, Onboarding): [onboarding_notices.tell_the_owner],
    (onboarding_verbs.MEETING_HELD, Onboarding): [onboarding_notices.tell_who_owes],
    (WARNED, Onboarding): [engagement_alarms.call_in],
    (MISSED, Onboarding): [engagement_alarms.call_in],
    (ESCALATED, Onboarding): [engagement_alarms.call_in],
    (REPLANNED, Onboarding): [onboarding.keep_next_deadline],
    (case_verbs.REGISTERED, Case): [notices.tell_the_team, cases.acknowledge_to_customer],
    (case_verbs.ASSIGNED, Case): [notices.tell_the_assignee],
    (case_verbs.GIVEN_BACK, Case): [notices.tell_the_assignee],
    (case_verbs.RECEIVED_WORD, Case): [notices.tell_the_owner],
    (case_verbs.NOTED, Case): [notices.tell_the_mentioned],
    (case_verbs.NOT_DELIVERED, Case): [notices.warn_the_owner],
    (case_verbs.MERGED, Case): [notices.tell_the_owner],
    (case_verbs.TOOK_IN, Case): [notices.tell_the_owner],
    (case_verbs.UNMERGED, Case): [notices.tell_the_owner],
    (case_verbs.GAVE_BACK, Case): [notices.tell_the_owner],
    (case_verbs.NAMED, Case): [notices.tell_who_leads],
    (case_verbs.UNNAMED, Case): [notices.tell_who_leads],
    (case_verbs.HANDOVER_ACCEPTED, Case): [notices.tell_the_giver],
    (case_verbs.HANDOVER_RETURNED, Case): [notices.tell_the_giver],
    (case_verbs.TASK_FORCE_FORMED, Case): [notices.tell_the_task_force],
    (case_verbs.TASK_FORCE_PLANNED, Case): [notices.tell_the_task_force],
    (case_verbs.TASK_FORCE_DISBANDED, Case): [notices.tell_the_task_force],
    (case_verbs.URGED, Case): [notices.warn_the_owner],
    (case_verbs.PRESSED, Case): [notices.warn_the_owner],
    (case_verbs.PRESS_ANSWERED, Case): [notices.tell_who_pressed],
    (case_verbs.CALL_WANTED, Case): [notices.warn_the_owner],
    (case_verbs.OFFER_WAITS, Case): [notices.tell_the_approvers],
    (case_verbs.OFFER_APPROVED, Case): [notices.tell_the_maker],
    (case_verbs.OFFER_REFUSED, Case): [notices.tell_the_maker],
    (case_verbs.OFFER_ACCEPTED, Case): [notices.tell_the_owner],
    (case_verbs.OFFER_DECLINED, Case): [notices.tell_the_owner],
    (case_verbs.ACTION_AGREED, Case): [notices.tell_the_doers],
    (case_verbs.CARRIED_OUT, Case): [notices.tell_the_owner],
    (case_verbs.CURED, Case): [notices.tell_the_owner, incidents.note_cured],
    (case_verbs.NOT_CURED, Case): [notices.warn_the_owner, incidents.note_not_cured],
    (case_verbs.CLOSED, Case): [notices.tell_the_owner],
    (case_verbs.REOPENED, Case): [notices.tell_the_owner],
    (case_verbs.WITHDRAWN, Case): [notices.tell_the_owner],
    (case_verbs.DISCARD_ASKED, Case): [notices.tell_the_second_pair_of_eyes],
    (case_verbs.DISCARD_REFUSED, Case): [notices.tell_who_asked],
    (case_verbs.INVALIDATED, Case): [notices.tell_who_asked],
    (EXTENSION_ASKED, Case): [notices.tell_the_second_pair_of_eyes],
    (EXTENDED, Case): [notices.tell_who_asked_for_time, cases.tell_of_more_time],
    (EXTENSION_REFUSED, Case): [notices.tell_who_asked_for_time],
    (TOLD, Case): [alarms.call_in],
    (WARNED, Case): [alarms.call_in],
    (MISSED, Case): [alarms.call_in, cases.hand_on_unaccepted],
    (case_verbs.HANDED_ON, Case): [notices.tell_the_assignee],
    (ESCALATED, Case): [alarms.call_in],
    (UNANSWERED, Case): [passing_on.tell_the_next],
    (UNANSWERED, Incident): [passing_on.tell_the_next],
    (FOLLOW_UP, Case): [alarms.call_in],
    (PAUSE_ENDED, Case): [alarms.call_in, alarms.keep_next_deadline],
    (REPLANNED, Case): [alarms.keep_next_deadline],
    (DROPPED, Case): [alarms.keep_next_deadline],
    (case_verbs.SUSPECTED, Suspicion): [incidents.tell_who_may_declare],
    (case_verbs.INCIDENT_DECLARED, Incident): [incidents.tell_the_lead],
    (case_verbs.INCIDENT_TEAM_FORMED, Incident): [incidents.tell_the_team],
    (case_verbs.INCIDENT_CANDIDATE, Incident): [incidents.tell_the_lead],
    (case_verbs.INCIDENT_MEMBER_NOT_CURED, Incident): [incidents.tell_the_lead],
    (case_verbs.INCIDENT_VERIFIED, Incident): [incidents.tell_the_lead],
    (WARNED, Incident): [alarms.call_in],
    (MISSED, Incident): [alarms.call_in],
    (ESCALATED, Incident): [alarms.call_in],
    (CONTACT_ADDED, Contact): [engagement.look_at_plan],
    (CONTACT_REVISED, Contact): [engagement.look_at_plan],
    (WARNED, Play): [insight.call_in],
    (MISSED, Play): [insight.call_in],
    (ESCALATED, Play): [insight.call_in],
    (insight_verbs.RAISED, ChurnWarning): [insight.tell_the_manager],
    (insight_verbs.PLAY_BEGUN, Play): [insight.tell_the_owner],
    (insight_verbs.PLAY_GIVEN, Play): [insight.tell_the_owner],
    (CREATED, Customer): [Chosen(onboarding.begin_for_entered, onboarding.those_to_begin)],
    (REVISED, Customer): [
        cases.find_by_new_name,
        pool_notices.note_change_of_owner,
        onboarding.follow_the_owner,
    ],
    (TIERED, Customer): [alarms.replan_for_tier, customers.reckon_review_anew, onboarding.look_at_tier],
    (MERGED, Customer): [onboarding.rest_of_merged],
    (OVERRIDE_ENDS, Customer): [customers.remind_of_override],
    (SCORED, Score): [customers.rate_anew],
    (OCCASION_NEARS, Occasion): [tell_the_manager],
    (TOOK_IN, Customer): [alarms.replan_for_tier, customers.reckon_review_anew],
    (UNMERGED, Customer): [
        alarms.replan_for_tier,
        customers.reckon_review_anew,
        onboarding.take_up_after_parting,
    ],
    (GAVE_BACK, Customer): [alarms.replan_for_tier, customers.reckon_review_anew],
    (REVIEWS_DUE, User): [customers.tell_of_due_reviews],
    (CALENDAR_CHANGED, Calendar): [deadlines.count_anew],
    (HOLIDAYS_READ, Calendar): [deadlines.count_anew],
    (DEPARTMENT_CHANGED, Department): [deadlines.place_department],
    (GAVE_UP, Message): [cases.show_undelivered],
}
