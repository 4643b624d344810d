"""How one customer stands towards the pool, on their page; locking, extending, releasing."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate, now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from huiying.customers.models import Customer
from huiying.customers.views.sheet import visible_customer
from huiying.engagement.actions.keeping import extend, lock, unlock
from huiying.engagement.actions.pool import release
from huiying.engagement.forms.pool import LockForm, ReasonForm, usual_lock
from huiying.engagement.models.pool import PoolPolicy
from huiying.engagement.policies import may_claim
from huiying.engagement.pool_policies import may_assign, may_extend, may_give, may_keep, may_release
from huiying.engagement.queries.pool import protection_of
from huiying.engagement.views.sheet import About, Sheet, carry_out, done
from huiying.kit.guards import ensure
from huiying.staff.http import DeskRequest

LOCK = Sheet(
    title=_("Lock against the public pool"), button=_("Lock"), done=_("The lock stands."), event="customer-changed"
)
UNLOCK = Sheet(title="", button="", done=_("The lock is lifted."), event="customer-changed")
EXTEND = Sheet(
    title=_("Extend the time"), button=_("Extend"), done=_("The time is extended."), event="customer-changed"
)
RELEASE = Sheet(title=_("Release to the public pool"), button=_("Release to the pool"), done=_("In the pool now."))


@require_GET
def protection(request: DeskRequest, number: str) -> HttpResponse:
    """The quiet line on the customer's page."""
    customer, by = visible_customer(request, number), request.actor
    standing = protection_of(customer, by=request.actor, at=now())
    context = {
        "customer": customer,
        "standing": standing,
        "days_left": standing.days_left(localdate()) if standing else None,
        "warn_days": PoolPolicy.now().warn_days,
        "is_pooled": customer.owner_id is None and customer.merged_into_id is None,
        "may_claim": may_claim(by),
        "may_assign": may_assign(by),
        "may_keep": may_keep(by, customer),
        "may_extend": may_extend(by, customer),
        "may_release": may_release(by, customer),
        "may_give": may_give(by, customer),
    }
    return render(request, "engagement/_protection.html", context)


def locking(request: DeskRequest, number: str) -> HttpResponse:
    customer = visible_customer(request, number)
    ensure(may_keep(request.actor, customer))
    initial = {"until": localdate() + usual_lock(PoolPolicy.now())}
    form = LockForm(request.POST) if request.method == "POST" else LockForm(initial=initial)

    def keep(filled: LockForm) -> None:
        said = filled.cleaned_data
        lock(customer, reason=said["reason"], until=said["until"], by=request.actor, at=now())

    return carry_out(request, about(customer), form, LOCK, keep)


@require_POST
def lifting(request: DeskRequest, number: str) -> HttpResponse:
    customer = visible_customer(request, number)
    unlock(customer, by=request.actor, at=now())
    return done(request, about(customer), UNLOCK)


def extension(request: DeskRequest, number: str) -> HttpResponse:
    customer = visible_customer(request, number)
    ensure(may_extend(request.actor, customer))
    form = ReasonForm(request.POST if request.method == "POST" else None)
    return carry_out(
        request,
        about(customer),
        form,
        EXTEND,
        lambda f: extend(customer, reason=f.cleaned_data["reason"], by=request.actor, at=now()),
    )


def releasing(request: DeskRequest, number: str) -> HttpResponse:
    """Put the customer into the pool; whoever may not see them any more goes on in a list."""
    customer = visible_customer(request, number)
    ensure(may_release(request.actor, customer))
    form = ReasonForm(request.POST if request.method == "POST" else None)
    answer = carry_out(
        request,
        about(customer),
        form,
        RELEASE,
        lambda f: release(customer, reason=f.cleaned_data["reason"], by=request.actor, at=now()),
    )
    return gone_on(request, customer, answer, said=str(RELEASE.done))


def gone_on(request: DeskRequest, customer: Customer, answer: HttpResponse, *, said: str) -> HttpResponse:
    """Lead away from a page that is theirs no longer; otherwise let it be drawn anew. `said` is what was done."""
    if answer.status_code not in (204, 302):
        return answer
    is_seen = Customer.objects.visible_to(request.actor).filter(pk=customer.pk).exists()
    target = customer.get_absolute_url() if is_seen else reverse("customers:list")
    if not request.htmx:
        return redirect(target)
    messages.success(request, said)
    return HttpResponse(status=204, headers={"HX-Redirect": target})


def about(customer: Customer) -> About:
    return About(line=f"{customer.number} · {customer.name}", address=customer.get_absolute_url())
