"""What a case has to do with others."""

from __future__ import annotations

from typing import Annotated

from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext_lazy
from django.utils.translation import gettext_noop as _
from ninja import Path, Router, Schema, Status
from pydantic import StringConstraints

from huiying.cases.actions import relate, unrelate
from huiying.cases.api.shown import CaseNow, now_shown, visible_case
from huiying.cases.lifecycle import Stage
from huiying.cases.models import Case, Relation, Side
from huiying.cases.queries.related import related_cases
from huiying.journal.actors import Actor
from huiying.kit.guards import BadInput
from huiying.kit.rest import Ask, Code, Key
from huiying.staff.http import ApiRequest

router = Router(tags=["relations"])


class RelationAsk(Ask):
    """The other case, and how this one stands to it: this case is `side` the other one."""

    number: Annotated[str, StringConstraints(max_length=20)]
    side: Code[Side]


class RelationShown(Schema):
    """A link to another case: this case is `side` the case with this number."""

    id: Key
    side: Code[Side]
    number: str
    subject: str
    stage: Code[Stage]


@router.post("/cases/{number}/relations", response={201: RelationShown}, summary=_("Link a case to another"))
def link(request: ApiRequest, number: str, ask: RelationAsk) -> Status[RelationShown]:
    case = visible_case(request, number)
    other = case_numbered(ask.number, by=request.actor, field="number")
    made = relate(case, side=Side(ask.side), other=other, by=request.actor, at=timezone.now())
    return Status(201, relation_shown(made.pk, Side(ask.side), other))


@router.delete("/cases/{number}/relations/{relation_id}", response=CaseNow, summary=_("Take a link away"))
def unlink(request: ApiRequest, number: str, relation_id: Path[Key]) -> CaseNow:
    case = visible_case(request, number)
    links = Relation.objects.of(case).visible_to(request.actor).select_related("case", "other")
    unrelate(get_object_or_404(links, pk=relation_id), by=request.actor, at=timezone.now())
    return now_shown(visible_case(request, number))


def relations_of(case: Case, by: Actor) -> list[RelationShown]:
    return [relation_shown(one.key, one.side, one.case) for one in related_cases(case, by=by)]


def relation_shown(key: int, side: Side, other: Case) -> RelationShown:
    return RelationShown(id=key, side=side, number=other.number, subject=other.subject, stage=other.at_stage)


def case_numbered(number: str, *, by: Actor, field: str) -> Case:
    """Return the case the caller may see under this number."""
    found = Case.objects.visible_to(by).filter(number=number.strip().upper()).first()
    if found is None:
        raise BadInput(gettext_lazy("There is no case with the number {number}.").format(number=number), field=field)
    return found
