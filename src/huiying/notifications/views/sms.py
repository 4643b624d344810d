"""The settings page of the SMS gateway."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from huiying.journal.models import Entry
from huiying.kit.guards import BadInput, DomainError, ensure
from huiying.notifications.actions.sms import set_gateway, try_gateway
from huiying.notifications.forms import GatewayForm
from huiying.notifications.models import SmsGateway
from huiying.notifications.policies import may_arrange_notices
from huiying.notifications.verbs import GATEWAY_CHANGED
from huiying.staff.http import DeskRequest


def gateway(request: DeskRequest) -> HttpResponse:
    """Show the gateway; a POST sets it up."""
    ensure(may_arrange_notices(request.actor))
    kept = SmsGateway.objects.first()
    form = GatewayForm(request.POST) if request.method == "POST" else GatewayForm.of(kept)
    if form.is_bound and form.is_valid():
        try:
            set_gateway(form.draft(), by=request.actor, at=now())
        except BadInput as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("Saved."))
            return redirect("notice_sms")
    history = Entry.objects.filter(verb=GATEWAY_CHANGED.code).order_by("-id")[:10]
    context = {"form": form, "gateway": kept, "history": history}
    return render(request, "notifications/settings/sms.html", context, status=422 if form.is_bound else 200)


@require_POST
def trial(request: DeskRequest) -> HttpResponse:
    """Send a test to one's own number."""
    ensure(may_arrange_notices(request.actor))
    try:
        try_gateway(request.user.phone, by=request.actor)
    except DomainError as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("The gateway took the message. Look at your phone."))
    return redirect("notice_sms")
