"""What follows from what: verb and model → the reactions the heartbeat performs soon after; what can be imported."""

from __future__ import annotations

from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from huiying.cases import alarms, incidents, notices, passing_on
from huiying.cases import reactions as cases
from huiying.cases import verbs as case_verbs
from huiying.cases.actions.action_item import give_action
from huiying.cases.actions.assignment import assign as assign_case
from huiying.cases.hindrances import cases_merged_across
from huiying.cases.importers import CaseImporter
from huiying.cases.models import ActionItem, Case, Incident, Kind, Level, Suspicion, Urgency
from huiying.cases.queries.owed_elsewhere import Source
from huiying.channels.models import Message
from huiying.channels.models.endpoint import Channel
from huiying.channels.verbs import GAVE_UP
from huiying.customers import reactions as customers
from huiying.customers.following import Following, Hindrance
from huiying.customers.importers import CustomerImporter, OrderImporter, ScoreImporter, UsageImporter
from huiying.customers.models import Contact, Customer, Order, Override, Reach, Score, Suggestion, Tier, Usage
from huiying.customers.verbs import (
    CONTACT_ADDED,
    CONTACT_REVISED,
    GAVE_BACK,
    OVERRIDE_ENDS,
    REVIEWS_DUE,
    REVISED,
    SCORED,
    TIERED,
    TOOK_IN,
    UNMERGED,
)
from huiying.deadlines import reactions as deadlines
from huiying.deadlines.models import Calendar, Clock
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
from huiying.deadlines.vocabulary import Word
from huiying.engagement import care_notices, need_notices, need_verbs, pool_notices, pool_verbs
from huiying.engagement import reactions as engagement
from huiying.engagement import verbs as care_verbs
from huiying.engagement.actions.giving import give_customer, give_need, give_planned
from huiying.engagement.actions.occasion import tell_the_manager
from huiying.engagement.belongings import Belonging
from huiying.engagement.importers import InteractionImporter
from huiying.engagement.in_use import InUse
from huiying.engagement.models import Interaction, Need, Occasion, PlannedContact
from huiying.engagement.occasion_verbs import OCCASION_NEARS
from huiying.engagement.owed import owed_contacts
from huiying.imports.protocol import Importer
from huiying.insight import reactions as insight
from huiying.insight import verbs as insight_verbs
from huiying.insight.actions.giving import give_play
from huiying.insight.models import ChurnWarning, Play
from huiying.journal.reactions import Wiring
from huiying.notifications.verbs import UNANSWERED
from huiying.staff.models import Department, User
from huiying.staff.verbs import DEPARTMENT_CHANGED

REACTIONS: Wiring = {
    (care_verbs.MORNING, User): [care_notices.tell_of_the_day],
    (care_verbs.LEFT_UNDONE, User): [care_notices.tell_of_the_missed],
    (pool_verbs.WARNED, Customer): [pool_notices.tell_the_owner],
    (pool_verbs.RECLAIMED, Customer): [pool_notices.tell_the_owner],
    (pool_verbs.RELEASED, Customer): [pool_notices.tell_the_owner],
    (pool_verbs.ASSIGNED, Customer): [pool_notices.tell_the_successor],
    (pool_verbs.HANDED_OVER, Customer): [pool_notices.tell_the_successor],
    (need_verbs.SUGGESTED, Need): [need_notices.tell_the_owner],
    (need_verbs.OVERDUE, Need): [need_notices.tell_the_owner],
    (need_verbs.CONSULTED, Need): [need_notices.tell_the_consulted],
    (need_verbs.QUESTION_OVERDUE, Need): [need_notices.tell_the_consulted],
    (need_verbs.ANSWERED, Need): [need_notices.tell_who_asked],
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
    (REVISED, Customer): [cases.find_by_new_name, pool_notices.note_change_of_owner],
    (TIERED, Customer): [alarms.replan_for_tier, customers.reckon_review_anew],
    (OVERRIDE_ENDS, Customer): [customers.remind_of_override],
    (SCORED, Score): [customers.rate_anew],
    (OCCASION_NEARS, Occasion): [tell_the_manager],
    (TOOK_IN, Customer): [alarms.replan_for_tier, customers.reckon_review_anew],
    (UNMERGED, Customer): [alarms.replan_for_tier, customers.reckon_review_anew],
    (GAVE_BACK, Customer): [alarms.replan_for_tier, customers.reckon_review_anew],
    (REVIEWS_DUE, User): [customers.tell_of_due_reviews],
    (CALENDAR_CHANGED, Calendar): [deadlines.count_anew],
    (HOLIDAYS_READ, Calendar): [deadlines.count_anew],
    (DEPARTMENT_CHANGED, Department): [deadlines.place_department],
    (GAVE_UP, Message): [cases.show_undelivered],
}

