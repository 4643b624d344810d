"""Mailings: prepared, released, paused, cancelled; each recipient's result."""

from __future__ import annotations

from typing import Annotated

from django.db.models import Count
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext_noop as _
from ninja import Path, Query, Schema, Status
from pydantic import Field, StringConstraints

from huiying.customers.models import Status as CustomerStatus
from huiying.customers.models import Tier
from huiying.engagement.actions import mailing as deeds
from huiying.engagement.api.router import router
from huiying.engagement.models.mailing import Mailing, Recipient
from huiying.engagement.models.template import Template
from huiying.engagement.policies import may_lead
from huiying.engagement.queries.recipients import candidates, chosen_customers, tally, told_to
from huiying.kit.guards import ensure
from huiying.kit.paging import page_of
from huiying.kit.rest import Ask, Code, Day, Key, Moment, Page, PageOf, Reference
from huiying.staff.api import Person, person
from huiying.staff.http import ApiRequest
from huiying.staff.references import person_named

Name = Annotated[str, StringConstraints(min_length=1, max_length=80, strip_whitespace=True)]
Words = Annotated[str, StringConstraints(min_length=1, max_length=5000)]
Short = Annotated[str, StringConstraints(max_length=120)]
Number = Annotated[str, StringConstraints(min_length=1, max_length=20)]


class ChoiceAsk(Ask):
    """Whom to write to; `numbers` names customers, then no filter counts. At least one must be given."""

    tier: Code[Tier] | None = None
    status: Code[CustomerStatus] | None = None
    owner: Reference | None = None
    region: Annotated[str, StringConstraints(max_length=60)] = ""
    product: Short = ""
    quiet_since: Day | None = None
    numbers: Annotated[list[Number], Field(max_length=500)] = []


class MailingAsk(Ask):
    """`template` is the key of a template, whose text is taken where none is sent."""

    name: Name
    means: Annotated[str, StringConstraints(pattern="^(email|sms)$")]
    subject: Short = ""
    text: Annotated[str, StringConstraints(max_length=5000)] = ""
    template: Key | None = None
    chosen: ChoiceAsk


class ReleaseAsk(Ask):
    starts_at: Moment | None = None


class RecipientsWanted(PageOf):
    state: list[Code[Recipient.State]] = []


class MailingShown(Schema):
    """`counts` says how many recipients are in each state."""

    id: Key
    name: str
    means: str
    state: Code[Mailing.State]
    subject: str
    text: str
    made_by: Person | None
    made_at: Moment
    starts_at: Moment | None
    ended_at: Moment | None
    counts: dict[str, int]


class MailingTally(Schema):
    """Who would get it now: how many, and how many not for each reason."""

    receive: int
    reasons: dict[str, int]


class RecipientShown(Schema):
    id: Key
    customer: str
    contact: Key | None
    state: Code[Recipient.State]
    reason: str
    error: str
    sent_at: Moment | None


@router.get("/mailings", response=Page[MailingShown], summary=_("Mailings"))
def mailings(request: ApiRequest, wanted: Query[PageOf]) -> Page[MailingShown]:
    ensure(may_lead(request.actor))
    page = page_of(Mailing.objects.select_related("made_by"), by="-id", cursor=wanted.cursor, limit=wanted.limit)
    return Page(items=[shown(one, counted(one)) for one in page.items], next_cursor=page.next_cursor)


@router.post("/mailings", response={201: MailingShown}, summary=_("Prepare a mailing"))
def make(request: ApiRequest, ask: MailingAsk) -> Status[MailingShown]:
    ensure(may_lead(request.actor))
    template = get_object_or_404(Template.objects.active(), pk=ask.template) if ask.template else None
    chosen = ask.chosen.model_dump(mode="json")
    chosen["owner"] = person_named(ask.chosen.owner, field="owner").pk if ask.chosen.owner else None
    draft = deeds.MailingDraft(
        name=ask.name,
        means=ask.means,
        subject=ask.subject or (template.subject if template else ""),
        text=ask.text or (template.text if template else ""),
        template=template,
        chosen=chosen,
    )
    made = deeds.make_mailing(draft, by=request.actor, at=timezone.now())
    return Status(201, shown(made, {}))


