"""For machines that watch: /healthz (do we live), /readyz (what is late), /metrics (Prometheus); and a page of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.apps import apps
from django.db import DatabaseError
from django.db.models import Count
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from huiying.channels.models import Delivery
from huiying.journal.models import Duty, Entry, Pulse
from huiying.kit.guards import Sentence, ensure
from huiying.readiness import findings
from huiying.staff.http import DeskRequest
from huiying.staff.policies import may_change_settings

PARTS: dict[str, Sentence] = {
    "backup": _("Backup"),
    "calls": _("Passing on escalations nobody acknowledged"),
    "clocks": _("Clocks: warnings and escalations"),
    "deliveries": _("Sending messages"),
    "duties": _("Follow-ups"),
    "figures": _("Value and churn of customers, each night"),
    "forms": _("Forgetting forms sent long ago"),
    "mailbox": _("Fetching mail"),
    "notices": _("Sending notices by mail"),
    "replies": _("Forgetting old answers of the interface"),
    "robots": _("Sending notices by robots"),
    "sms": _("Sending notices by SMS"),
    "seals": _("Sealing the operation log"),
    "sessions": _("Forgetting sessions that ran out"),
}
Sample = tuple[str, dict[str, str], float]
HELP = {
    "huiying_journal_entries_total": ("counter", "Entries in the journal."),
    "huiying_duties": ("gauge", "Follow-ups that wait; stuck ones have failed five times or more."),
    "huiying_deliveries": ("gauge", "Outgoing messages by state."),
    "huiying_tasks": ("gauge", "Long jobs by status."),
    "huiying_heartbeat_age_seconds": ("gauge", "Seconds since each step of the heartbeat last ran."),
    "huiying_findings": ("gauge", "Things that are late or broken, as /readyz names them."),
}


def healthz(_request: HttpRequest) -> HttpResponse:
    """Say that this process answers."""
    return HttpResponse("ok\n", content_type="text/plain")


def readyz(_request: HttpRequest) -> JsonResponse:
    """Name what is late, with 503; 200 and an empty list when all is in order."""
    with translation.override("en"):
        late = [
            {"code": found.code, "sentence": found.sentence, "n": found.count} for found in findings(timezone.now())
        ]
    return JsonResponse({"ready": not late, "late": late}, status=503 if late else 200)


@require_GET
def health_page(request: DeskRequest) -> HttpResponse:
    """Show people what is late and when each part last ran."""
    ensure(may_change_settings(request.actor))
    pulses = Pulse.objects.order_by("name").values_list("name", "at")
    context = {
        "findings": findings(timezone.now()),
        "parts": [(PARTS.get(name, name), at) for name, at in pulses],
        "backed_up": any(name == "backup" for name, _at in pulses),
    }
    return render(request, "health.html", context)


def metrics(_request: HttpRequest) -> HttpResponse:
    """Figures in Prometheus' text format."""
    try:
        text = "".join(exposition(samples()))
    except DatabaseError:
        text = "".join(exposition([("huiying_findings", {"code": "database"}, 1.0)]))
    return HttpResponse(text, content_type="text/plain; version=0.0.4; charset=utf-8")


def samples() -> Iterator[Sample]:
    now = timezone.now()
    last = Entry.objects.order_by("-id").values_list("id", flat=True).first()
    yield "huiying_journal_entries_total", {}, float(last or 0)
    yield "huiying_duties", {"state": "waiting"}, float(Duty.objects.count())
    yield "huiying_duties", {"state": "stuck"}, float(Duty.objects.stuck().count())
    waiting = Delivery.objects.exclude(state=Delivery.State.SENT)
    for state, count in waiting.order_by().values_list("state").annotate(n=Count("pk")):
        yield "huiying_deliveries", {"state": state}, float(count)
    tasks = apps.get_model("django_tasks_database", "DBTaskResult")._default_manager
    for status, count in tasks.order_by().values_list("status").annotate(n=Count("pk")):
        yield "huiying_tasks", {"status": str(status).lower()}, float(count)
    for pulse in Pulse.objects.order_by("name"):
        yield "huiying_heartbeat_age_seconds", {"step": pulse.name}, max((now - pulse.at).total_seconds(), 0.0)
    for found in findings(now):
        yield "huiying_findings", {"code": found.code}, float(found.count)


def exposition(lines: Iterable[Sample]) -> Iterator[str]:
    told: set[str] = set()
    for name, labels, value in lines:
        if name not in told:
            kind, sentence = HELP[name]
            yield f"# HELP {name} {sentence}\n# TYPE {name} {kind}\n"
            told.add(name)
        inside = ",".join(f'{label}="{text}"' for label, text in labels.items())
        yield f"{name}{{{inside}}} {value:g}\n" if inside else f"{name} {value:g}\n"
