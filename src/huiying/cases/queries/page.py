"""Everything the page of a case shows, fetched in a constant number of look-ups."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property

from django.db.models import Prefetch
from django.urls import reverse

from huiying.cases.deeds import Deed, next_deeds, other_deeds
from huiying.cases.lifecycle import ATTEMPTS_BEFORE_CLOSING, TRACK, Need, Stage, Standing, needs_of, next_stage
from huiying.cases.models import (
    ActionItem,
    Attempt,
    Case,
    Confirmation,
    Discard,
    Investigation,
    Offer,
    Pressing,
    Promise,
    Share,
)
from huiying.cases.policies import (
    may_allow_more_time,
    may_answer_pressing,
    may_approve,
    may_complete,
    may_second,
    may_split,
)
from huiying.cases.queries.concerned import Concerned, concerned_in
from huiying.cases.queries.detail import rows_of, words_of
from huiying.cases.queries.related import Links, links_of
from huiying.cases.queries.splits import splits_of
from huiying.cases.queries.timeline import Item, timeline
from huiying.customers.models import Customer
from huiying.deadlines.models import Extension
from huiying.deadlines.queries import ClockFace, clocks_of
from huiying.journal.actors import Actor
from huiying.notifications.models import Notice
from huiying.notifications.queries import calls_about


@dataclass(frozen=True)
class Stop:
    """One stop on the stage track."""

    stage: Stage
    position: int
    state: str  # "done", "now" or "ahead"


@dataclass(frozen=True)
class Wanted:
    """One thing the present stage asks for, and whether it is there."""

    need: Need
    is_met: bool


@dataclass(frozen=True, kw_only=True)
class CasePage:
    """What the templates of the case page are handed."""

    case: Case
    by: Actor
    clocks: list[ClockFace]
    items: list[Item]
    standing: Standing
    track: list[Stop]
    wanted: list[Wanted]
    next_stage: Stage | None
    deeds: list[Deed]
    other_deeds: list[Deed]
    investigation: Investigation | None
    offers: list[Offer]
    approvable: Offer | None
    actions: list[ActionItem]
    promises: list[Promise]
    links: Links
    second_look: Discard | None
    pressing: Pressing | None
    more_time: Extension | None
    concerned: Concerned
    calls: list[Notice]

    @cached_property
    def shows_customer(self) -> bool:
        """Whether the reader may open the customer, not the case alone."""
        customer = self.case.customer
        return customer is not None and Customer.objects.visible_to(self.by).filter(pk=customer.pk).exists()

    @cached_property
    def completable(self) -> set[int]:
        return {item.pk for item in self.actions if may_complete(self.by, item)}

    @property
    def may_second(self) -> bool:
        return self.second_look is not None and may_second(self.by, self.second_look)

    @property
    def may_answer_pressing(self) -> bool:
        return may_answer_pressing(self.by, self.case)

    @property
    def may_allow(self) -> bool:
        return self.more_time is not None and may_allow_more_time(self.by, self.more_time)

    @property
    def has_met_clocks(self) -> bool:
        return any(clock.tone == "met" for clock in self.clocks)

    @property
    def missing_count(self) -> int:
        return sum(not wanted.is_met for wanted in self.wanted)


def case_page(case: Case, *, by: Actor, now: datetime) -> CasePage:
    """Return the page of a case that was fetched `for_page()`."""
    offers = [] if case.is_untouched else offers_of(case)
    investigation = None if case.is_untouched else investigation_of(case)
    actions = [] if case.is_untouched else actions_of(case)
    attempts = attempts_at(case)
    links = links_of(case, by=by)
    standing = standing_from(case, investigation, offers, actions, attempts)
    pending = next((offer for offer in offers if offer.state == Offer.State.WAITING), None)
    clocks = clocks_of(case, now=now)
    promises = promises_to(case, links)
    concerned = concerned_in(case, by=by, cause=investigation.cause if investigation else None)
    rows = replace(
        rows_of(offers=offers, actions=actions, promises=promises, investigation=investigation),
        words=words_of(case) if actions else {},
        forces={force.pk: force for force in concerned.forces},
    )
    return CasePage(
        case=case,
        by=by,
        clocks=clocks,
        items=timeline(case, rows, links.merged, splits_of(case), split_at=split_address(case, by)),
        standing=standing,
        track=track_of(case),
        wanted=[Wanted(need, need.is_met(standing)) for need in needs_of(case.at_stage)],
        next_stage=next_stage(case.at_stage),
        deeds=next_deeds(case, by, is_cured=standing.is_confirmed or attempts >= ATTEMPTS_BEFORE_CLOSING),
        other_deeds=other_deeds(case, by, is_paused=is_paused(clocks), has_force=concerned.force is not None),
        investigation=investigation,
        offers=offers,
        approvable=pending if pending is not None and may_approve(by, pending) else None,
        actions=actions,
        promises=promises,
        links=links,
        second_look=Discard.objects.filter(case=case, agreed=None).first() if case.is_open else None,
        pressing=pressing_waiting(case, clocks),
        more_time=extension_waiting(clocks),
        concerned=concerned,
        calls=calls_waiting(case, clocks, by=by),
    )


def is_paused(clocks: list[ClockFace]) -> bool:
    return any(clock.tone == "paused" for clock in clocks)


def split_address(case: Case, by: Actor) -> str:
    """Return where another matter is taken out of the case, "" to who may not."""
    return reverse("cases:splits", args=[case.number]) if may_split(by, case) else ""


def pressing_waiting(case: Case, clocks: list[ClockFace]) -> Pressing | None:
    """Return what a leader waits to hear, asked only while its clock runs."""
    if not any(clock.kind == "pressed" and clock.ended_at is None for clock in clocks):
        return None
    return Pressing.objects.filter(case=case, answered_at=None).select_related("made_by").first()


def calls_waiting(case: Case, clocks: list[ClockFace], *, by: Actor) -> list[Notice]:
    """Return the escalations that wait for this reader's word, asked only where a clock has rung."""
    if not any(clock.rang for clock in clocks):
        return []
    return list(calls_about(case, by).to_answer())


