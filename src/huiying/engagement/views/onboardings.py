"""The work list of onboardings, a customer's, and beginning one."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from huiying.customers.views.sheet import visible_customer
from huiying.engagement.actions.onboarding import begin_onboarding
from huiying.engagement.forms.onboarding import OnboardingsFilter
from huiying.engagement.onboarding_policies import may_answer_for, may_begin, may_name_owner
from huiying.engagement.policies import may_work
from huiying.engagement.queries.onboarding import chosen, first_choice, latest_of, shown, tracks_of
from huiying.engagement.views.sheet import About, Sheet, done
from huiying.kit.guards import ensure
from huiying.kit.paging import capped_count, neighbours, page_of, said_count
from huiying.staff.http import DeskRequest

PAGE = 50
BEGUN = Sheet(
    title="", button="", done=_("The onboarding has begun: its steps have their deadlines."), event="onboarding-changed"
)


@require_GET
def onboardings(request: DeskRequest) -> HttpResponse:
    """List what is under way, the next due first."""
    ensure(may_work(request.actor))
    asked = request.GET.copy()
    asked.setdefault("whose", first_choice(request.actor))
    form = OnboardingsFilter(asked)
    rows = chosen(form.cleaned_data, by=request.actor, now=now())
    page = page_of(rows.for_list(), by="due_at", cursor=request.GET.get("cursor", ""), limit=PAGE)
    count, late = capped_count(rows), capped_count(rows.overdue(now()))
    context = {
        "form": form,
        "tracks": tracks_of(page.items, by=request.actor, now=now()),
        "count_words": ngettext("%(n)s onboarding", "%(n)s onboardings", count) % {"n": said_count(count)},
        "late": said_count(late) if late else "",
        "narrows": any(request.GET.get(name) for name in form.fields),
        **neighbours(request.GET, page),
    }
    return render(request, "engagement/onboardings.html", context)


@require_GET
def of_customer(request: DeskRequest, number: str) -> HttpResponse:
    """The track of a customer's onboarding, included by their page."""
    customer = visible_customer(request, number)
    latest = latest_of(customer, by=request.actor)
    is_running = latest is not None and latest.is_running
    context = {
        "customer": customer,
        "onboarding": latest,
        "track": shown(latest, by=request.actor, now=now())[0] if latest is not None and is_running else None,
        "may_begin": not is_running and may_begin(request.actor, customer),
        "may_answer": latest is not None and may_answer_for(request.actor, latest),
        "may_name": latest is not None and may_name_owner(request.actor, latest),
    }
    return render(request, "engagement/_onboarding_of_customer.html", context)


@require_POST
def begin(request: DeskRequest, number: str) -> HttpResponse:
    customer = visible_customer(request, number)
    begin_onboarding(customer, by=request.actor, at=now())
    return done(request, About(line=customer.name, address=customer.get_absolute_url()), BEGUN)
