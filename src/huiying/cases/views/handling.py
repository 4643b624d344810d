"""Taking on, giving to somebody, finding out, and putting right what was taken down."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from huiying.cases.actions import accept, assign, assign_to_team, investigate, promise, record_findings, revise
from huiying.cases.forms import AcceptanceForm, AssignmentForm, FindingsForm, PromiseForm, RevisionForm
from huiying.cases.models import Investigation
from huiying.cases.views.deed import Sheet, carry_out, done, visible_case
from huiying.kit.guards import Stale
from huiying.staff.http import DeskRequest

ACCEPTANCE = Sheet(
    title=_("Accept the case"),
    button=_("Accept"),
    done=_("Accepted. The customer now has you."),
    hint=_("You will own it. A promise is best made now."),
)
ASSIGNMENT = Sheet(title=_("Assign the case"), button=_("Assign"), done=_("Assigned."))
FINDINGS = Sheet(
    title=_("Facts, cause and responsibility"),
    button=_("Save"),
    done=_("Recorded. Next: a solution."),
)
REVISION = Sheet(title=_("Correct the case"), button=_("Save"), done=_("Saved."), template="cases/_revision_form.html")
PROMISE = Sheet(title=_("Promise something"), button=_("Promise"), done=_("Noted. A clock runs for it."))


def acceptance(request: DeskRequest, number: str) -> HttpResponse:
    case = visible_case(request, number)
    form = AcceptanceForm(request.POST if request.method == "POST" else None)
    return carry_out(
        request, case, form, ACCEPTANCE, lambda f: accept(case, by=request.actor, at=now(), promised=f.promised())
    )


def assignment(request: DeskRequest, number: str) -> HttpResponse:
    case = visible_case(request, number)
    form = AssignmentForm(request.POST if request.method == "POST" else None)

    def give(filled: AssignmentForm) -> None:
        to, team, reason = (filled.cleaned_data[name] for name in ("to", "team", "reason"))
        if to is not None:
            assign(case, to=to, by=request.actor, at=now(), reason=reason)
        else:
            assign_to_team(case, team=team, by=request.actor, at=now(), reason=reason)

    return carry_out(request, case, form, ASSIGNMENT, give)


def investigation_start(request: DeskRequest, number: str) -> HttpResponse:
    case = visible_case(request, number)
    if request.method == "POST":
        investigate(case, by=request.actor, at=now())
    return done(request, case, _("The investigation has begun."))


def investigation(request: DeskRequest, number: str) -> HttpResponse:
    case = visible_case(request, number)
    form = FindingsForm(
        request.POST if request.method == "POST" else None, initial=earlier_findings(case.pk, case.episode)
    )
    return carry_out(
        request, case, form, FINDINGS, lambda f: record_findings(case, f.findings(), by=request.actor, at=now())
    )


def earlier_findings(case_id: int, episode: int) -> dict[str, object]:
    found = Investigation.objects.filter(case_id=case_id, episode=episode).first()
    if found is None:
        return {}
    other = found.shares.exclude(department=found.department_id).first()
    return {
        "facts": found.facts,
        "cause": found.cause_id,
        "root_cause": found.root_cause,
        "department": found.department_id,
        "person": found.person_id,
        "other_department": other.department_id if other else None,
        "other_percent": other.percent if other else None,
    }


def revision(request: DeskRequest, number: str) -> HttpResponse:
    case = visible_case(request, number)
    form = RevisionForm(request.POST) if request.method == "POST" else RevisionForm.of(case)

    def correct(filled: RevisionForm) -> None:
        try:
            revise(case, filled.changes(), version=filled.cleaned_data["version"], by=request.actor, at=now())
        except Stale:
            filled.compare(case)
            raise

    return carry_out(request, case, form, REVISION, correct)


def promises(request: DeskRequest, number: str) -> HttpResponse:
    case = visible_case(request, number)
    form = PromiseForm(request.POST if request.method == "POST" else None)
    return carry_out(request, case, form, PROMISE, lambda f: promise(case, f.draft(), by=request.actor, at=now()))
