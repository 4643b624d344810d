"""Entering and revising a customer, with a warning when they may be known already (SPEC A7)."""

from __future__ import annotations

from typing import TypeVar

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from huiying.customers.actions.customer import create, revise
from huiying.customers.drafts import CUSTOMER_FIELDS, draft_of
from huiying.customers.forms import CustomerForm, NewCustomerForm
from huiying.customers.forms.customer import CustomerFields
from huiying.customers.models import Customer, Tier
from huiying.customers.policies import may_create, may_revise, may_see_amounts
from huiying.customers.queries.duplicates import Clues, likely_duplicates
from huiying.customers.views.sheet import visible_customer
from huiying.kit.guards import DomainError, ensure
from huiying.staff.http import DeskRequest
from huiying.staff.models import Scope

FieldsT = TypeVar("FieldsT", bound=CustomerFields)


def new_customer(request: DeskRequest) -> HttpResponse:
    ensure(may_create(request.actor), _("You are not allowed to enter customers."))
    form = NewCustomerForm(request.POST) if request.method == "POST" else NewCustomerForm(initial=first_values(request))
    guard_amounts(form, request)
    if request.method != "POST":
        return render(request, "customers/new.html", {"form": form})
    if form.is_valid():
        try:
            customer = create(
                form.draft(),
                contacts=form.contacts(),
                tier=Tier(form.cleaned_data["tier"]),
                by=request.actor,
                at=now(),
            )
        except DomainError as refusal:
            form.refuse(refusal)
        else:
            messages.success(
                request, _("{name} is customer {number} now.").format(name=customer, number=customer.number)
            )
            is_seen = Customer.objects.visible_to(request.actor).filter(pk=customer.pk).exists()
            return redirect(customer if is_seen else "customers:list")
    return render(request, "customers/new.html", {"form": form}, status=422)


def first_values(request: DeskRequest) -> dict[str, object]:
    """Return what the form begins with: who sees only their own customers is to look after the new one."""
    is_own = request.actor.customer_scope == Scope.OWN
    return {**({"owner": request.actor.pk} if is_own else {}), **request.GET.dict()}


def revision(request: DeskRequest, number: str) -> HttpResponse:
    """Change what the archive says; a page made from an older version is not saved over a newer one."""
    customer = visible_customer(request, number)
    ensure(may_revise(request.actor, customer), _("You are not allowed to change this customer."))
    if request.method != "POST":
        form = guard_amounts(CustomerForm(initial={"version": customer.version, **kept(customer)}), request)
        return render(request, "customers/revision.html", {"form": form, "customer": customer})
    form = guard_amounts(CustomerForm(request.POST), request)
    if form.is_valid():
        try:
            draft = form.draft(draft_of(customer))
            revise(customer, draft, version=form.cleaned_data["version"], by=request.actor, at=now())
        except DomainError as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("Saved."))
            return redirect(customer)
    return render(
        request,
        "customers/revision.html",
        {"form": form, "customer": visible_customer(request, number)},
        status=409 if "version" in form.errors else 422,
    )


@require_POST
def duplicates(request: DeskRequest) -> HttpResponse:
    """Who may be the same customer, while one types. Sent by POST: numbers belong in no address."""
    besides = Customer.objects.filter(number=request.POST.get("besides", "")).values_list("pk", flat=True).first()
    clues = Clues(
        name=request.POST.get("name", "")[:120],
        phones=tuple(request.POST.get("phones", "").replace("，", ",").split(",")[:5]),
        emails=tuple(request.POST.get("emails", "").replace("，", ",").split(",")[:5]),
        credit_code=request.POST.get("credit_code", "")[:18],
        besides=besides,
    )
    return render(request, "customers/_duplicates.html", {"likenesses": likely_duplicates(clues, by=request.actor)})


def guard_amounts(form: FieldsT, request: DeskRequest) -> FieldsT:
    """Return the form, without amounts where the actor may not see them."""
    if not may_see_amounts(request.actor):
        form.without_amounts()
    return form


def kept(customer: Customer) -> dict[str, object]:
    """Return the archive as the form's first values."""
    return {name: getattr(customer, name) for name in CUSTOMER_FIELDS}
