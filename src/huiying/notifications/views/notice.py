"""The bell and what it rings for."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from huiying.kit.http import say
from huiying.kit.paging import neighbours, page_of
from huiying.notifications.actions.call import acknowledge
from huiying.notifications.models import Notice
from huiying.notifications.queries import COUNTED_AT_MOST, NEWEST_FIRST, notices_for, to_answer, unread_count
from huiying.staff.http import DeskRequest

PAGE = 50


@require_GET
def bell(request: DeskRequest) -> HttpResponse:
    """Answer with the number on the bell; nothing when all is read."""
    return render(request, "notifications/_bell.html", {"count": number_in_words(unread_count(request.actor))})


@require_GET
def notice_list(request: DeskRequest) -> HttpResponse:
    only_unread = request.GET.get("view") != "all"
    notices = notices_for(request.actor)
    notices = notices.unread().exclude(pk__in=notices.to_answer()) if only_unread else notices
    page = page_of(notices, by=NEWEST_FIRST, cursor=request.GET.get("cursor", ""), limit=PAGE)
    count = unread_count(request.actor)
    context = {
        "waiting": to_answer(request.actor) if only_unread else [],
        "only_unread": only_unread,
        "page": page,
        **neighbours(request.GET, page),
        "count": count,
        "count_words": unread_in_words(count),
    }
    return render(request, "notifications/_list.html" if request.htmx else "notifications/list.html", context)


@require_GET
def notice(request: DeskRequest, key: int) -> HttpResponse:
    """Lead to what the notice is about; from then on it is read."""
    told = get_object_or_404(Notice.objects.for_person(request.actor.pk), pk=key)
    Notice.objects.filter(pk=told.pk).mark_read(now())
    return redirect(told.link)


@require_POST
def acknowledgement(request: DeskRequest, key: int) -> HttpResponse:
    """Say that one has seen the escalation; whoever asks for a part gets the line anew."""
    told = get_object_or_404(notices_for(request.actor), pk=key)
    acknowledge(told, by=request.actor, at=now())
    if request.htmx:
        fresh = notices_for(request.actor).get(pk=key)
        return say(render(request, "notifications/_notice.html", {"notice": fresh}), _("Noted that you have seen it."))
    messages.success(request, _("Noted that you have seen it."))
    return redirect("notices")


@require_POST
def reading(request: DeskRequest) -> HttpResponse:
    """Mark everything read."""
    Notice.objects.for_person(request.actor.pk).mark_read(now())
    return redirect("notices")


def number_in_words(count: int) -> str:
    if count > COUNTED_AT_MOST:
        return f"{COUNTED_AT_MOST}+"
    return str(count or "")


def unread_in_words(count: int) -> str:
    if not count:
        return _("everything read")
    return ngettext("%(count)s unread", "%(count)s unread", count) % {"count": number_in_words(count)}
