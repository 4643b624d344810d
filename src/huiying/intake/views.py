"""The mail room's page: what was set aside and why, what came in, and what did not leave."""

from __future__ import annotations

from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from huiying.cases.models import Case, Kind
from huiying.channels.deliveries import try_again
from huiying.channels.models import RawMail
from huiying.intake.queries import cases_by_key, mails_for, opened, troubled_deliveries_for
from huiying.intake.reasons import reason_in_words
from huiying.intake.refiling import make_case_of
from huiying.kit.guards import ensure
from huiying.kit.paging import neighbours, page_of
from huiying.staff.http import DeskRequest

PAGE = 50


@require_GET
def mail_list(request: DeskRequest) -> HttpResponse:
    """List what was set aside; `?view=all` lists everything that came in."""
    ensure(request.actor.can("mail.manage"))
    view = "all" if request.GET.get("view") == "all" else "aside"
    mails = mails_for(request.actor)
    mails = mails if view == "all" else mails.set_aside()
    page = page_of(mails, by="-received_at", cursor=request.GET.get("cursor", ""), limit=PAGE)
    cases = cases_by_key([mail.message.subject_id for mail in page.items if mail.message])
    rows = [(mail, reason_in_words(mail.reason), case_of(mail, cases)) for mail in page.items]
    context = {"view": view, "rows": rows, **neighbours(request.GET, page)}
    return render(request, "intake/mails.html", context)


@require_GET
def undelivered(request: DeskRequest) -> HttpResponse:
    """List the messages that did not leave or did not arrive."""
    ensure(request.actor.can("mail.manage"))
    page = page_of(troubled_deliveries_for(request.actor), by="-id", cursor=request.GET.get("cursor", ""), limit=PAGE)
    cases = cases_by_key([delivery.message.subject_id for delivery in page.items])
    rows = [(delivery, cases.get(delivery.message.subject_id)) for delivery in page.items]
    context = {"view": "undelivered", "rows": rows, **neighbours(request.GET, page)}
    return render(request, "intake/undelivered.html", context)


@require_GET
def mail(request: DeskRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(mails_for(request.actor), pk=pk)
    cases = cases_by_key([found.message.subject_id]) if found.message else {}
    context = {"opened": opened(found), "mail": found, "case": case_of(found, cases), "kinds": Kind.choices}
    return render(request, "intake/mail.html", context)


@require_GET
def source(request: DeskRequest, pk: int) -> FileResponse:
    """Give the mail exactly as it came, to be saved."""
    found = get_object_or_404(mails_for(request.actor), pk=pk)
    response = FileResponse(
        found.file.open("rb"),
        as_attachment=True,
        filename=f"mail-{found.pk}.eml",
        content_type="application/octet-stream",
    )
    response["X-Content-Type-Options"] = "nosniff"
    return response


@require_POST
def case(request: DeskRequest, pk: int) -> HttpResponse:
    """Make a case of a mail that was set aside."""
    found = get_object_or_404(mails_for(request.actor), pk=pk)
    made = make_case_of(found, kind=request.POST.get("kind", Kind.COMPLAINT), by=request.actor, at=now())
    messages.success(request, _("The mail became case %(number)s.") % {"number": made.number})
    visible = Case.objects.visible_to(request.actor).filter(pk=made.pk).exists()
    return redirect(made if visible else "intake:mails")


@require_POST
def another_try(request: DeskRequest, pk: int) -> HttpResponse:
    """Have a message sent once more."""
    delivery = get_object_or_404(troubled_deliveries_for(request.actor), pk=pk)
    try_again(delivery, by=request.actor, at=now())
    messages.success(request, _("The message is sent once more within seconds."))
    return redirect("intake:undelivered")


def case_of(mail: RawMail, cases: dict[int, Case]) -> Case | None:
    return cases.get(mail.message.subject_id) if mail.message else None