def extension_waiting(clocks: list[ClockFace]) -> Extension | None:
    """Return the request for more time that waits, asked only where a clock can be extended at all."""
    keys = [clock.pk for clock in clocks if clock.extendable]
    if not keys:
        return None
    asked = Extension.objects.filter(clock__in=keys, state=Extension.State.WAITING)
    return asked.select_related("asked_by", "clock__policy").first()


def promises_to(case: Case, links: Links) -> list[Promise]:
    """Return the promises given on the case, and on those merged into it."""
    given_on = [case.pk, *(merge.source_id for merge in links.merged)]
    return list(Promise.objects.filter(case__in=given_on).select_related("case"))


def offers_of(case: Case) -> list[Offer]:
    found = Offer.objects.filter(case=case).select_related("approval__decided_by", "made_by")
    return list(found.prefetch_related("remedies"))


def actions_of(case: Case) -> list[ActionItem]:
    return list(ActionItem.objects.filter(case=case).select_related("department", "owner", "after"))


def investigation_of(case: Case) -> Investigation | None:
    found = Investigation.objects.filter(case=case, episode=case.episode)
    shares = Prefetch("shares", Share.objects.select_related("department"))
    return found.select_related("cause", "department", "person").prefetch_related(shares).first()


def attempts_at(case: Case) -> int:
    """Count the attempts to reach the customer once they are what is missing, while their word is waited for."""
    if case.stage != Stage.CONFIRMING:
        return 0
    return Attempt.objects.filter(case=case, episode=case.episode).count()


def standing_from(
    case: Case,
    investigation: Investigation | None,
    offers: list[Offer],
    actions: list[ActionItem],
    attempts: int,
) -> Standing:
    """Say what the case has, from rows already at hand; `standing()` asks the database the same."""
    states = {offer.state for offer in offers if offer.episode == case.episode}
    agreed_from = max((offer.made_at for offer in offers if is_agreed(offer, case)), default=None)
    present = [item for item in actions if is_present(item, case, agreed_from)]
    return Standing(
        is_accepted=case.stage != Stage.RECEIVED,
        has_owner=case.owner_id is not None,
        has_facts=investigation is not None,
        has_cause=investigation is not None,
        has_open_offer=Offer.State.OFFERED in states,
        awaits_approval=Offer.State.WAITING in states,
        has_agreed_offer=Offer.State.ACCEPTED in states,
        actions_open=sum(item.is_open for item in present),
        actions_done=sum(not item.is_open for item in present),
        is_confirmed=case.stage == Stage.CONFIRMING and last_word(case) == Confirmation.Result.SOLVED,
        attempts=attempts,
    )


def is_agreed(offer: Offer, case: Case) -> bool:
    return offer.episode == case.episode and offer.state == Offer.State.ACCEPTED


def is_present(item: ActionItem, case: Case, agreed_from: datetime | None) -> bool:
    """Say of a row at hand what `of_present_round` asks the database."""
    if item.episode != case.episode or item.dropped_at is not None:
        return False
    return item.done_at is None or agreed_from is None or item.done_at >= agreed_from


def last_word(case: Case) -> str | None:
    words = Confirmation.objects.filter(case=case, episode=case.episode).order_by("-id")
    return words.values_list("result", flat=True).first()


def track_of(case: Case) -> list[Stop]:
    """Return the eight stops; on a side exit all lie ahead, for the case has left the track."""
    here = TRACK.index(case.at_stage) if case.at_stage in TRACK else -1
    return [Stop(stage, place + 1, state_of(place, here)) for place, stage in enumerate(TRACK)]


def state_of(place: int, here: int) -> str:
    if place == here and here == len(TRACK) - 1:
        return "done"
    if place == here:
        return "now"
    return "done" if place < here else "ahead"