# What the policies of deadlines may look at, and the deeds that may move a clock.
SITUATION = {
    "kind": Word(label=_("kind"), codes=Kind.choices),
    "level": Word(label=_("level"), codes=Level.choices),
    "urgency": Word(label=_("urgency"), codes=Urgency.choices),
    "tier": Word(label=_("tier"), codes=Tier.choices),
    "channel": Word(label=_("channel"), codes=Channel.choices),
}
DEEDS = (
    case_verbs.REGISTERED,
    case_verbs.ACCEPTED,
    case_verbs.ASSIGNED,
    case_verbs.RECEIVED_WORD,
    case_verbs.SENT_WORD,
    case_verbs.FOUND_OUT,
    case_verbs.OFFERED,
    case_verbs.OFFER_ACCEPTED,
    case_verbs.OFFER_DECLINED,
    case_verbs.CARRIED_OUT,
    case_verbs.CONFIRMED,
    case_verbs.CLOSED,
    case_verbs.NOT_CURED,
    case_verbs.REOPENED,
    case_verbs.WITHDRAWN,
    case_verbs.INVALIDATED,
    case_verbs.URGED,
    case_verbs.PRESSED,
    case_verbs.PRESS_ANSWERED,
    case_verbs.INCIDENT_DECLARED,
    case_verbs.INCIDENT_TEAM_FORMED,
    case_verbs.INCIDENT_ANSWERED,
    case_verbs.INCIDENT_VERIFIED,
    case_verbs.INCIDENT_ENDED,
    case_verbs.INCIDENT_CALLED_OFF,
    case_verbs.TASK_FORCE_FORMED,
    case_verbs.TASK_FORCE_PLANNED,
    case_verbs.TASK_FORCE_DISBANDED,
)

IMPORTERS: tuple[Importer, ...] = (
    CustomerImporter(),
    OrderImporter(),
    ScoreImporter(),
    UsageImporter(),
    CaseImporter(),
    InteractionImporter(),
)

# What people owe in the apps above cases: the desk shows it beside the cases.
OWED: tuple[Source, ...] = (owed_contacts,)

