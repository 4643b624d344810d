"""Customer value: segments, the customers behind them, the look back, and a customer's own card (SPEC B6)."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from huiying.customers.models import Customer, Figures
from huiying.insight import policies
from huiying.insight.actions.export import note_export
from huiying.insight.actions.terms import ask_anew
from huiying.insight.models import ChurnWarning, Reckoning
from huiying.insight.night import perform_reckoning
from huiying.insight.queries.export import sheet_rows
from huiying.insight.queries.looking_back import value_seen
from huiying.insight.queries.segments import BY_CODE, Segment, order_for, segment_of, segments_of, visible_figures
from huiying.insight.queries.sentences import reason_sentences, value_sentences
from huiying.insight.queries.terms import terms_now
from huiying.journal.marks import mark_of
from huiying.kit.downloads import table_file
from huiying.kit.guards import ensure
from huiying.kit.paging import capped_count, neighbours, page_of, said_count
from huiying.staff.http import DeskRequest

PAGE = 50
COUNTED_AT_MOST = 500


@require_GET
def value(request: DeskRequest) -> HttpResponse:
    """Show the segments, and how good the forecast would have been."""
    ensure(policies.may_see_value(request.actor))
    terms, amounts = terms_now(), policies.may_see_amounts(request.actor)
    last = Reckoning.objects.done().first()
    context = {
        "terms": terms,
        "last": last,
        "at_work": Reckoning.objects.filter(state__in=["waiting", "running"]).first(),
        "segments": segments_of(request.actor, high_from=terms.high_from) if last else [],
        "seen": value_seen(last, amounts=amounts) if last else None,
        "amounts": amounts,
        **may(request),
    }
    return render(request, "insight/value.html", context)


@require_GET
def segment(request: DeskRequest, code: str) -> HttpResponse:
    """Open one figure down to its customers, the most valuable first for who may see amounts."""
    ensure(policies.may_see_value(request.actor))
    chosen = named(code)
    figures = visible_figures(request.actor).filter(orders__gt=0).filter(chosen.condition(terms_now().high_from))
    cursor = request.GET.get("cursor", "")
    rows = figures.select_related("customer__owner")
    page = page_of(rows, by=order_for(request.actor), cursor=cursor, limit=PAGE)
    count = capped_count(figures, at_most=COUNTED_AT_MOST)
    context = {
        "segment": chosen,
        "page": page,
        "count_words": ngettext("%(n)s customer", "%(n)s customers", count)
        % {"n": said_count(count, at_most=COUNTED_AT_MOST)},
        "amounts": policies.may_see_amounts(request.actor),
        **may(request),
        **neighbours(request.GET, page),
    }
    return render(request, "insight/segment.html", context)


@require_GET
def export(request: DeskRequest, form: str) -> HttpResponseBase:
    """Answer the value of the customers, of one segment where the address names it, as a file."""
    ensure(policies.may_see_value(request.actor))
    terms, figures = terms_now(), visible_figures(request.actor).filter(orders__gt=0)
    if request.GET.get("segment"):
        figures = figures.filter(named(request.GET["segment"]).condition(terms.high_from))
    entry = note_export(figures.count(), form=form, by=request.actor, at=now())
    rows = sheet_rows(figures, terms=terms, amounts=policies.may_see_amounts(request.actor))
    return table_file(rows, title=_("customer value"), day=localdate(), form=form, mark=mark_of(entry))


@require_POST
def reckoning(request: DeskRequest) -> HttpResponse:
    """Have everything reckoned anew, now."""
    asked = ask_anew(localdate(), by=request.actor, at=now())
    perform_reckoning.enqueue(asked.pk)
    messages.success(request, _("The figures are being reckoned; this takes from seconds to a few minutes."))
    return redirect("insight:value")


@require_GET
def of_customer(request: DeskRequest, number: str) -> HttpResponse:
    """A customer's value in three sentences, included by the customer's page."""
    customer = get_object_or_404(Customer.objects.visible_to(request.actor), number=number)
    figures = visible_figures(request.actor).filter(customer=customer).first()
    amounts, terms = policies.may_see_amounts(request.actor), terms_now()
    warning = ChurnWarning.objects.visible_to(request.actor).standing().filter(customer=customer).first()
    if not policies.may_see_warnings(request.actor):
        warning = None
    context = {
        "figures": figures,
        "segment": segment_of(figures, high_from=terms.high_from) if figures else None,
        "sentences": told_of(figures, months=terms.months, amounts=amounts),
        "warning": warning,
        "reasons": reason_sentences(warning.known_reasons) if warning else [],
    }
    return render(request, "insight/_of_customer.html", context)


def told_of(figures: Figures | None, *, months: int, amounts: bool) -> list[str]:
    return value_sentences(figures, months=months, today=localdate(), amounts=amounts) if figures else []


def named(code: str) -> Segment:
    if code not in BY_CODE:
        raise Http404
    return BY_CODE[code]


def may(request: DeskRequest) -> dict[str, bool]:
    actor = request.actor
    return {
        "may_export": policies.may_export(actor),
        "may_arrange": policies.may_arrange(actor),
        "may_see_warnings": policies.may_see_warnings(actor),
    }
