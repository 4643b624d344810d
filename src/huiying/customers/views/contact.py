"""The people at a customer, the ways to reach them, and looking at a whole number."""

from __future__ import annotations

from dataclasses import asdict

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from huiying.customers.actions.contact import (
    add_contact,
    make_main,
    remove_contact,
    remove_reach,
    revise_contact,
    uncover,
)
from huiying.customers.actions.presence import note_back, note_consent, note_left, withdraw_consent
from huiying.customers.drafts import CONTACT_FIELDS, contact_draft_of
from huiying.customers.forms import ContactForm
from huiying.customers.models import Contact, Reach
from huiying.customers.queries.shown import shown
from huiying.customers.views.sheet import Sheet, carry_out, done, visible_customer
from huiying.staff.http import DeskRequest

NEW = Sheet(title=_("Add a contact"), button=_("Add"), done=_("The contact is added."))
REVISION = Sheet(title=_("Change the contact"), button=_("Save"), done=_("Saved."))


def new_contact(request: DeskRequest, number: str) -> HttpResponse:
    customer = visible_customer(request, number)
    form = ContactForm(request.POST if request.method == "POST" else None)
    return carry_out(
        request, customer, form, NEW, lambda f: add_contact(customer, f.draft(), by=request.actor, at=now())
    )


def contact(request: DeskRequest, number: str, pk: int) -> HttpResponse:
    """Numbers typed here are added; the masked ones that are known stay."""
    someone = contact_of(request, number, pk)
    known = asdict(contact_draft_of(someone))
    first = {name: known[name] for name in CONTACT_FIELDS}
    form = ContactForm(request.POST) if request.method == "POST" else ContactForm(initial=first)
    return carry_out(
        request,
        someone.customer,
        form,
        REVISION,
        lambda f: revise_contact(someone, f.draft(), by=request.actor, at=now()),
    )


@require_POST
def main(request: DeskRequest, number: str, pk: int) -> HttpResponse:
    someone = contact_of(request, number, pk)
    make_main(someone, by=request.actor, at=now())
    return done(request, someone.customer, _("{name} is the main contact now.").format(name=someone.name))


@require_POST
def contact_removal(request: DeskRequest, number: str, pk: int) -> HttpResponse:
    someone = contact_of(request, number, pk)
    remove_contact(someone, by=request.actor, at=now())
    return done(request, someone.customer, _("The contact is removed."))


@require_POST
def leaving(request: DeskRequest, number: str, pk: int) -> HttpResponse:
    someone = contact_of(request, number, pk)
    note_left(someone, by=request.actor, at=now())
    return done(request, someone.customer, _("Noted: {name} is no longer there.").format(name=someone.name))


@require_POST
def returning(request: DeskRequest, number: str, pk: int) -> HttpResponse:
    someone = contact_of(request, number, pk)
    note_back(someone, by=request.actor, at=now())
    return done(request, someone.customer, _("Noted: {name} is there again.").format(name=someone.name))


@require_POST
def consent(request: DeskRequest, number: str, pk: int) -> HttpResponse:
    someone = contact_of(request, number, pk)
    note_consent(someone, by=request.actor, at=now())
    return done(request, someone.customer, _("The consent is written down."))


@require_POST
def consent_withdrawal(request: DeskRequest, number: str, pk: int) -> HttpResponse:
    someone = contact_of(request, number, pk)
    withdraw_consent(someone, by=request.actor, at=now())
    return done(request, someone.customer, _("Written down: the consent is taken back."))


@require_POST
def uncovering(request: DeskRequest, number: str, pk: int) -> HttpResponse:
    """Show one number whole. Who looked stands in the journal."""
    reach = reach_of(request, number, pk)
    value = uncover(reach, by=request.actor, at=now())
    return render(request, "customers/_uncovered.html", {"reach": shown(reach), "value": value})


@require_POST
def reach_removal(request: DeskRequest, number: str, pk: int) -> HttpResponse:
    reach = reach_of(request, number, pk)
    remove_reach(reach, by=request.actor, at=now())
    return done(request, reach.customer, _("Removed."))


def contact_of(request: DeskRequest, number: str, pk: int) -> Contact:
    customer = visible_customer(request, number)
    return get_object_or_404(Contact.objects.select_related("customer"), customer=customer, pk=pk)


def reach_of(request: DeskRequest, number: str, pk: int) -> Reach:
    customer = visible_customer(request, number)
    return get_object_or_404(Reach.objects.select_related("contact__customer", "customer"), customer=customer, pk=pk)
