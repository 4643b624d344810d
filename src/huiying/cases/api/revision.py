"""PATCH cases/{number}: correcting what was taken down."""

from __future__ import annotations

from typing import Annotated, Any

from django.utils import timezone
from django.utils.translation import gettext_lazy
from django.utils.translation import gettext_noop as _
from pydantic import ConfigDict, Field, StringConstraints

from huiying.cases.actions import revise
from huiying.cases.api.router import router
from huiying.cases.api.shown import CaseNow, now_shown, visible_case
from huiying.cases.models import Case, Kind, Level, Mood, Urgency
from huiying.cases.references import category_named
from huiying.customers.models import Contact
from huiying.kit.guards import BadInput
from huiying.kit.rest import Ask, Code, Key, Moment, Reference, Text, Word, only_given
from huiying.staff.http import ApiRequest


class CaseRevisionAsk(Ask):
    """Only what is sent is changed. `version` is the one that was read; a field changed since then is a 409."""

    model_config = ConfigDict(extra="forbid")

    version: int = Field(ge=1, le=2**31 - 1)
    subject: Annotated[str, StringConstraints(min_length=1, max_length=200)] = ""
    kind: Code[Kind] = Kind.COMPLAINT
    level: Code[Level] = Level.GENERAL
    urgency: Code[Urgency] = Urgency.NORMAL
    mood: Code[Mood] = Mood.CALM
    category: Reference | None = None
    product: Annotated[str, StringConstraints(max_length=120)] = ""
    order_number: Annotated[str, StringConstraints(max_length=60)] = ""
    demand: Text = ""
    occurred_at: Moment | None = None
    occurred_where: Annotated[str, StringConstraints(max_length=120)] = ""
    expected_at: Moment | None = None
    tags: Annotated[list[Word], Field(max_length=20)] = []
    contact: Key | None = None


@router.patch("/cases/{number}", response=CaseNow, summary=_("Correct what was taken down"))
def revision(request: ApiRequest, number: str, ask: CaseRevisionAsk) -> CaseNow:
    case = visible_case(request, number)
    changes = changes_in(ask, case)
    return now_shown(revise(case, changes, version=ask.version, by=request.actor, at=timezone.now()))


def changes_in(ask: CaseRevisionAsk, case: Case) -> dict[str, Any]:
    changes = only_given(ask)
    del changes["version"]
    if changes.get("category"):
        changes["category"] = category_named(changes["category"], field="category")
    if changes.get("contact"):
        changes["contact"] = contact_of(case, changes["contact"])
    return changes


def contact_of(case: Case, key: int) -> Contact:
    found = Contact.objects.filter(pk=key, customer=case.customer).first()
    if found is None:
        raise BadInput(gettext_lazy("This is no contact of the case's customer."), field="contact")
    return found
