from __future__ import annotations

import threading
import time
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import DatabaseError
from django.utils import timezone

from huiying import readiness
from huiying.heartbeat import RARE_AT_ONCE, Walker, walk_all
from huiying.journal.entries import record
from huiying.journal.models import Duty, Pulse
from huiying.schedule import STEPS, Step
from huiying.staff import verbs
from huiying.staff.actors import actor_of


def beat_all() -> None:
    for step in STEPS:
        Pulse.beat(step.name, at=timezone.now())


def late(client) -> list[str]:
    return [found["code"] for found in client.get("/readyz").json()["late"]]


def stuck_duty(town) -> Duty:
    entry = record(verbs.SHIFT_STARTED, town.wang, by=actor_of(town.wang))
    return Duty.objects.create(entry=entry, reaction="nobody.knows", due_at=timezone.now(), attempts=Duty.ALARM_AT)


def test_a_process_says_that_it_lives(db, client):
    assert client.get("/healthz").content == b"ok\n"


def test_it_is_ready_when_every_step_has_run(town, client):
    assert f"heartbeat.{STEPS[0].name}" in late(client)
    beat_all()
    assert client.get("/readyz").status_code == 200


def test_it_names_the_step_that_stands_still_and_what_is_stuck(town, client, monday_morning):
    beat_all()
    monday_morning.shift(timedelta(hours=1))
    beat_all()
    Pulse.objects.filter(name="duties").update(at=timezone.now() - timedelta(minutes=20))
    stuck_duty(town)
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert {"heartbeat.duties", "duties.stuck"} <= set(late(client))


def test_why_a_step_failed_is_told_at_the_console_and_not_to_strangers(town, client, monday_morning, capsys):
    beat_all()
    monday_morning.shift(timedelta(hours=1))
    Pulse.objects.filter(name="mailbox").update(failure="kefu@imap.internal refused")
    assert "heartbeat.mailbox" in late(client)
    assert "imap.internal" not in client.get("/readyz").content.decode()
    with pytest.raises(SystemExit):
        call_command("checkup")
    assert "kefu@imap.internal refused" in capsys.readouterr().out


def test_a_lost_database_is_said_and_no_crash(db, client, monkeypatch):
    def lost() -> list[str]:
        raise DatabaseError("gone")

    monkeypatch.setattr(readiness, "waiting_migrations", lost)
    assert late(client) == ["database"]


def test_people_see_it_on_a_page(town, as_admin, as_wang):
    beat_all()
    page = as_admin.get("/settings/health/")
    assert page.context["findings"] == []
    assert not page.context["backed_up"]
    assert as_wang.get("/settings/health/").status_code == 403


def test_figures_for_prometheus(town, client):
    beat_all()
    stuck_duty(town)
    text = client.get("/metrics").content.decode()
    assert 'huiying_duties{state="stuck"} 1\n' in text
    assert 'huiying_heartbeat_age_seconds{step="duties"}' in text
    assert text.count("# TYPE huiying_duties gauge") == 1


class Stop:
    """An event that is set after so many waits, and remembers how long each was."""

    def __init__(self, rounds: int) -> None:
        self.rounds, self.pauses = rounds, []

    def wait(self, pause: float) -> bool:
        self.pauses.append(pause)
        return len(self.pauses) > self.rounds


def walked(work, monkeypatch) -> list[float]:
    monkeypatch.setattr("huiying.heartbeat.connection.close", lambda: None)
    stop = Stop(4)
    Walker(Step("test", work, timedelta(seconds=5)), stop, threading.Semaphore(1)).walk()
    return stop.pauses


def test_a_step_goes_on_at_once_while_there_is_work_and_rests_when_idle(db, monkeypatch):
    done = iter([3, 1, 0, 0])
    assert walked(lambda now: next(done), monkeypatch) == [0, 0, 0, 5, 5]


def test_a_step_that_fails_waits_longer_each_time_and_is_told(db, monkeypatch):
    Pulse.beat("test", at=timezone.now())
    assert walked(lambda now: 1 // 0, monkeypatch) == [0, 1, 2, 4, 8]
    assert "ZeroDivisionError" in Pulse.objects.get(name="test").failure


def test_steps_that_come_rarely_take_turns_and_the_others_do_not_wait_for_them(monkeypatch):
    monkeypatch.setattr(Walker, "beat", lambda _walker, _now: None)
    stop, at_work, most, often = threading.Event(), [], [], []

    def rare(_now):
        at_work.append(1)
        most.append(len(at_work))
        time.sleep(0.05)
        at_work.pop()
        return 0

    def frequent(_now):
        often.append(1)
        time.sleep(0.002)
        if len(most) == 3 * RARE_AT_ONCE:
            stop.set()
        return 1

    steps = [Step(f"rare {n}", rare, timedelta(hours=1)) for n in range(3 * RARE_AT_ONCE)]
    walk_all((*steps, Step("frequent", frequent)), stop)
    assert max(most) <= RARE_AT_ONCE < len(most)
    assert len(often) > len(most)
