"""What can happen to figures, warnings and plays, each with the sentence a timeline shows."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from huiying.insight.models import ChurnWarning, Play
from huiying.journal.verbs import Verb
from huiying.kit.guards import Sentence


def result_name(code: str) -> Sentence:
    return Play.Result(code).label if code in Play.Result else code


def end_name(code: str) -> Sentence:
    return ChurnWarning.End(code).label if code in ChurnWarning.End else code


TERMS_CHANGED = Verb("insight_terms_changed", _("changed what value and churn are reckoned by, version {version}"))
RECKONED = Verb("insight_reckoned", _("asked for the figures of all customers anew"))
VALUES_EXPORTED = Verb("insight_exported", _("exported the value of {count} customers as {form}"))

RAISED = Verb("churn_raised", _("warned that the customer may be lost, risk {risk}"), loud=True)
ENDED = Verb("churn_ended", _("settled the warning: {end}"), words={"end": end_name})

PLAY_BEGUN = Verb("play_begun", _("began to win the customer back: {recipe}"))
PLAY_STEP_DONE = Verb("play_step_done", _("did step {step} to win the customer back"))
PLAY_GIVEN = Verb("play_given", _("gave the work to win the customer back to {name}"))
PLAY_ENDED = Verb("play_ended", _("ended the work to win the customer back: {result}"), words={"result": result_name})
PLAY_FOLLOWED = Verb("play_followed", _("found {orders} orders in the 60 days after the work to win the customer back"))

RECIPE_CHANGED = Verb("recipe_changed", _("changed the way “{name}” to win customers back"))
