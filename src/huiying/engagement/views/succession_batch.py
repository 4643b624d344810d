"""A hand-over with its results: planned, called off, under way, put back whole or one by one; what I took over."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from huiying.engagement.actions.succession import acknowledge, ask_to_undo, call_off
from huiying.engagement.actions.succession_work import IN_REQUEST, go_on, take_one_back
from huiying.engagement.models import Succession
from huiying.engagement.models.succession import SuccessionLine
from huiying.engagement.policies import may_hand_over_for, may_work
from huiying.engagement.queries.succession import lines_seen, notes_of, plan_in_words, rows_of_lines, to_take_on
from huiying.engagement.succession_task import perform_succession
from huiying.kit.guards import DomainError, ensure
from huiying.kit.paging import neighbours, page_of, query_with
from huiying.staff.http import DeskRequest
from huiying.staff.references import key_in

PAGE = 50


@require_GET
def batch(request: DeskRequest, pk: int) -> HttpResponse:
    return render(request, "engagement/handover_batch.html", told(visible_batch(request, pk), request))


@require_GET
def progress(request: DeskRequest, pk: int) -> HttpResponse:
    return render(request, "engagement/_handover_batch.html", told(visible_batch(request, pk), request))


@require_POST
def start(request: DeskRequest, pk: int) -> HttpResponse:
    """Set a batch going again whose worker has not been heard of."""
    waiting = visible_batch(request, pk)
    return redirect(set_going(waiting, request) if waiting.is_stuck else waiting)


@require_POST
def calling_off(request: DeskRequest, pk: int) -> HttpResponse:
    planned = visible_batch(request, pk)
    call_off(planned, by=request.actor, at=timezone.now())
    messages.success(request, _("Called off; nothing is handed over."))
    return redirect(planned)


@require_POST
def undoing(request: DeskRequest, pk: int) -> HttpResponse:
    done = visible_batch(request, pk)
    ask_to_undo(done, by=request.actor, at=timezone.now())
    return redirect(set_going(done, request))


@require_POST
def line_undoing(request: DeskRequest, pk: int, line: int) -> HttpResponse:
    """Put one thing back; a refusal is said on the page."""
    done = visible_batch(request, pk)
    lines = lines_seen(done, by=request.actor).select_related("to__role", "succession__leaver__role")
    try:
        taken = take_one_back(get_object_or_404(lines, pk=line), by=request.actor, at=timezone.now())
    except DomainError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("“%(name)s” was put back.") % {"name": taken.title})
    return redirect(done)


def mine(request: DeskRequest) -> HttpResponse:
    """What I was handed, a note for each customer; POST takes on what is ticked, or all."""
    ensure(may_work(request.actor))
    if request.method == "POST":
        taken = [key_in(key) for key in request.POST.getlist("line")]
        acknowledge(taken, by=request.actor, at=timezone.now())
        return redirect("engagement:handover_mine")
    lines = to_take_on(request.actor.pk or 0)
    notes = notes_of(lines, by=request.actor)
    shown = {line.pk for note in notes for line in note.lines}
    said = {line.succession for line in lines if line.succession.words}
    context = {
        "notes": notes,
        "others": [line for line in lines if line.pk not in shown],
        "lines": lines,
        "said": sorted(said, key=lambda one: one.pk),
    }
    return render(request, "engagement/handover_mine.html", context)


def set_going(waiting: Succession, request: DeskRequest) -> Succession:
    if waiting.is_at_work and waiting.lines.count() > IN_REQUEST:
        perform_succession.enqueue(waiting.pk)
    else:
        go_on(waiting, by=request.actor, at=timezone.now())
    return waiting


def told(shown: Succession, request: DeskRequest) -> dict[str, object]:
    """Return what the page shows: the counts of all things, and one page of them, narrowed to a result."""
    counts = shown.counts()
    given, waiting = SuccessionLine.Result.GIVEN, SuccessionLine.Result.WAITING
    working = given if shown.state == Succession.State.UNDOING else waiting
    total, result = sum(counts.values()), request.GET.get("result", "")
    lines = lines_seen(shown, by=request.actor)
    if result in SuccessionLine.Result.values:
        lines = lines.filter(result=result)
    page = page_of(lines, by="id", cursor=request.GET.get("cursor", ""), limit=PAGE)
    may_go_on = may_hand_over_for(request.actor, shown.leaver_id)
    is_timely = shown.undone_until is not None and shown.undone_until > timezone.now()
    return {
        "batch": shown,
        "rows": rows_of_lines(page.items, by=request.actor),
        "results": [(one.value, one.label, counts[one]) for one in SuccessionLine.Result if counts[one]],
        "result": result,
        "plan": plan_in_words(shown),
        "gone": total - counts[working],
        "total": total,
        "may_go_on": may_go_on,
        "may_undo": may_go_on and is_timely and shown.leaver.is_active,
        "query": query_with(request.GET, cursor="", result=""),
        **neighbours(request.GET, page),
    }


def visible_batch(request: DeskRequest, pk: int) -> Succession:
    rows = Succession.objects.visible_to(request.actor).select_related("leaver__role", "made_by")
    return get_object_or_404(rows, pk=pk)
