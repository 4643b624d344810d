"""The board: columns by stage, moving a card, and the wall that shows the same to a room."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from huiying.cases.forms.selection import SelectionForm
from huiying.cases.lifecycle import OPEN, Stage
from huiying.cases.models.case import CaseQuerySet
from huiying.cases.moves import move_by_hand
from huiying.cases.queries.board import Board, board_of, open_columns
from huiying.cases.queries.saved_view import offered_to, open_view
from huiying.cases.queries.selection import Selection, selected, views_for
from huiying.cases.views.deed import done, visible_case
from huiying.kit.guards import BadInput
from huiying.kit.paging import query_with
from huiying.staff.http import DeskRequest

ON_A_WALL = 5  # as many as fit a screen of 1080 lines with subjects of two
WALL_PAGES = 8


@require_GET
def board(request: DeskRequest) -> HttpResponse:
    cases, context = chosen(request)
    more = request.GET.getlist("more")
    context["board"] = board_of(cases, at=timezone.now(), more=more)
    context["saved_views"] = saved = offered_to(request.actor)
    context["saved_view"] = open_view(saved, request.GET.get("saved"))
    context["folding"] = {"more": more, "query": query_with(request.GET, more="")}
    return render(request, "cases/_board.html" if request.htmx else "cases/board.html", context)


@require_GET
def wall(request: DeskRequest) -> HttpResponse:
    """Show the board to a room: few large cards, and the next ones with each turn of the page."""
    cases, context = chosen(request)
    page = number_of(request.GET.get("page", "1"))
    shown = dict.fromkeys(OPEN, ON_A_WALL)
    columns = open_columns(cases, at=timezone.now(), shown=shown, skipped=ON_A_WALL * (page - 1))
    pages = min(max(-(-column.count // ON_A_WALL) for column in columns) or 1, WALL_PAGES)
    following = query_with(request.GET, page=str(page % pages + 1))
    preceding = query_with(request.GET, page=str((page - 2) % pages + 1))
    turns = {"page": page, "pages": pages, "following": following, "preceding": preceding}
    context |= {"board": Board(columns), **turns}
    return render(request, "cases/_wall.html" if request.htmx else "cases/wall.html", context)


@require_POST
def move(request: DeskRequest, number: str) -> HttpResponse:
    """Move a card, or answer with the form of what must be said first."""
    case = visible_case(request, number)
    target = request.POST.get("to", "")
    if target not in Stage.values:
        raise BadInput(_("“{stage}” is no stage.").format(stage=target))
    form = move_by_hand(case, Stage(target), by=request.actor, at=timezone.now())
    if form:
        return redirect(form)
    return done(request, case, _("{number} is now “{stage}”.").format(number=number, stage=Stage(target).label))


def chosen(request: DeskRequest) -> tuple[CaseQuerySet, dict[str, Any]]:
    """Return the cases that the filters of the address keep, and what the templates say of them."""
    selection: Selection = SelectionForm(request.GET, actor=request.actor).selection()
    cases = selected(selection, by=request.actor, at=timezone.now())
    return cases, {"selection": selection, "views": views_for(request.actor)}


def number_of(text: str) -> int:
    return min(max(int(text), 1), WALL_PAGES) if text.isdecimal() and len(text) < 4 else 1
