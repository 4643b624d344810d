"""One onboarding: its page, and the deeds on its way."""

from __future__ import annotations

from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from huiying.customers.models import Customer
from huiying.deadlines.holders import holders_of
from huiying.deadlines.models import Clock
from huiying.deadlines.queries import ClockFace
from huiying.deadlines.queries import why as reasons
from huiying.engagement.actions import meeting as meeting_deeds
from huiying.engagement.actions import needs_analysis
from huiying.engagement.actions import onboarding as deeds
from huiying.engagement.actions.meeting_correcting import correct_meeting
from huiying.engagement.forms import onboarding as forms
from huiying.engagement.forms.need import NeedForm
from huiying.engagement.models import Meeting, MeetingTask, Onboarding
from huiying.engagement.need_policies import may_price
from huiying.engagement.onboarding_policies import may_answer_for, may_name_owner, may_tick, may_work_on
from huiying.engagement.queries.onboarding import shown
from huiying.engagement.views.sheet import About, Sheet, carry_out, done
from huiying.journal.models import Entry
from huiying.kit.text import shortened
from huiying.staff.http import DeskRequest

EVENT = "onboarding-changed"
ANALYSE = Sheet(title=_("Needs analysis"), button=_("Save"), done=_("The analysis is written down."), event=EVENT)
NAME = Sheet(title=_("Name the owner"), button=_("Name"), done=_("Named. Who looks after it knows."), event=EVENT)
MEET = Sheet(
    title=_("Cross-department meeting"),
    button=_("Note the meeting"),
    done=_("Noted. Everybody with a task has it on their desk."),
    event=EVENT,
    template="engagement/_meeting_form.html",
)
CORRECT = Sheet(
    title=_("Correct the record of the meeting"),
    button=_("Correct"),
    done=_("Corrected. How it read before is kept."),
    event=EVENT,
    template="engagement/_meeting_form.html",
)
PASS_ON = Sheet(title=_("Pass on into the needs"), button=_("Add"), done=_("The need is on the board."), event=EVENT)
CALL_OFF = Sheet(
    title=_("Call the onboarding off"),
    button=_("Call it off"),
    done=_("Called off. It can be taken up again."),
    hint=_("Its deadlines and the open tasks of its meetings are dropped."),
    event=EVENT,
)
TAKEN_UP = Sheet(title="", button="", done=_("Taken up again, with the deadlines it had."), event=EVENT)
DO = Sheet(title=_("Task done"), button=_("Done"), done=_("Ticked off."), event=EVENT)
REOPENED = Sheet(title="", button="", done=_("The task is open again."), event=EVENT)
TITLE = 120


@require_GET
def onboarding(request: DeskRequest, pk: int) -> HttpResponse:
    known = visible(request, pk)
    track, task_clocks = shown(known, by=request.actor, now=now())
    met = known.meetings.prefetch_related("people", "departments", "former", "tasks__owner", "tasks__done_by")
    context = {
        "onboarding": known,
        "track": track,
        "analyses": list(known.analyses.select_related("noted_by")),
        "meetings": [(one, tasks_shown(request, known, list(one.tasks.all()), task_clocks)) for one in met],
        "needs": list(known.needs.all()),
        "calling_off": known.callings_off.select_related("noted_by").first() if known.status == "called_off" else None,
        "may_work": may_work_on(request.actor, known),
        "may_answer": may_answer_for(request.actor, known),
        "may_name": may_name_owner(request.actor, known),
        "shows_customer": Customer.objects.visible_to(request.actor).filter(pk=known.customer_id).exists(),
        "history": Entry.objects.about(known).order_by("-id")[:20],
    }
    return render(request, "engagement/_onboarding.html" if request.htmx else "engagement/onboarding.html", context)


def tasks_shown(
    request: DeskRequest, known: Onboarding, tasks: list[MeetingTask], clocks: dict[int, ClockFace]
) -> list[tuple[MeetingTask, ClockFace | None, bool]]:
    """Return each task with its clock and whether the reader may tick it off."""
    is_open = known.status != "called_off"
    return [(task, clocks.get(task.pk), is_open and may_tick(request.actor, task)) for task in tasks]


def analysis(request: DeskRequest, pk: int) -> HttpResponse:
    known = visible(request, pk)
    last = known.analyses.first()
    initial = {name: getattr(last, name) for name in ("type", "priority", "wanted", "is_complex")} if last else {}
    form = forms.AnalysisForm(posted(request), initial=initial)
    return carry_out(
        request, about(known), form, ANALYSE,
        lambda f: needs_analysis.analyse_needs(known, f.draft(), by=request.actor, at=now()),
    )  # fmt: skip


