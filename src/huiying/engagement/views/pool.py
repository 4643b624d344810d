"""The public pool: its list, claiming and assigning from it, and one's own customers that soon go there."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET, require_POST

from huiying.customers.models import Customer
from huiying.engagement.actions.pool import assign, claim
from huiying.engagement.forms.pool import AssignForm, PoolFilter
from huiying.engagement.models.pool import PoolPolicy
from huiying.engagement.policies import may_claim, may_hand_over, may_work
from huiying.engagement.pool_policies import may_assign, may_see_pool, may_set_pool_rules
from huiying.engagement.queries.pool import pool_for, rows_of, soon_reclaimed
from huiying.engagement.views.sheet import About, Sheet, carry_out
from huiying.kit.guards import ensure
from huiying.kit.paging import capped_count, neighbours, page_of, query_with
from huiying.staff.http import DeskRequest

PAGE = 50
COUNTED_AT_MOST = 500
HOME = "engagement:pool"
ASSIGN = Sheet(
    title=gettext_lazy("Assign from the pool"),
    button=gettext_lazy("Assign"),
    done=gettext_lazy("Assigned; the colleague is told."),
    event="pool-changed",
)


@require_GET
def pool(request: DeskRequest) -> HttpResponse:
    ensure(may_see_pool(request.actor))
    form, policy = PoolFilter(request.GET), PoolPolicy.now()
    found = form.narrowed(pool_for(request.actor))
    page = page_of(found, by="-id", cursor=request.GET.get("cursor", ""), limit=PAGE)
    context = {
        "form": form,
        "rows": rows_of(page.items, by=request.actor, policy=policy, at=now()),
        "policy": policy,
        "count_words": count_in_words(capped_count(found, at_most=COUNTED_AT_MOST)),
        "query": query_with(request.GET, cursor=""),
        "may_claim": may_claim(request.actor),
        "may_assign": may_assign(request.actor),
        "may_hand_over": may_hand_over(request.actor),
        "may_set_rules": may_set_pool_rules(request.actor),
        **neighbours(request.GET, page),
    }
    return render(request, "engagement/_pool.html" if request.htmx else "engagement/pool.html", context)


@require_POST
def claiming(request: DeskRequest, number: str) -> HttpResponse:
    """Claim a customer: the row says so and leads to the page; without scripts, go there."""
    claimed = claim(pooled(request, number), by=request.actor, at=now())
    if request.htmx:
        return render(request, "engagement/_pool_claimed.html", {"customer": claimed})
    messages.success(request, _("%(name)s is yours now.") % {"name": claimed.name})
    return redirect(claimed)


def assignment(request: DeskRequest, number: str) -> HttpResponse:
    ensure(may_assign(request.actor))
    customer = pooled(request, number)
    form = AssignForm(request.POST if request.method == "POST" else None)
    about = About(line=f"{customer.number} · {customer.name}", address=redirect(HOME).url)
    return carry_out(
        request, about, form, ASSIGN, lambda f: assign(customer, to=f.cleaned_data["to"], by=request.actor, at=now())
    )


@require_GET
def mine(request: DeskRequest) -> HttpResponse:
    """One's own customers that soon go to the pool, the nearest first."""
    ensure(may_work(request.actor))
    today = localdate()
    lines = [(one, one.days_left(today)) for one in soon_reclaimed(request.actor, at=now())]
    context = {"lines": lines, "policy": PoolPolicy.now(), "sees_pool": may_see_pool(request.actor)}
    return render(request, "engagement/pool_mine.html", context)


def pooled(request: DeskRequest, number: str) -> Customer:
    """Return a customer of the pool, or one that left it lately and may be seen; for anybody else 404."""
    ensure(may_see_pool(request.actor))
    shown = pool_for(request.actor) | Customer.objects.visible_to(request.actor)
    return get_object_or_404(shown, number=number)


def count_in_words(count: int) -> str:
    if count > COUNTED_AT_MOST:
        return _("%(count)s+ customers") % {"count": COUNTED_AT_MOST}
    return ngettext("%(count)s customer", "%(count)s customers", count) % {"count": count}
