"""Records of contact through the interface."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Annotated

from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext_noop as _
from ninja import Field, Query, Schema
from ninja import Status as Answer
from pydantic import ConfigDict, StringConstraints

from huiying.customers.api.shown import visible_customer
from huiying.customers.models import Block, Contact, Customer
from huiying.engagement.actions import correct_record, record_contact
from huiying.engagement.api.router import router
from huiying.engagement.drafts import InteractionDraft, draft_of
from huiying.engagement.models import Interaction, Means
from huiying.kit.guards import BadInput
from huiying.kit.paging import page_of
from huiying.kit.rest import Ask, Code, Day, Key, Line, Moment, Page, PageOf, Text, Word, only_given
from huiying.staff.api import Person, person
from huiying.staff.http import ApiRequest
from huiying.staff.references import person_named

NextStep = Annotated[str, StringConstraints(max_length=300)]
NEVER = datetime(2000, 1, 1, tzinfo=UTC)  # stands for what was not sent
OutsideNumber = Annotated[str, StringConstraints(max_length=80)]


class InteractionFields(Ask):
    model_config = ConfigDict(extra="forbid")

    contact: Key | None = None
    participants: Line = ""
    feedback: Text = ""
    next_step: NextStep = ""
    next_on: Day | None = None


class InteractionAsk(InteractionFields):
    """A contact that took place; `contact` is the key of a person of the customer, `owner` who spoke with them.

    `confirms` are the parts of the archive that were checked with the customer and are still true.
    """

    means: Code[Means]
    at: Moment
    content: Text
    owner: Word = ""
    external_ref: OutsideNumber = ""
    confirms: list[Code[Block]] = Field(default=[], max_length=len(Block))


class CorrectionAsk(InteractionFields):
    """Only what is sent is changed."""

    means: Code[Means] = Means.PHONE
    at: Moment = NEVER
    content: Text = ""


class InteractionShown(Schema):
    """The record of a contact."""

    id: int
    customer: str
    means: Code[Means]
    at: Moment
    owner: Person | None
    contact: int | None
    participants: str
    content: str
    feedback: str
    next_step: str
    next_on: date | None
    external_ref: str
    recorded_at: Moment


class InteractionsWanted(PageOf):
    """Which records."""

    customer: Line = ""
    owner: Word = ""


@router.get("/interactions", response=Page[InteractionShown], summary=_("List records of contact"))
def interactions(request: ApiRequest, ask: Query[InteractionsWanted]) -> Page[InteractionShown]:
    rows = Interaction.objects.visible_to(request.actor).select_related("customer", "owner")
    if ask.customer:
        rows = rows.filter(customer__number=ask.customer.upper())
    if ask.owner:
        rows = rows.filter(owner__username=ask.owner)
    page = page_of(rows, by="-id", cursor=ask.cursor, limit=ask.limit)
    return Page(items=[interaction_shown(one) for one in page.items], next_cursor=page.next_cursor)


@router.post("/customers/{number}/interactions", response={201: InteractionShown}, summary=_("Record a contact"))
def enter_interaction(request: ApiRequest, number: str, ask: InteractionAsk) -> Answer[InteractionShown]:
    customer = visible_customer(request, number)
    given = {name: value for name, value in ask if name != "confirms"}
    draft = InteractionDraft(
        **{
            **given,
            "contact": contact_of(customer, ask.contact),
            "owner": person_named(ask.owner, field="owner") if ask.owner else None,
        }
    )
    written = record_contact(customer, draft, confirms=ask.confirms, by=request.actor, at=timezone.now())
    return Answer(201, interaction_shown(written))


@router.patch("/interactions/{interaction_id}", response=InteractionShown, summary=_("Correct a record of contact"))
def correct_interaction(request: ApiRequest, interaction_id: Key, ask: CorrectionAsk) -> InteractionShown:
    rows = Interaction.objects.visible_to(request.actor).select_related("customer", "owner", "contact")
    known = get_object_or_404(rows, pk=interaction_id)
    given = only_given(ask)
    if "contact" in given:
        given["contact"] = contact_of(known.customer, ask.contact)
    correct_record(known, replace(draft_of(known), **given), by=request.actor, at=timezone.now())
    return interaction_shown(get_object_or_404(rows, pk=interaction_id))


def contact_of(customer: Customer, key: int | None) -> Contact | None:
    """Return the person. Raises BadInput for one of another customer."""
    if key is None:
        return None
    found = Contact.objects.filter(customer=customer, pk=key).first()
    if found is None:
        raise BadInput(_("This person belongs to another customer."), field="contact")
    return found


def interaction_shown(one: Interaction) -> InteractionShown:
    return InteractionShown(
        id=one.pk,
        customer=one.customer.number,
        means=Means(one.means),
        at=one.at,
        owner=person(one.owner),
        contact=one.contact_id,
        participants=one.participants,
        content=one.content,
        feedback=one.feedback,
        next_step=one.next_step,
        next_on=one.next_on,
        external_ref=one.external_ref,
        recorded_at=one.recorded_at,
    )
