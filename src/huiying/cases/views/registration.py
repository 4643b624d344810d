"""Taking a case down on one screen, with a draft that is never lost (SPEC C2, C3, K7)."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from huiying.cases.actions import register
from huiying.cases.actions.drafts import discard_draft, keep_draft, kept_draft
from huiying.cases.actions.once import once
from huiying.cases.actions.registration import foreseen
from huiying.cases.forms import RegistrationForm
from huiying.cases.models import Case, Phrase
from huiying.cases.policies import may_register
from huiying.cases.queries.incidents import incidents_of
from huiying.cases.queries.similar import similar_cases
from huiying.cases.queries.slips import AT_MOST, Slip, free_slip, place_of, says_something, slips_of
from huiying.kit.guards import DomainError, ensure
from huiying.kit.http import form_digest
from huiying.staff.http import DeskRequest


def registration(request: DeskRequest) -> HttpResponse:
    """The form of one slip; what was left on it is shown again."""
    ensure(may_register(request.actor), _("You are not allowed to register cases."))
    if request.method != "POST":
        return begun(request)
    slip = slip_in(request.GET)
    form = RegistrationForm(request.POST, request.FILES, actor=request.actor)
    if form.is_valid():
        try:
            case = registered(request, form)
        except DomainError as refusal:
            form.refuse(refusal)
        else:
            discard_draft(place_of(slip), by=request.user.pk)
            messages.success(request, _("Registered as {number}.").format(number=case.number))
            return redirect(case)
    return drawn(request, form, slip, slips_of(request.user.pk), status=422)


def begun(request: DeskRequest) -> HttpResponse:
    """Show the slip asked for; one that says who calls takes a free slip rather than mix two callers."""
    slips, slip, given = slips_of(request.user.pk), slip_in(request.GET), request.GET.dict()
    given.pop("slip", None)
    if given and "slip" not in request.GET:
        slip = free_slip([other.number for other in slips])
    kept = kept_draft(place_of(slip), by=request.user.pk)
    form = RegistrationForm(initial={**kept, **given}, actor=request.actor)
    return drawn(request, form, slip, slips, restored=bool(kept))


def drawn(
    request: DeskRequest,
    form: RegistrationForm,
    slip: int,
    slips: list[Slip],
    *,
    restored: bool = False,
    status: int = 200,
) -> HttpResponse:
    others = [other for other in slips if other.number != slip]
    free = free_slip([slip, *(other.number for other in others)])
    context = {"form": form, "slip": slip, "others": others, "free": free}
    return render(request, "cases/register.html", {**context, "restored": restored}, status=status)


def slip_in(given: QueryDict) -> int:
    asked = given.get("slip", "1")
    return int(asked) if asked in {str(number) for number in range(1, AT_MOST + 1)} else 1


def registered(request: DeskRequest, form: RegistrationForm) -> Case:
    at = now()
    return once(form_digest(request), lambda: register(form.draft(), by=request.actor, at=at), at=at)


@require_POST
def draft(request: DeskRequest) -> HttpResponse:
    """Keep what has been typed so far."""
    content = {name: str(value) for name, value in request.POST.items() if name != "csrfmiddlewaretoken"}
    kept = content if says_something(content) else {}
    keep_draft(place_of(slip_in(request.GET)), kept, by=request.user.pk, at=now())
    return HttpResponse(status=204)


@require_POST
def draft_discarding(request: DeskRequest) -> HttpResponse:
    """Begin with an empty form."""
    discard_draft(place_of(slip_in(request.GET)), by=request.user.pk)
    return redirect("cases:register")


@require_GET
def deadlines(request: DeskRequest) -> HttpResponse:
    """By when what is owed, if the case were registered now as the form stands."""
    outline = RegistrationForm(request.GET, actor=request.actor).outline()
    return render(request, "cases/_foreseen.html", {"clocks": foreseen(outline, by=request.actor, at=now())})


@require_GET
def phrases(request: DeskRequest) -> HttpResponse:
    """Words that fit the customer's mood, to read aloud."""
    mood = request.GET.get("mood", "")
    spoken = (Phrase.Step.APOLOGY, Phrase.Step.UNDERSTANDING)
    return render(
        request, "cases/_phrases.html", {"phrases": Phrase.objects.for_mood(mood).filter(step__in=spoken)[:2]}
    )


@require_GET
def similar(request: DeskRequest) -> HttpResponse:
    """Recent cases with the same words, while the words are being typed."""
    found = similar_cases(request.GET.get("description", ""), by=request.actor, now=now())
    incidents = incidents_of([one.case for one in found]) if found else []
    return render(request, "cases/_similar.html", {"found": found, "incidents": incidents})