def owner(request: DeskRequest, pk: int) -> HttpResponse:
    """Name somebody; who may only take it on themselves is asked just that."""
    known = visible(request, pk)
    only = None if may_name_owner(request.actor, known) else request.actor.pk
    form = forms.OwnerForm(posted(request), only=only, initial={"owner": only or known.owner_id})
    return carry_out(
        request, about(known), form, NAME,
        lambda f: deeds.name_owner(known, to=f.cleaned_data["owner"], by=request.actor, at=now()),
    )  # fmt: skip


def meetings(request: DeskRequest, pk: int) -> HttpResponse:
    known = visible(request, pk)
    form = forms.MeetingForm(posted(request), initial={"people": [str(request.actor.pk)]})
    rows = forms.TaskFormSet(posted(request), prefix="tasks")
    if form.is_bound and not rows.is_valid():
        form.add_error(None, _("Please look at the rows of who does what."))
    return carry_out(
        request, about(known), form, MEET,
        lambda f: meeting_deeds.note_meeting(known, f.draft(rows.cleaned_data), by=request.actor, at=now()),
        rows=rows,
    )  # fmt: skip


def correction(request: DeskRequest, pk: int) -> HttpResponse:
    """Correct the record of a meeting, and give out what was forgotten."""
    met = visible_meeting(request, pk)
    form = forms.MeetingCorrectionForm(posted(request), meeting=met)
    rows = forms.TaskFormSet(posted(request), prefix="tasks")
    if form.is_bound and not rows.is_valid():
        form.add_error(None, _("Please look at the rows of who does what."))
    return carry_out(
        request, about(met.onboarding), form, CORRECT,
        lambda f: correct_meeting(met, f.draft(rows.cleaned_data), by=request.actor, at=now()),
        rows=rows,
    )  # fmt: skip


def needs(request: DeskRequest, pk: int) -> HttpResponse:
    known = visible(request, pk)
    last = known.analyses.first()
    found = {"title": shortened(last.wanted.split("\n")[0], TITLE), "description": last.wanted} if last else {}
    initial = {"owner": known.owner_id or request.actor.pk, **found}
    form = NeedForm(posted(request), initial=initial, shows_value=may_price(request.actor))
    return carry_out(
        request, about(known), form, PASS_ON,
        lambda f: needs_analysis.pass_on_need(known, f.draft(), by=request.actor, at=now()),
    )  # fmt: skip


def calling_off(request: DeskRequest, pk: int) -> HttpResponse:
    known = visible(request, pk)
    form = forms.CallingOffForm(posted(request))
    return carry_out(
        request, about(known), form, CALL_OFF,
        lambda f: deeds.call_off(known, **f.cleaned_data, by=request.actor, at=now()),
    )  # fmt: skip


@require_POST
def taking_up(request: DeskRequest, pk: int) -> HttpResponse:
    known = visible(request, pk)
    deeds.take_up(known, by=request.actor, at=now())
    return done(request, about(known), TAKEN_UP)


@require_GET
def why(request: DeskRequest, pk: int, clock: int) -> HttpResponse:
    """Say why a deadline of the onboarding is so."""
    clocks = Clock.objects.about(visible(request, pk)).select_related("policy", "owner", "team", "department")
    wanted = get_object_or_404(clocks, pk=clock)
    reckoned = reasons(wanted, holders_of([wanted], now=now())[wanted.pk])
    return render(request, "cases/_why.html", {"why": reckoned})


def doing(request: DeskRequest, pk: int) -> HttpResponse:
    task = visible_task(request, pk)
    form = forms.DoingForm(posted(request))
    behind = About(line=task.what, address=task.onboarding.get_absolute_url())
    return carry_out(
        request, behind, form, DO,
        lambda f: meeting_deeds.do_task(task, outcome=f.cleaned_data["outcome"], by=request.actor, at=now()),
    )  # fmt: skip


@require_POST
def reopening(request: DeskRequest, pk: int) -> HttpResponse:
    task = visible_task(request, pk)
    meeting_deeds.reopen_task(task, by=request.actor, at=now())
    return done(request, about(task.onboarding), REOPENED)


def posted(request: DeskRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None


def visible(request: DeskRequest, pk: int) -> Onboarding:
    return get_object_or_404(Onboarding.objects.visible_to(request.actor).for_list(), pk=pk)


def visible_meeting(request: DeskRequest, pk: int) -> Meeting:
    seen = Onboarding.objects.visible_to(request.actor)
    meetings = Meeting.objects.filter(onboarding__in=seen).select_related("onboarding__customer")
    return get_object_or_404(meetings.prefetch_related("people", "departments"), pk=pk)


def visible_task(request: DeskRequest, pk: int) -> MeetingTask:
    tasks = MeetingTask.objects.visible_to(request.actor).select_related("meeting__onboarding__customer", "owner")
    return get_object_or_404(tasks, pk=pk)


def about(onboarding: Onboarding) -> About:
    customer = onboarding.customer
    return About(line=f"{customer.number} · {customer.name}", address=onboarding.get_absolute_url())