# What moves with a customer who is merged into another, with the words that count it on the page.
FOLLOWS_CUSTOMER = (
    Following(Case, ngettext_lazy("%(n)s case", "%(n)s cases", "n")),
    Following(Order, ngettext_lazy("%(n)s order", "%(n)s orders", "n")),
    Following(Contact, ngettext_lazy("%(n)s contact", "%(n)s contacts", "n"), yields="is_main"),
    Following(Reach, ngettext_lazy("%(n)s phone number or address", "%(n)s phone numbers and addresses", "n")),
    Following(Message, ngettext_lazy("%(n)s message", "%(n)s messages", "n")),
    Following(Interaction, ngettext_lazy("%(n)s conversation record", "%(n)s conversation records", "n")),
    Following(PlannedContact, ngettext_lazy("%(n)s planned contact", "%(n)s planned contacts", "n"), only=Q(slot="")),
    Following(Need, ngettext_lazy("%(n)s need", "%(n)s needs", "n")),
    Following(Score, ngettext_lazy("%(n)s survey score", "%(n)s survey scores", "n")),
    Following(Usage, ngettext_lazy("%(n)s line of usage", "%(n)s lines of usage", "n")),
    Following(ChurnWarning, ngettext_lazy("%(n)s churn warning", "%(n)s churn warnings", "n")),
    Following(Play, ngettext_lazy("%(n)s win-back plan", "%(n)s win-back plans", "n")),
    Following(Customer.tags.through, ngettext_lazy("%(n)s tag", "%(n)s tags", "n")),
    Following(Override),
    Following(Suggestion),
    Following(Occasion),
    Following(Clock),
)
# What stays where it is, and why.
STAYS_WITH_CUSTOMER = {
    "engagement.successionline.customer_id": "it tells which entry was handed over",
    "engagement.holding.customer_id": "it tells who looked after this very entry",
    "engagement.lock.customer_id": "it was set for this very entry",
    "journal.entry.customer_id": "the journal is sealed; it is read through the pointer",
    "customers.customer.merged_into_id": "the pointer itself",
    "customers.merge.source_id": "the merge itself",
    "customers.merge.into_id": "the merge itself",
    "customers.pair.first_id": "a suspicion about who it is",
    "customers.pair.second_id": "a suspicion about who it is",
    "customers.namekey.customer_id": "the name stays, and leads to who stays",
    "engagement.caremark.customer_id": "says how far the plan was made",
    "engagement.recipient.customer_id": "the entry to which a mailing went, as its result says",
    "customers.freshness.customer_id": "how old each archive is; the parts that came along count from the merge",
    "customers.figures.customer_id": "reckoned anew each night",
    "customers.ruling.customer_id": "it tells how this very entry came to its tier",
}
UNDO_HINDRANCES: tuple[Hindrance, ...] = (cases_merged_across,)

# What keeps a customer out of the public pool because somebody works on it.
IN_USE = (
    InUse(_("a case is open"), Case.objects.open),
    InUse(_("a need is open"), Need.objects.open),
    InUse(_("a win-back play runs"), Play.objects.running),
)

# What follows a person who hands their work over, customers first: what concerns a customer goes with them.
BELONGINGS = (
    Belonging(
        code="customers",
        model=Customer,
        name=_("customers"),
        words=ngettext_lazy("%(n)s customer", "%(n)s customers", "n"),
        open=Customer.objects.current,
        give=give_customer,
        customer="",
    ),
    Belonging(
        code="cases",
        model=Case,
        name=_("open cases"),
        words=ngettext_lazy("%(n)s open case", "%(n)s open cases", "n"),
        open=Case.objects.open,
        give=assign_case,
    ),
    Belonging(
        code="actions",
        model=ActionItem,
        name=_("action items"),
        words=ngettext_lazy("%(n)s action item", "%(n)s action items", "n"),
        open=lambda: ActionItem.objects.filter(done_at=None, dropped_at=None).select_related("case"),
        give=lambda row, *, to, by, at, reason: give_action(row, to=to, by=by, at=at),
        customer="case__customer",
    ),
    Belonging(
        code="needs",
        model=Need,
        name=_("needs"),
        words=ngettext_lazy("%(n)s need", "%(n)s needs", "n"),
        open=Need.objects.open,
        give=give_need,
    ),
    Belonging(
        code="plans",
        model=PlannedContact,
        name=_("planned contacts"),
        words=ngettext_lazy("%(n)s planned contact", "%(n)s planned contacts", "n"),
        open=PlannedContact.objects.open,
        give=give_planned,
    ),
    Belonging(
        code="plays",
        model=Play,
        name=_("win-back plays"),
        words=ngettext_lazy("%(n)s win-back play", "%(n)s win-back plays", "n"),
        open=Play.objects.running,
        give=give_play,
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
