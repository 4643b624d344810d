"""How a deed of care is asked for and done: a form in a side sheet, the action, and the page drawn anew."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from huiying.kit.forms import DeskForm
from huiying.kit.guards import DomainError, Sentence
from huiying.staff.http import DeskRequest

FormT = TypeVar("FormT", bound=DeskForm)


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """What the sheet says: its title, its button, what it tells after success, and a hint; `template` draws it."""

    title: Sentence
    button: Sentence
    done: Sentence
    hint: Sentence = ""
    event: str = "needs-changed"
    template: str = "engagement/_sheet.html"


@dataclass(frozen=True, kw_only=True)
class About:
    """What the sheet is about, and the page behind it."""

    line: str
    address: str


def carry_out(
    request: DeskRequest, about: About, form: FormT, sheet: Sheet, deed: Callable[[FormT], object], **more: object
) -> HttpResponse:
    """Show the form; once sent and valid, do the deed. A refusal is said in the form; nothing typed is lost."""
    if request.method == "POST" and form.is_valid():
        try:
            deed(form)
        except DomainError as refusal:
            form.refuse(refusal)
        else:
            return done(request, about, sheet)
    status = 422 if form.is_bound and form.errors else 200
    template = sheet.template if request.htmx else "engagement/sheet.html"
    return render(request, template, {"about": about, "form": form, "sheet": sheet, **more}, status=status)


def done(request: DeskRequest, about: About, sheet: Sheet) -> HttpResponse:
    """Close the sheet and let the page fetch itself anew; without scripts, go back to the page."""
    if not request.htmx:
        messages.success(request, str(sheet.done))
        return redirect(about.address)
    events = {"close-sheet": True, sheet.event: True, "say": {"text": str(sheet.done), "tone": "success"}}
    return HttpResponse(status=204, headers={"HX-Trigger": json.dumps(events)})
