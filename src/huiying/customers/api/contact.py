"""Contacts: the people at a customer and the ways to reach them."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext_noop as _
from ninja import Path, Query
from ninja import Status as Answer
from pydantic import ConfigDict, Field, StringConstraints

from huiying.channels.models.endpoint import Channel
from huiying.customers.actions.contact import add_contact, remove_contact, remove_reach, revise_contact
from huiying.customers.actions.presence import note_consent, note_left
from huiying.customers.api.router import router
from huiying.customers.api.shown import ContactShown, ShortName, UpTo60, contact_shown, visible_customer
from huiying.customers.drafts import ContactDraft, contact_draft_of
from huiying.customers.models import Contact, Customer, Reach
from huiying.kit.paging import page_of
from huiying.kit.rest import Ask, Code, Day, Key, Page, PageOf, only_given
from huiying.staff.http import ApiRequest

Phone = Annotated[str, StringConstraints(max_length=32)]
Address = Annotated[str, StringConstraints(max_length=254)]
Reaches = Annotated[list[Phone], Field(max_length=10)]


class ContactFields(Ask):
    """What may be said of a contact. Phones, e-mails and WeChat names are added to those already known."""

    model_config = ConfigDict(extra="forbid")

    title: UpTo60 = ""
    birthday: Day | None = None
    preferred_channel: Code[Channel] | None = None
    preferred_hours: UpTo60 = ""
    do_not_contact: bool = False
    phones: Reaches = []
    emails: Annotated[list[Address], Field(max_length=10)] = []
    wechats: Annotated[list[UpTo60], Field(max_length=10)] = []


class ContactAsk(ContactFields):
    """A contact to be added."""

    name: ShortName


class ContactRevisionAsk(ContactFields):
    """Only what is sent is changed."""

    name: ShortName = ""


@router.get("/contacts", response=Page[ContactShown], summary=_("List contacts"))
def contacts(request: ApiRequest, ask: Query[PageOf]) -> Page[ContactShown]:
    visible = Customer.objects.visible_to(request.actor).current()
    rows = Contact.objects.filter(customer__in=visible).select_related("customer").prefetch_related("reaches")
    page = page_of(rows, by="-id", cursor=ask.cursor, limit=ask.limit)
    return Page(items=[contact_shown(contact) for contact in page.items], next_cursor=page.next_cursor)


@router.get("/customers/{number}/contacts", response=Page[ContactShown], summary=_("List a customer's contacts"))
def contacts_of_customer(request: ApiRequest, number: str, ask: Query[PageOf]) -> Page[ContactShown]:
    rows = Contact.objects.filter(customer=visible_customer(request, number))
    rows = rows.select_related("customer").prefetch_related("reaches")
    page = page_of(rows, by="id", cursor=ask.cursor, limit=ask.limit)
    return Page(items=[contact_shown(contact) for contact in page.items], next_cursor=page.next_cursor)


@router.post("/customers/{number}/contacts", response={201: ContactShown}, summary=_("Add a contact"))
def enter_contact(request: ApiRequest, number: str, ask: ContactAsk) -> Answer[ContactShown]:
    customer = visible_customer(request, number)
    return Answer(201, contact_shown(add_contact(customer, contact_draft(ask), by=request.actor, at=timezone.now())))


@router.patch("/contacts/{contact_id}", response=ContactShown, summary=_("Correct a contact"))
def correct_contact(request: ApiRequest, contact_id: Path[Key], ask: ContactRevisionAsk) -> ContactShown:
    contact = visible_contact(request, contact_id)
    changes = only_given(ask)
    if "preferred_channel" in changes:
        changes["preferred_channel"] = changes["preferred_channel"] or ""
    for several in {"phones", "emails", "wechats"} & set(changes):
        changes[several] = tuple(changes[several])
    revise_contact(contact, replace(contact_draft_of(contact), **changes), by=request.actor, at=timezone.now())
    return contact_shown(visible_contact(request, contact_id))


@router.put("/contacts/{contact_id}/leaving", response=ContactShown, summary=_("Note that a contact left"))
def leave(request: ApiRequest, contact_id: Path[Key]) -> ContactShown:
    note_left(visible_contact(request, contact_id), by=request.actor, at=timezone.now())
    return contact_shown(visible_contact(request, contact_id))


@router.put("/contacts/{contact_id}/consent", response=ContactShown, summary=_("Write a consent down"))
def consent(request: ApiRequest, contact_id: Path[Key]) -> ContactShown:
    note_consent(visible_contact(request, contact_id), by=request.actor, at=timezone.now())
    return contact_shown(visible_contact(request, contact_id))


@router.delete("/contacts/{contact_id}", response={204: None}, summary=_("Remove a contact"))
def drop_contact(request: ApiRequest, contact_id: Path[Key]) -> Answer[None]:
    remove_contact(visible_contact(request, contact_id), by=request.actor, at=timezone.now())
    return Answer(204, None)


@router.delete("/reaches/{reach_id}", response={204: None}, summary=_("Remove a phone number or an address"))
def drop_reach(request: ApiRequest, reach_id: Path[Key]) -> Answer[None]:
    visible = Customer.objects.visible_to(request.actor).current()
    reaches = Reach.objects.filter(customer__in=visible).select_related("contact__customer")
    remove_reach(get_object_or_404(reaches, pk=reach_id), by=request.actor, at=timezone.now())
    return Answer(204, None)


def visible_contact(request: ApiRequest, key: int) -> Contact:
    visible = Customer.objects.visible_to(request.actor).current()
    return get_object_or_404(Contact.objects.filter(customer__in=visible).select_related("customer"), pk=key)


def contact_draft(ask: ContactAsk) -> ContactDraft:
    several = {name: tuple(getattr(ask, name)) for name in ("phones", "emails", "wechats")}
    plain = {name: value for name, value in ask if name not in several}
    return ContactDraft(**plain | several | {"preferred_channel": ask.preferred_channel or ""})
