"""Templates of what is written to many: list, editing with versions, preview on a real customer."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from huiying.customers.models import Customer
from huiying.customers.queries.search import search_customers
from huiying.engagement.actions.template import add_template, ensure_sendable, revise_template
from huiying.engagement.forms.mailing import TemplateForm
from huiying.engagement.models.mailing import Mailing, Recipient
from huiying.engagement.models.template import Template
from huiying.engagement.placeholders import PLACEHOLDERS, filled_in
from huiying.engagement.policies import may_lead
from huiying.engagement.queries.recipients import candidates
from huiying.kit.guards import DomainError, ensure
from huiying.staff.http import DeskRequest

PAGE = "engagement/settings/template.html"


@require_GET
def templates(request: DeskRequest) -> HttpResponse:
    ensure(may_lead(request.actor))
    return render(request, "engagement/settings/templates.html", {"templates": Template.objects.select_related("tag")})


def new_template(request: DeskRequest) -> HttpResponse:
    ensure(may_lead(request.actor))
    form = TemplateForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            added = add_template(form.draft(), by=request.actor, at=now())
        except DomainError as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("“%(name)s” was added.") % {"name": added})
            return redirect("engagement:templates")
    return page(request, form)


def template(request: DeskRequest, pk: int) -> HttpResponse:
    """Show a template; a POST saves its next version."""
    ensure(may_lead(request.actor))
    kept = get_object_or_404(Template.objects.select_related("tag"), pk=pk)
    form = TemplateForm(request.POST) if request.method == "POST" else TemplateForm.of(kept)
    if form.is_bound and form.is_valid():
        seen = request.POST.get("version", "")
        try:
            version = int(seen[:9]) if seen.isdecimal() else kept.version
            revise_template(kept, form.draft(), seen=version, by=request.actor, at=now())
        except DomainError as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("“%(name)s” was saved.") % {"name": kept.name})
            return redirect("engagement:templates")
    return page(request, form, kept)


@require_POST
def preview(request: DeskRequest) -> HttpResponse:
    """Show the text in the form as one customer would get it, and what is not known of them."""
    ensure(may_lead(request.actor))
    words = request.POST.get("customer", "").strip()
    customer = search_customers(words, request.actor, limit=1).select_related("owner").first() if words else None
    context: dict[str, object] = {"customer": customer, "words": words}
    given = {name: request.POST.get(name, "") for name in ("subject", "text", "means", "product")}
    try:
        ensure_sendable(given["means"], given["subject"], given["text"])
    except DomainError as refusal:
        context["refusal"] = refusal
    if customer is not None:
        chosen = Customer.objects.filter(pk=customer.pk)
        one = next(candidates(Mailing(**given), chosen, by=request.actor, now=now()))
        said = {name: filled_in(given[name], one.values) for name in ("subject", "text")}
        context |= {"one": one, "reason": Recipient.Reason(one.reason).label if one.reason else "", **said}
    return render(request, "engagement/_preview.html", context)


def page(request: DeskRequest, form: TemplateForm, kept: Template | None = None) -> HttpResponse:
    versions = kept.versions.select_related("saved_by")[:20] if kept else []
    context = {"form": form, "template": kept, "versions": versions, "placeholders": PLACEHOLDERS}
    return render(request, PAGE, context, status=422 if form.is_bound else 200)
