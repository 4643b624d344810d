"""The public page on which a contact opts out of mass messages, or in again. No sign-in: the signed link is the key."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import now
from django.views.decorators.csrf import csrf_exempt

from huiying.engagement.actions.opt_out import opt_in, opt_out
from huiying.engagement.unsubscribing import contact_of
from huiying.journal.actors import customer_actor
from huiying.kit.rates import ensure_rare

AN_HOUR = 3600
AT_MOST = 20  # each change of mind is written in the journal for good


@csrf_exempt  # a mail program opts out with one click and knows no cookie (RFC 8058)
def unsubscribing(request: HttpRequest, token: str) -> HttpResponse:
    """Ask on GET: programs that open every link opt nobody out. A POST does it; `again` takes it back."""
    contact = contact_of(token)
    if request.method == "POST":
        ensure_rare(f"opt-out:{contact.pk}", limit=AT_MOST, seconds=AN_HOUR)
        deed = opt_in if request.POST.get("again") else opt_out
        deed(contact, by=customer_actor(pk=contact.customer_id, name=contact.name), at=now())
        contact.refresh_from_db()
    is_back = request.method == "POST" and not contact.do_not_contact
    return render(request, "engagement/unsubscribing.html", {"contact": contact, "is_back": is_back})
