"""What can happen to a need, each with the sentence a timeline shows. Facts hold no customer's words."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from huiying.engagement.models.need import Decision, Dismissal, Origin
from huiying.journal.verbs import Verb
from huiying.kit.guards import Sentence


def origin_name(code: str) -> Sentence:
    return Origin(code).label if code in Origin else code


def declined_why(code: str) -> Sentence:
    return Decision.Reason(code).label if code in Decision.Reason else code


def dismissed_why(code: str) -> Sentence:
    return Dismissal.Reason(code).label if code in Dismissal.Reason else code


SUGGESTED = Verb("need_suggested", _("suggested a need: {origin}"), words={"origin": origin_name})
ENTERED = Verb("need_entered", _("entered a need"))
REVISED = Verb("need_revised", _("changed a need"))
CONFIRMED = Verb("need_confirmed", _("confirmed the need"))
CONSULTED = Verb("need_consulted", _("asked {name} about the need"))
ANSWERED = Verb("need_answered", _("answered a question on the need"))
PROPOSED = Verb("need_proposed", _("made a proposal, version {version}"))
PRESENTED = Verb("need_presented", _("presented the proposal"))
AGREED = Verb("need_agreed", _("the customer agreed to the proposal"))
DECLINED = Verb("need_declined", _("the customer declined the proposal: {reason}"), words={"reason": declined_why})
DELIVERED = Verb("need_delivered", _("delivered what was agreed"))
FOLLOWED_UP = Verb("need_followed_up", _("asked how it is used"))
DISMISSED = Verb("need_dismissed", _("dismissed the need: {reason}"), words={"reason": dismissed_why})
OVERDUE = Verb("need_overdue", _("the next step of the need is overdue"))
QUESTION_OVERDUE = Verb("need_question_overdue", _("a question on the need is overdue"))
RULES_CHANGED = Verb("need_rules_changed", _("changed by which rules needs are suggested"))
LIMIT_SET = Verb("product_limit_set", _("set the limit of {product} to {times}"))
LIMIT_REMOVED = Verb("product_limit_removed", _("removed the limit of {product}"))