@router.get("/mailings/{mailing_id}", response=MailingShown, summary=_("One mailing"))
def one_mailing(request: ApiRequest, mailing_id: Path[Key]) -> MailingShown:
    return now_shown(request, mailing_id)


@router.get("/mailings/{mailing_id}/preview", response=MailingTally, summary=_("Who would get a mailing"))
def preview(request: ApiRequest, mailing_id: Path[Key]) -> MailingTally:
    kept = visible(request, mailing_id)
    customers = chosen_customers(kept.chosen, by=request.actor)
    counted_ = tally(candidates(kept, customers, by=request.actor, now=timezone.now()))
    return MailingTally(receive=counted_.receive, reasons=counted_.reasons or {})


@router.get("/mailings/{mailing_id}/recipients", response=Page[RecipientShown], summary=_("Recipients of a mailing"))
def recipients(request: ApiRequest, mailing_id: Path[Key], wanted: Query[RecipientsWanted]) -> Page[RecipientShown]:
    rows = Recipient.objects.visible_to(request.actor).filter(mailing=visible(request, mailing_id))
    if wanted.state:
        rows = rows.filter(state__in=wanted.state)
    page = page_of(rows.select_related("customer"), by="id", cursor=wanted.cursor, limit=wanted.limit)
    return Page(
        items=[recipient_shown(one) for one in told_to(request.actor, page.items)], next_cursor=page.next_cursor
    )


@router.post("/mailings/{mailing_id}/release", response=MailingShown, summary=_("Release a mailing"))
def release(request: ApiRequest, mailing_id: Path[Key], ask: ReleaseAsk) -> MailingShown:
    deeds.release(visible(request, mailing_id), starts_at=ask.starts_at, by=request.actor, at=timezone.now())
    return now_shown(request, mailing_id)


@router.post("/mailings/{mailing_id}/pause", response=MailingShown, summary=_("Pause a mailing"))
def pause(request: ApiRequest, mailing_id: Path[Key]) -> MailingShown:
    deeds.pause(visible(request, mailing_id), by=request.actor, at=timezone.now())
    return now_shown(request, mailing_id)


@router.post("/mailings/{mailing_id}/resumption", response=MailingShown, summary=_("Let a mailing go on"))
def resume(request: ApiRequest, mailing_id: Path[Key]) -> MailingShown:
    deeds.resume(visible(request, mailing_id), by=request.actor, at=timezone.now())
    return now_shown(request, mailing_id)


@router.post("/mailings/{mailing_id}/cancelling", response=MailingShown, summary=_("Cancel what remains"))
def cancel(request: ApiRequest, mailing_id: Path[Key]) -> MailingShown:
    deeds.cancel(visible(request, mailing_id), by=request.actor, at=timezone.now())
    return now_shown(request, mailing_id)


@router.post("/mailings/{mailing_id}/retrying", response=MailingShown, summary=_("Try the failed again"))
def retry(request: ApiRequest, mailing_id: Path[Key]) -> MailingShown:
    deeds.retry(visible(request, mailing_id), by=request.actor, at=timezone.now())
    return now_shown(request, mailing_id)


def visible(request: ApiRequest, key: int) -> Mailing:
    ensure(may_lead(request.actor))
    return get_object_or_404(Mailing.objects.select_related("made_by"), pk=key)


def now_shown(request: ApiRequest, key: int) -> MailingShown:
    kept = visible(request, key)
    return shown(kept, counted(kept))


def counted(kept: Mailing) -> dict[str, int]:
    states = Recipient.objects.filter(mailing=kept).order_by().values_list("state")
    return dict(states.annotate(n=Count("pk")))


def shown(kept: Mailing, counts: dict[str, int]) -> MailingShown:
    plain = ("name", "means", "subject", "text", "made_at", "starts_at", "ended_at")
    return MailingShown(
        id=kept.pk,
        state=Mailing.State(kept.state),
        made_by=person(kept.made_by),
        counts=counts,
        **{name: getattr(kept, name) for name in plain},
    )


def recipient_shown(one: Recipient) -> RecipientShown:
    plain = ("reason", "error", "sent_at")
    return RecipientShown(
        id=one.pk,
        customer=one.customer.number,
        contact=one.contact_id,
        state=Recipient.State(one.state),
        **{name: getattr(one, name) for name in plain},
    )
