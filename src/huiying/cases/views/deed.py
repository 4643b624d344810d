"""How every deed on a case is asked for and done: a form in a side sheet, the action, and the page drawn anew."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from huiying.cases.models import Case
from huiying.journal.actors import Actor
from huiying.kit.forms import DeskForm
from huiying.kit.guards import DomainError, Sentence
from huiying.kit.prepared import ANY_NUMBER, prepared_for
from huiying.staff.http import DeskRequest

FormT = TypeVar("FormT", bound=DeskForm)


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """What the sheet says: its title, its button, what it tells after success, and a line above the form."""

    title: Sentence
    button: Sentence
    done: Sentence
    hint: Sentence = ""
    template: str = "cases/_deed.html"


def visible_case(request: DeskRequest, number: str) -> Case:
    """Return the case as the page shows it, or 404 when the actor may not see it."""
    found = numbered(number, request.actor)
    if not found:
        raise Http404
    return found[0]


@prepared_for(ANY_NUMBER)
def numbered(number: str, by: Actor) -> QuerySet[Case]:
    return Case.objects.visible_to(by).for_page().filter(number=number)


def carry_out(
    request: DeskRequest, case: Case, form: FormT, sheet: Sheet, deed: Callable[[FormT], object], **more: object
) -> HttpResponse:
    """Show the form; once sent and valid, do the deed. A refusal is said in the form; nothing typed is lost."""
    if request.method == "POST" and form.is_valid():
        try:
            deed(form)
        except DomainError as refusal:
            form.refuse(refusal)
        else:
            return done(request, case, sheet.done)
    status = 422 if form.is_bound and form.errors else 200
    return render(request, page_or_sheet(request), {"case": case, "form": form, "sheet": sheet, **more}, status=status)


def page_or_sheet(request: DeskRequest) -> str:
    return "cases/_sheet.html" if request.htmx else "cases/sheet.html"


def done(request: DeskRequest, case: Case, sentence: Sentence) -> HttpResponse:
    """Close the sheet and let the page fetch what changed; without scripts, go back to the case.

    Who gave the case out of their sight is led to the list: the page they stand on is no longer theirs.
    """
    if stands_on_page_of(case, request) and not Case.objects.visible_to(request.actor).filter(pk=case.pk).exists():
        messages.success(request, str(sentence))
        return led_to_the_list(request)
    if not request.htmx:
        return redirect(case)
    events = {
        "close-sheet": True,
        "case-changed": case.number,
        "say": {"text": str(sentence), "tone": "success"},
    }
    return HttpResponse(status=204, headers={"HX-Trigger": json.dumps(events)})


def stands_on_page_of(case: Case, request: DeskRequest) -> bool:
    return not request.htmx or (request.htmx.current_url_abs_path or "").startswith(case.get_absolute_url())


def led_to_the_list(request: DeskRequest) -> HttpResponse:
    if not request.htmx:
        return redirect("cases:list")
    return HttpResponse(status=204, headers={"HX-Redirect": reverse("cases:list")})
