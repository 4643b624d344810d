"""What happened, why, and who answers for it."""

from __future__ import annotations

from typing import Annotated

from django.utils import timezone
from django.utils.translation import gettext_lazy
from django.utils.translation import gettext_noop as _
from ninja import Router, Schema
from pydantic import Field

from huiying.cases.actions import Findings, record_findings
from huiying.cases.api.shown import CaseNow, CategoryBrief, now_shown, visible_case
from huiying.cases.models import Case, Investigation, Share
from huiying.cases.references import category_named
from huiying.kit.guards import BadInput
from huiying.kit.rest import Ask, Moment, Reference, Text
from huiying.staff.api import Named, Person, person
from huiying.staff.http import ApiRequest
from huiying.staff.models import Department
from huiying.staff.references import department_named, person_named

router = Router(tags=["investigation"])


class ShareAsk(Ask):
    """A department's share of the responsibility."""

    department: Reference
    percent: int = Field(ge=1, le=100)


class InvestigationAsk(Ask):
    """`cause` is a category by code or key, `department` one by name or key; shares add up to 100."""

    facts: Text
    cause: Reference
    root_cause: Text
    department: Reference
    person: Reference | None = None
    shares: Annotated[list[ShareAsk], Field(max_length=20)] = []
    complained_about: Reference | None = None


class ShareShown(Schema):
    """A department's share of the responsibility, in percent."""

    department: Named
    percent: int


class InvestigationShown(Schema):
    """Facts, cause and responsibility as recorded."""

    facts: str
    cause: CategoryBrief
    root_cause: str
    department: Named
    person: Person | None
    shares: list[ShareShown]
    recorded_by: Person | None
    recorded_at: Moment


@router.post("/cases/{number}/investigation", response=CaseNow, summary=_("Record facts, cause and responsibility"))
def investigation(request: ApiRequest, number: str, ask: InvestigationAsk) -> CaseNow:
    case = visible_case(request, number)
    found = record_findings(case, findings_of(ask), by=request.actor, at=timezone.now())
    return now_shown(found.case)


def findings_of(ask: InvestigationAsk) -> Findings:
    return Findings(
        facts=ask.facts,
        cause=category_named(ask.cause, field="cause"),
        root_cause=ask.root_cause,
        department=department_named(ask.department, field="department"),
        person=person_named(ask.person, field="person") if ask.person else None,
        shares=shares_of(ask.shares),
        complained_about=(
            person_named(ask.complained_about, field="complained_about") if ask.complained_about else None
        ),
    )


def shares_of(asked: list[ShareAsk]) -> dict[Department, int]:
    """Return the shares by department. Raises BadInput when one is named twice."""
    shares = {department_named(share.department, field="shares"): share.percent for share in asked}
    if len(shares) < len(asked):
        raise BadInput(gettext_lazy("A department can have only one share."), field="shares")
    return shares


def investigation_of(case: Case) -> InvestigationShown | None:
    """Return what was found in the present episode, in two queries."""
    recorded = Investigation.objects.filter(case=case, episode=case.episode)
    found = recorded.select_related("cause", "department", "person", "recorded_by").first()
    return investigation_shown(found) if found else None


def investigation_shown(found: Investigation) -> InvestigationShown:
    shares = found.shares.select_related("department")
    return InvestigationShown(
        facts=found.facts,
        cause=CategoryBrief(code=found.cause.code, name=found.cause.label),
        root_cause=found.root_cause,
        department=Named(id=found.department_id, name=str(found.department)),
        person=person(found.person),
        shares=[share_shown(share) for share in shares],
        recorded_by=person(found.recorded_by),
        recorded_at=found.recorded_at,
    )


def share_shown(share: Share) -> ShareShown:
    return ShareShown(department=Named(id=share.department_id, name=str(share.department)), percent=share.percent)
