"""Recording a contact in a side sheet, with a word on its substance while one types."""

from __future__ import annotations

from datetime import datetime

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.timezone import is_naive, localtime, make_aware, now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from huiying.cases.actions.drafts import discard_draft, keep_draft, kept_draft
from huiying.customers.models import Contact, Customer
from huiying.customers.views.sheet import Sheet, carry_out, visible_customer
from huiying.engagement.actions.interaction import correct_record, last_words, record_contact
from huiying.engagement.drafts import WRITTEN, draft_of
from huiying.engagement.forms import InteractionForm, NewInteractionForm
from huiying.engagement.models import Interaction, Means, PlannedContact
from huiying.engagement.policies import may_record, may_work
from huiying.engagement.queries.of_customer import latest_records, next_contact
from huiying.engagement.queries.outlook import warning_of
from huiying.engagement.substance import Record, judge
from huiying.journal.actors import Actor
from huiying.kit.guards import ensure
from huiying.kit.times import YEARS
from huiying.staff.http import DeskRequest

TEMPLATE = "engagement/_record.html"
NEW = Sheet(title=_("Record a contact"), button=_("Record"), done=_("The contact is recorded."), template=TEMPLATE)
CORRECTION = Sheet(title=_("Correct the record"), button=_("Save"), done=_("Corrected."), template=TEMPLATE)


def new_interaction(request: DeskRequest, number: str) -> HttpResponse:
    customer = visible_customer(request, number)
    ensure(may_record(request.actor, customer))
    place = place_of(customer)
    kept, planned = kept_draft(place, by=request.user.pk), planned_of(request, customer)
    first = first_values(customer, planned, means=request.GET.get("means", ""))
    form = NewInteractionForm(
        request.POST if request.method == "POST" else None,
        initial={**first, **kept},
        customer=customer,
        by=request.actor,
    )

    def record(filled: NewInteractionForm) -> None:
        checked = filled.checked()
        record_contact(customer, filled.draft(), kept=planned, confirms=checked, by=request.actor, at=now())
        discard_draft(place, by=request.user.pk)

    return carry_out(request, customer, form, NEW, record, is_restored=bool(kept), keeps_draft=True, planned=planned)


def interaction(request: DeskRequest, number: str, pk: int) -> HttpResponse:
    """Correct a record."""
    customer = visible_customer(request, number)
    known = get_object_or_404(Interaction.objects.filter(customer=customer).select_related("contact"), pk=pk)
    ensure(may_work(request.actor))
    draft = draft_of(known)
    form = (
        InteractionForm(request.POST, customer=customer)
        if request.method == "POST"
        else InteractionForm(initial={name: getattr(draft, name) for name in WRITTEN}, customer=customer)
    )
    return carry_out(
        request,
        customer,
        form,
        CORRECTION,
        lambda filled: correct_record(known, filled.draft(), by=request.actor, at=now()),
        corrects=known.pk,
    )


@require_POST
def draft(request: DeskRequest, number: str) -> HttpResponse:
    """Keep what is typed and not recorded yet; a form with nothing written is forgotten."""
    customer = visible_customer(request, number)
    ensure(may_work(request.actor))
    content = {name: request.POST.get(name, "") for name in WRITTEN}
    is_written = any(content[name].strip() for name in ("content", "feedback", "next_step", "participants"))
    keep_draft(place_of(customer), content if is_written else {}, by=request.user.pk, at=now())
    return HttpResponse(status=204)


@require_POST
def check(request: DeskRequest, number: str) -> HttpResponse:
    """Say what the record tells so far and what is missing."""
    customer = visible_customer(request, number)
    ensure(may_work(request.actor))
    typed = {name: request.POST.get(name, "")[:20_000] for name in ("content", "feedback", "next_step")}
    who = request.POST.get("participants", "") or request.POST.get("contact", "")
    corrected = request.POST.get("corrects", "")
    last = last_words(Interaction(pk=int(corrected[:18]) if corrected.isdecimal() else None, customer=customer))
    verdict = judge(Record(**typed, who=who), last=last)
    context = {"verdict": verdict, "is_begun": any(typed.values()), "warning": warning(request, customer)}
    return render(request, "engagement/_substance.html", context)


def warning(request: DeskRequest, customer: Customer) -> str:
    """Say where what is typed will not count for the contact it is recorded from."""
    planned = planned_named(request.POST.get("planned", ""), customer, by=request.actor)
    at, means = read_moment(request.POST.get("at", "")), request.POST.get("means", "")
    return warning_of(customer, planned, means, at) if planned and at and means in Means.values else ""


def read_moment(text: str) -> datetime | None:
    try:
        typed = datetime.fromisoformat(text)
    except ValueError:
        return None
    return make_aware(typed) if is_naive(typed) and typed.year in YEARS else None


@require_GET
def of_customer(request: DeskRequest, number: str) -> HttpResponse:
    """The card of the customer's page."""
    customer = visible_customer(request, number)
    records = latest_records(customer, by=request.actor, at=now())
    ahead = next_contact(customer, by=request.actor)
    may = may_record(request.actor, customer)
    context = {"customer": customer, "ahead": ahead, "records": records, "may_record": may}
    return render(request, "engagement/_of_customer.html", context)


def planned_of(request: DeskRequest, customer: Customer) -> PlannedContact | None:
    """Return the planned contact that the record is made from, where the address names one."""
    return planned_named(request.GET.get("planned", ""), customer, by=request.actor)


def planned_named(key: str, customer: Customer, *, by: Actor) -> PlannedContact | None:
    rows = PlannedContact.objects.visible_to(by).filter(customer=customer).select_related("policy")
    return rows.filter(pk=int(key[:18])).first() if key.isdecimal() else None


def first_values(customer: Customer, planned: PlannedContact | None, *, means: str) -> dict[str, object]:
    """Return what a new record begins with: just now, as it was planned or asked for, with whom we speak first."""
    main = Contact.objects.filter(customer=customer, is_main=True).first()
    means = planned.means if planned else means if means in Means.values else Means.PHONE.value
    return {"means": means, "at": localtime(now()), "contact": main.pk if main else None}


def place_of(customer: Customer) -> str:
    return f"interaction:{customer.number}"
