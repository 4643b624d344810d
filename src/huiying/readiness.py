"""What /readyz, `huiying check` and `huiying serve` ask: is all in order, and if not, what is late?"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.apps import apps
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.utils.translation import gettext as _

from huiying.channels.models import Delivery
from huiying.journal.models import Duty, Pulse
from huiying.kit.guards import DomainError
from huiying.kit.times import span_in_words
from huiying.kit.troubles import MEBIBYTE, room_left
from huiying.notifications.models import Dispatch
from huiying.schedule import STEPS

LATE_PULSE = timedelta(minutes=2)
LATE_WORK = timedelta(minutes=5)
PATIENCE = 60.0  # seconds
LITTLE_ROOM = 200 * MEBIBYTE


class NotUpToDate(DomainError):
    """The database does not have the shape this version needs."""

    code = "not-up-to-date"


@dataclass(frozen=True, kw_only=True)
class Finding:
    """Something that is late or broken, by a stable code. `failure` may name servers: it is not for strangers."""

    code: str
    sentence: str
    count: int = 1
    failure: str = ""


def ensure_up_to_date() -> None:
    """Raise NotUpToDate when the database cannot be reached or `huiying migrate` has not been run.

    A database that is only starting, after a power cut or beside us, is waited for: PATIENCE seconds.
    """
    end = time.monotonic() + PATIENCE
    while True:
        try:
            waiting = waiting_migrations()
            break
        except DatabaseError as failure:
            connection.close()
            if time.monotonic() > end:
                reason = {"reason": str(failure).strip()}
                raise NotUpToDate(_("The database cannot be reached: %(reason)s") % reason) from failure
        time.sleep(1)
    if waiting:
        raise NotUpToDate(_("The database is not up to date. Run `huiying migrate`, then try again."))


def findings(now: datetime) -> list[Finding]:
    """Return everything that is late; an empty list means ready."""
    try:
        waiting = waiting_migrations()
        if waiting:
            return [
                Finding(
                    code="migrations",
                    sentence=_("The database is not up to date. Run `huiying migrate`."),
                    count=len(waiting),
                )
            ]
        return [finding for look in LOOKS for finding in look(now)]
    except DatabaseError:
        return [Finding(code="database", sentence=_("The database cannot be reached."))]


def waiting_migrations() -> list[str]:
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _backwards in plan]


def late_steps(now: datetime) -> Iterator[Finding]:
    pulses = {pulse.name: pulse for pulse in Pulse.objects.all()}
    for step in STEPS:
        pulse = pulses.get(step.name)
        if pulse is None:
            sentence = _("The heartbeat has never run “%(step)s”. Run `huiying heartbeat`.") % {"step": step.name}
            yield Finding(code=f"heartbeat.{step.name}", sentence=sentence)
        elif now - pulse.at > max(LATE_PULSE, 3 * step.every):
            words = {"step": step.name, "span": span_in_words(now - pulse.at)}
            sentence = _("“%(step)s” last ran %(span)s ago.") % words
            yield Finding(code=f"heartbeat.{step.name}", sentence=sentence, failure=pulse.failure)


def late_duties(now: datetime) -> Iterator[Finding]:
    if stuck := Duty.objects.stuck().count():
        yield Finding(
            code="duties.stuck",
            sentence=_("%(n)d follow-ups failed %(times)d times or more.") % {"n": stuck, "times": Duty.ALARM_AT},
            count=stuck,
        )
    if late := Duty.objects.due(now - LATE_WORK).filter(attempts=0).count():
        yield Finding(
            code="duties.late", sentence=_("%(n)d follow-ups wait longer than they should.") % {"n": late}, count=late
        )


def late_deliveries(now: datetime) -> Iterator[Finding]:
    if late := Delivery.objects.due(now - LATE_WORK).count():
        yield Finding(
            code="deliveries.late",
            sentence=_("%(n)d messages wait to be sent longer than they should.") % {"n": late},
            count=late,
        )
    if troubled := Delivery.objects.filter(state=Delivery.State.WAITING, attempts__gte=Delivery.ALARM_AT).count():
        yield Finding(
            code="deliveries.stuck",
            sentence=_("%(n)d messages could not be sent so far.") % {"n": troubled},
            count=troubled,
        )


def late_notices(now: datetime) -> Iterator[Finding]:
    """Notices that cannot leave Huiying. What is given up stands in the log of sent notices and is late no longer."""
    waiting = Dispatch.objects.filter(state=Dispatch.State.WAITING)
    if late := waiting.filter(due_at__lte=now - LATE_WORK).count():
        yield Finding(
            code="notices.late",
            sentence=_("%(n)d notices wait to be sent longer than they should.") % {"n": late},
            count=late,
        )
    if troubled := waiting.filter(attempts__gte=Dispatch.ALARM_AT).count():
        yield Finding(
            code="notices.stuck",
            sentence=_("%(n)d notices could not be sent so far.") % {"n": troubled},
            count=troubled,
        )


def late_tasks(now: datetime) -> Iterator[Finding]:
    tasks = apps.get_model("django_tasks_database", "DBTaskResult").objects
    if late := tasks.ready().filter(enqueued_at__lt=now - LATE_WORK).count():
        yield Finding(
            code="tasks.late",
            sentence=_("%(n)d long jobs wait to begin. Is `huiying serve` or its worker running?") % {"n": late},
            count=late,
        )


def little_room(_now: datetime) -> Iterator[Finding]:
    left = room_left()
    if left < LITTLE_ROOM:
        sentence = _("The disk of the data folder is almost full: %(n)d MiB are left.") % {"n": left // MEBIBYTE}
        yield Finding(code="disk", sentence=sentence)


LOOKS: tuple[Callable[[datetime], Iterator[Finding]], ...] = (
    little_room,
    late_steps,
    late_duties,
    late_deliveries,
    late_notices,
    late_tasks,
)
