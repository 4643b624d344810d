"""GET cases/{number}: one case whole, and its clocks."""

from __future__ import annotations

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_noop as _
from ninja import Schema

from huiying.cases.api.action_item import ActionShown, actions_of
from huiying.cases.api.confirmation import ConfirmationShown, confirmation_shown
from huiying.cases.api.discard import DiscardShown, pending_discard
from huiying.cases.api.investigation import InvestigationShown, investigation_of
from huiying.cases.api.offer import OfferShown, offers_of
from huiying.cases.api.promise import PromiseShown, promise_shown
from huiying.cases.api.recusal import RecusalShown, recusals_of
from huiying.cases.api.relation import RelationShown, relations_of
from huiying.cases.api.router import router
from huiying.cases.api.shown import CaseNow, clock_shown, facts_of, hands_of
from huiying.cases.api.task_force import TaskForceShown, latest_force
from huiying.cases.api.watching import watchers_shown
from huiying.cases.lifecycle import missing
from huiying.cases.models import Case, Mood
from huiying.cases.queries.merged import merge_of
from huiying.cases.queries.standing import standing
from huiying.deadlines.models import Clock
from huiying.journal.actors import Actor
from huiying.kit.rest import Code, Moment
from huiying.staff.api import Person, person
from huiying.staff.http import ApiRequest


class NeedShown(Schema):
    """What the stage still asks for before it can be left."""

    code: str
    sentence: str


class CaseWhole(CaseNow):
    """A case with everything that belongs to it."""

    description: str
    demand: str
    mood: Code[Mood]
    occurred_at: Moment | None
    occurred_where: str
    expected_at: Moment | None
    tags: list[str]
    source: str
    contact: str
    registered_by: Person | None
    awaits_answer_since: Moment | None
    missing: list[NeedShown]
    promises: list[PromiseShown]
    investigation: InvestigationShown | None
    offers: list[OfferShown]
    actions: list[ActionShown]
    confirmations: list[ConfirmationShown]
    discard: DiscardShown | None
    relations: list[RelationShown]
    complained_about: list[RecusalShown]
    task_force: TaskForceShown | None
    watchers: list[Person]
    merged_into: str | None


@router.get("/cases/{number}", response=CaseWhole, summary=_("Show a case"))
def case(request: ApiRequest, number: str) -> CaseWhole:
    found = get_object_or_404(Case.objects.visible_to(request.actor).for_page(), number=number)
    return whole(found, by=request.actor)


def whole(case: Case, *, by: Actor) -> CaseWhole:
    merge = merge_of(case)
    live = Clock.objects.about(case).live().by_urgency().select_related("policy")
    return CaseWhole(
        **facts_of(case),
        **hands_of(case),
        clocks=[clock_shown(clock) for clock in live],
        description=case.description,
        demand=case.demand,
        mood=Mood(case.mood),
        occurred_at=case.occurred_at,
        occurred_where=case.occurred_where,
        expected_at=case.expected_at,
        tags=case.tags,
        source=case.source,
        contact=case.contact.name if case.contact else "",
        registered_by=person(case.registered_by),
        awaits_answer_since=case.awaits_answer_since,
        missing=still_missing(case),
        promises=[promise_shown(made) for made in case.promises.all()],
        investigation=investigation_of(case),
        offers=offers_of(case),
        actions=actions_of(case),
        confirmations=[confirmation_shown(given) for given in case.confirmations.all()],
        discard=pending_discard(case),
        relations=relations_of(case, by),
        task_force=latest_force(case) if case.has_task_force else None,
        complained_about=recusals_of(case) if case.has_recusals else [],
        watchers=watchers_shown(case) if case.has_watchers else [],
        merged_into=merge.into.number if merge else None,
    )


def still_missing(case: Case) -> list[NeedShown]:
    return [NeedShown(code=need.code, sentence=str(need.sentence)) for need in missing(case.at_stage, standing(case))]
