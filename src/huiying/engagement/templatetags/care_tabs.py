"""The tabs that lead from each page of care to the others."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django import template
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from huiying.engagement.policies import may_hand_over, may_lead, may_work
from huiying.engagement.pool_policies import may_see_pool
from huiying.journal.actors import Actor
from huiying.kit.guards import Sentence

register = template.Library()


@dataclass(frozen=True)
class Tab:
    """One page of care; `opens` says to whom."""

    code: str
    name: Sentence
    opens: Callable[[Actor], bool] = may_work

    @property
    def address(self) -> str:
        return reverse(f"engagement:{self.code}")


TABS = (
    Tab("care", _("This week")),
    Tab("contacts", _("Contacts to make")),
    Tab("coverage", _("Coverage")),
    Tab("onboardings", pgettext_lazy("page", "Onboarding")),
    Tab("needs", _("Needs")),
    Tab("mailings", _("Mailings"), may_lead),
    Tab("templates", _("Templates"), may_lead),
    Tab("pool", _("Public pool"), may_see_pool),
    Tab("handover", _("Hand over work"), may_hand_over),
)


@register.inclusion_tag("engagement/_care_tabs.html", takes_context=True)
def care_tabs(context: Mapping[str, Actor], here: str) -> dict[str, object]:
    """Show the pages of care that the reader may open, `here` among them."""
    return {"tabs": [tab for tab in TABS if tab.opens(context["actor"])], "here": here}
