"""Warnings of customers who may leave, and winning them back (SPEC B5)."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from huiying.customers.policies import may_revise
from huiying.customers.views.sheet import Sheet, carry_out
from huiying.engagement.policies import may_lead
from huiying.insight import policies
from huiying.insight.actions.export import note_export
from huiying.insight.actions.giving import give_play
from huiying.insight.actions.play import STATUS_AFTER, begin_play, call_false_alarm, do_step, end_play
from huiying.insight.forms import BeginForm, EndForm, GiveForm, StepForm, WarningsForm
from huiying.insight.models import ChurnWarning, Play, Reckoning
from huiying.insight.models.warning import WarningQuerySet
from huiying.insight.queries.export import warning_rows
from huiying.insight.queries.looking_back import looks_seen, summed
from huiying.insight.queries.sentences import reason_sentences
from huiying.journal.marks import mark_of
from huiying.kit.downloads import table_file
from huiying.kit.forms import DeskForm
from huiying.kit.guards import DomainError, ensure
from huiying.kit.paging import capped_count, neighbours, page_of, query_with, said_count
from huiying.staff.http import DeskRequest

PAGE = 50
COUNTED_AT_MOST = 500


@require_GET
def churn(request: DeskRequest) -> HttpResponse:
    """List whom one may lose, the greatest risk first, and say how good the warnings would have been."""
    ensure(policies.may_see_warnings(request.actor))
    form = WarningsForm(request.GET)
    chosen = form.narrowed(visible(request))
    page = page_of(chosen.for_list(), by="-risk", cursor=request.GET.get("cursor", ""), limit=PAGE)
    count = capped_count(chosen, at_most=COUNTED_AT_MOST)
    last = Reckoning.objects.done().first()
    looks = looks_seen(last) if last else []
    context = {
        "form": form,
        "page": page,
        "rows": [(warning, reason_sentences(warning.known_reasons)) for warning in page.items],
        "count_words": ngettext("%(n)s warning", "%(n)s warnings", count)
        % {"n": said_count(count, at_most=COUNTED_AT_MOST)},
        "last": last,
        "looks": looks,
        "over_all": summed(looks) if looks else None,
        "query": query_with(request.GET, cursor=""),
        "amounts": policies.may_see_amounts(request.actor),
        "may_export": policies.may_export(request.actor),
        "may_arrange": policies.may_arrange(request.actor),
        **neighbours(request.GET, page),
    }
    return render(request, "insight/churn.html", context)


@require_GET
def export(request: DeskRequest, form: str) -> HttpResponseBase:
    ensure(policies.may_see_warnings(request.actor))
    chosen = WarningsForm(request.GET).narrowed(visible(request))
    entry = note_export(chosen.count(), form=form, by=request.actor, at=now())
    rows = warning_rows(chosen, amounts=policies.may_see_amounts(request.actor))
    return table_file(rows, title=_("churn warnings"), day=localdate(), form=form, mark=mark_of(entry))


@require_GET
def warning(request: DeskRequest, pk: int) -> HttpResponse:
    """One warning: why, what is at stake, and the work to win the customer back."""
    return shown(request, visible_warning(request, pk))


@require_POST
def play(request: DeskRequest, pk: int) -> HttpResponse:
    """Begin to win the customer back."""
    known, form = visible_warning(request, pk), BeginForm(request.POST)

    def begin(given: dict[str, object]) -> None:
        begin_play(known, given["recipe"], owner=given["owner"], by=request.actor, at=now())  # type: ignore[arg-type]  # as the form read them

    return carried_out(request, known, form, begin, "begin")


@require_POST
def false_alarm(request: DeskRequest, pk: int) -> HttpResponse:
    known = visible_warning(request, pk)
    call_false_alarm(known, by=request.actor, at=now())
    messages.success(request, _("Settled as a false alarm."))
    return redirect(known)


@require_POST
def step(request: DeskRequest, pk: int, position: int) -> HttpResponse:
    """Tick a step off."""
    known = visible_play(request, pk)
    wanted = get_object_or_404(known.steps, position=position)
    form = StepForm(request.POST)

    def do(given: dict[str, object]) -> None:
        do_step(wanted, outcome=str(given["outcome"]), by=request.actor, at=now())

    return carried_out(request, known.warning, form, do, "step")


def step_sheet(request: DeskRequest, pk: int, position: int) -> HttpResponse:
    """Tick a step off from the desk."""
    known = visible_play(request, pk)
    ensure(policies.may_work_on(request.actor, known))
    wanted = get_object_or_404(known.steps, position=position)
    sheet = Sheet(
        title=str(wanted), button=_("Complete this step"), done=_("The step is completed."), hints=(known.way,)
    )
    form = StepForm(request.POST if request.method == "POST" else None)
    return carry_out(
        request,
        known.customer,
        form,
        sheet,
        lambda filled: do_step(wanted, outcome=filled.cleaned_data["outcome"], by=request.actor, at=now()),
    )


@require_POST
def owner(request: DeskRequest, pk: int) -> HttpResponse:
    """Let a colleague go on with it."""
    known, form = visible_play(request, pk), GiveForm(request.POST)

    def give(given: dict[str, object]) -> None:
        give_play(known, to=given["to"], by=request.actor, at=now())  # type: ignore[arg-type]  # as the form read it

    return carried_out(request, known.warning, form, give, "give")


@require_POST
def result(request: DeskRequest, pk: int) -> HttpResponse:
    known = visible_play(request, pk)
    form = EndForm(request.POST, sets_status=may_revise(request.actor, known.customer))

    def end(given: dict[str, object]) -> None:
        status = STATUS_AFTER.get(str(given["result"]), "") if given.get("sets_status") else ""
        facts = {"result": str(given["result"]), "reason": str(given["reason"]), "status": status}
        end_play(known, **facts, by=request.actor, at=now())

    return carried_out(request, known.warning, form, end, "end")


Deed = Callable[[dict[str, object]], None]


def carried_out(request: DeskRequest, known: ChurnWarning, form: DeskForm, deed: Deed, name: str) -> HttpResponse:
    """Do the deed and show the warning again; what was refused stays typed, with the reason beside it."""
    if form.is_valid():
        try:
            deed(form.cleaned_data)
        except DomainError as refusal:
            if refusal.status == 403:
                raise
            form.refuse(refusal)
        else:
            return redirect(known)
    return shown(request, known, **{name: form})


def shown(request: DeskRequest, known: ChurnWarning, **forms: DeskForm) -> HttpResponse:
    plays = list(known.plays.for_page())
    running = next((play for play in plays if play.is_running), None)
    first_owner = known.customer.owner_id or request.actor.pk
    context = {
        "warning": known,
        "reasons": reason_sentences(known.known_reasons),
        "running": running,
        "plays": [play for play in plays if not play.is_running],
        "begin": BeginForm(initial={"owner": first_owner}),
        "step": StepForm(),
        "end": EndForm(sets_status=may_revise(request.actor, known.customer)),
        "give": GiveForm(),
        "amounts": policies.may_see_amounts(request.actor),
        "may_begin": known.is_standing and running is None and policies.may_begin_play(request.actor),
        "may_work": running is not None and policies.may_work_on(request.actor, running),
        "may_lead": may_lead(request.actor),
        **forms,
    }
    return render(request, "insight/warning.html", context, status=422 if forms else 200)


def visible(request: DeskRequest) -> WarningQuerySet:
    return ChurnWarning.objects.visible_to(request.actor)


def visible_warning(request: DeskRequest, pk: int) -> ChurnWarning:
    ensure(policies.may_see_warnings(request.actor))
    return get_object_or_404(visible(request).select_related("customer__owner"), pk=pk)


def visible_play(request: DeskRequest, pk: int) -> Play:
    ensure(policies.may_see_warnings(request.actor))
    plays = Play.objects.visible_to(request.actor).select_related("warning__customer__owner", "customer")
    return get_object_or_404(plays, pk=pk)
