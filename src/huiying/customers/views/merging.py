"""Merging two entries of one customer, side by side, and undoing it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from huiying.customers.actions.merging import CHOICES, merge, undo_merge
from huiying.customers.forms.merging import MergeForm
from huiying.customers.likeness import REASONS
from huiying.customers.models import Customer, Merge
from huiying.customers.policies import may_merge
from huiying.customers.queries.duplicates import clues_of, evidence_between, likely_duplicates
from huiying.customers.queries.hindrances import in_the_way_of
from huiying.customers.queries.search import search_customers
from huiying.customers.queries.shown import contacts_of, hits
from huiying.customers.queries.side_by_side import choices_between, going_back, left_over, moving
from huiying.customers.views.sheet import Sheet, carry_out, visible_customer
from huiying.journal.actors import Actor
from huiying.kit.forms import DeskForm
from huiying.kit.guards import DomainError, ensure
from huiying.staff.http import DeskRequest

FOUND = 8
STAYS = gettext_lazy("What came after the merge stays here; what the other had before goes back.")


def merging(request: DeskRequest, number: str) -> HttpResponse:
    """Choose who else it is, then which of two values stand; nothing is done before the last click."""
    customer = visible_customer(request, number)
    ensure(may_merge(request.actor), _("You are not allowed to merge customers."))
    named = request.POST.get("duplicate") or request.GET.get("duplicate", "")
    visible = Customer.objects.visible_to(request.actor).current().for_page().exclude(pk=customer.pk)
    other = visible.filter(number=named.strip().upper()).first()
    if other is None:
        return choose(request, customer)
    form = MergeForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            merge(
                other,
                into=customer,
                take=taken(request),
                reason=form.cleaned_data["reason"],
                by=request.actor,
                at=now(),
            )
        except DomainError as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("{number} is part of this customer now.").format(number=other.number))
            return redirect(customer)
    return compare(request, customer, other, form)


def undoing(request: DeskRequest, number: str, pk: int) -> HttpResponse:
    customer = visible_customer(request, number)
    made = get_object_or_404(Merge.objects.standing().for_page(), pk=pk, into=customer)
    ensure(may_merge(request.actor), _("You are not allowed to merge customers."))
    hints = [str(hint) for hint in in_the_way_of(made)] or [str(STAYS), *said_of(made, by=request.actor)]
    sheet = Sheet(
        title=_("Take {number} out again").format(number=made.source.number),
        button=_("Undo the merge"),
        done=_("{number} stands by itself again.").format(number=made.source.number),
        hints=tuple(hints),
    )
    form = DeskForm(request.POST if request.method == "POST" else None)
    return carry_out(request, customer, form, sheet, lambda _form: undo_merge(made, by=request.actor, at=now()))


def said_of(made: Merge, *, by: Actor) -> list[str]:
    """Say what goes back, and what does not."""
    back = " · ".join(going_back(made, by=by))
    return [*([_("Goes back: {rows}").format(rows=back)] if back else []), *left_over(made)]


def choose(request: DeskRequest, customer: Customer) -> HttpResponse:
    """Offer who looks like this customer, and whoever the words find."""
    words = request.GET.get("q", "").strip()
    found = [one for one in search_customers(words, request.actor, limit=FOUND) if one != customer] if words else []
    context = {
        "customer": customer,
        "words": words,
        "hits": hits(found, today=localdate()),
        "likenesses": [like for like in likely_duplicates(clues_of(customer), by=request.actor) if like.is_visible],
    }
    return render(request, "customers/_merge_found.html" if request.htmx else "customers/merge_choice.html", context)


def compare(request: DeskRequest, customer: Customer, other: Customer, form: MergeForm) -> HttpResponse:
    chosen = taken(request) if form.is_bound else None
    context = {
        "customer": customer,
        "other": other,
        "form": form,
        "choices": choices_between(customer, other, by=request.actor, taken=chosen),
        "sides": [(customer, contacts_of(customer), False), (other, contacts_of(other), True)],
        "reasons": [REASONS[code] for code in evidence_between(customer, other)],
        "moving": moving(other, into=customer, by=request.actor),
    }
    return render(request, "customers/merge.html", context, status=422 if form.is_bound else 200)


def taken(request: DeskRequest) -> list[str]:
    """Return the fields in which the duplicate was said to be right."""
    return [name for name in CHOICES if request.POST.get(f"take-{name}") == "theirs"]
