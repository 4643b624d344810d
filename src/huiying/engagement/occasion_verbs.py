"""What can happen around birthdays and anniversaries, each with the sentence a timeline shows."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from huiying.engagement.models import Occasion
from huiying.engagement.verbs import day_name
from huiying.journal.verbs import Verb
from huiying.kit.guards import Sentence


def kind_name(code: str) -> Sentence:
    return Occasion.Kind(code).label if code in Occasion.Kind else code


OCCASION_NEARS = Verb("occasion_nears", _("{day}: {kind}, {years} years"), words={"kind": kind_name, "day": day_name})
OCCASION_TERMS_CHANGED = Verb("occasion_terms_changed", _("tells of occasions {new} days ahead instead of {old}"))
