"""Archives to be looked through: the work list, confirming in one click, and the settings page (SPEC A5)."""

from __future__ import annotations

import json

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate, now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from huiying.customers.actions.freshness import change_review_rule, confirm
from huiying.customers.forms.review import RULE_FIELDS, ReviewRuleForm, ReviewSelectionForm
from huiying.customers.models import Block, ReviewRule
from huiying.customers.policies import may_arrange_reviews, may_create, may_see
from huiying.customers.queries.reviews import due_reviews, reviews_shown
from huiying.customers.verbs import REVIEW_RULE_CHANGED
from huiying.customers.views.sheet import done, visible_customer
from huiying.journal.models import Entry
from huiying.kit.guards import ensure
from huiying.kit.paging import capped_count, neighbours, page_of
from huiying.staff.http import DeskRequest

PAGE = 50
COUNTED_AT_MOST = 500


@require_GET
def reviews(request: DeskRequest) -> HttpResponse:
    """The most overdue first."""
    ensure(may_see(request.actor))
    form, today = ReviewSelectionForm(request.GET), localdate()
    due = form.narrowed(due_reviews(request.actor, today=today))
    page = page_of(due.for_list(), by="review_due_on", cursor=request.GET.get("cursor", ""), limit=PAGE)
    context = {
        "form": form,
        "rows": reviews_shown(page.items, today=today),
        "count": capped_count(due, at_most=COUNTED_AT_MOST),
        "counted_at_most": COUNTED_AT_MOST,
        "may_confirm": may_create(request.actor),
        **neighbours(request.GET, page),
    }
    return render(request, "customers/_reviews.html" if request.htmx else "customers/reviews.html", context)


@require_POST
def confirmation(request: DeskRequest, number: str) -> HttpResponse:
    """Say that one part, or without `block` the whole archive, is still true."""
    customer = visible_customer(request, number)
    chosen = [block for block in Block if block.value in request.POST.getlist("block")] or list(Block)
    confirm(customer, chosen, by=request.actor, at=now())
    if request.htmx and request.POST.get("row"):  # the row of the work list goes
        told = {"say": {"text": str(_("%(name)s is confirmed.") % {"name": customer}), "tone": "success"}}
        return HttpResponse("", headers={"HX-Trigger": json.dumps(told)})
    return done(request, customer, _("Confirmed: still true."))


def review_rule(request: DeskRequest) -> HttpResponse:
    """After how many months archives of each tier are due."""
    ensure(may_arrange_reviews(request.actor))
    rule = ReviewRule.current()
    first = {name: getattr(rule, name) for name in RULE_FIELDS}
    form = ReviewRuleForm(request.POST) if request.method == "POST" else ReviewRuleForm(initial=first)
    if form.is_bound and form.is_valid():
        change_review_rule(form.rule(), by=request.actor, at=now())
        messages.success(request, _("Saved."))
        return redirect("customers:settings_reviews")
    history = Entry.objects.filter(verb=REVIEW_RULE_CHANGED.code).order_by("-id")[:10]
    context = {"form": form, "history": history}
    return render(request, "customers/settings/reviews.html", context, status=422 if form.is_bound else 200)
