"""How a deed on a customer is asked for and done: a form in a side sheet, the action, and the page drawn anew."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from huiying.customers.models import Customer
from huiying.customers.queries.merged import numbered
from huiying.kit.forms import DeskForm
from huiying.kit.guards import DomainError, Sentence
from huiying.staff.http import DeskRequest

FormT = TypeVar("FormT", bound=DeskForm)


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """What the sheet says: title, button, what it tells after success, what to know before; `template` draws it.

    `undo` is what takes it back, as a toast offers it: {href, values, label}.
    """

    title: Sentence
    button: Sentence
    done: Sentence
    template: str = "customers/_sheet.html"
    hints: tuple[Sentence, ...] = ()
    undo: Mapping[str, object] | None = None


def visible_customer(request: DeskRequest, number: str) -> Customer:
    """Return the customer as the page shows them, or 404 when the actor may not see them.

    The number of one that was merged leads to the one that stays.
    """
    return get_object_or_404(numbered(number, among=Customer.objects.visible_to(request.actor).for_page()))


def carry_out(
    request: DeskRequest,
    customer: Customer,
    form: FormT,
    sheet: Sheet,
    deed: Callable[[FormT], object],
    **more: object,
) -> HttpResponse:
    """Show the form; once sent and valid, do the deed. A refusal is said in the form; nothing typed is lost."""
    if request.method == "POST" and form.is_valid():
        try:
            deed(form)
        except DomainError as refusal:
            form.refuse(refusal)
        else:
            return done(request, customer, sheet.done, undo=sheet.undo)
    status = 422 if form.is_bound and form.errors else 200
    template = sheet.template if request.htmx else "customers/sheet.html"
    return render(request, template, {"customer": customer, "form": form, "sheet": sheet, **more}, status=status)


def done(
    request: DeskRequest, customer: Customer, sentence: Sentence, *, undo: Mapping[str, object] | None = None
) -> HttpResponse:
    """Close the sheet and let the page fetch itself anew; without scripts, go back to the customer."""
    if not request.htmx:
        messages.success(request, str(sentence))
        return redirect(customer)
    told = {"text": str(sentence), "tone": "success", "undo": undo}
    events = {"close-sheet": True, "customer-changed": True, "say": told}
    return HttpResponse(status=204, headers={"HX-Trigger": json.dumps(events)})
