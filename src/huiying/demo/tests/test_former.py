"""A large sample: a company that moved in with the register of the system it had before."""

from __future__ import annotations

from datetime import timedelta
from io import StringIO

import time_machine
from django.core.management import call_command
from django.test import override_settings

from conftest import MONDAY_MORNING
from huiying.cases.models import Case
from huiying.channels.models import Message
from huiying.demo import former, seeding


def test_a_large_sample_brings_closed_cases_along_from_a_former_system(db, monkeypatch, tmp_path):
    monkeypatch.setattr(seeding, "LIVED_AT_MOST", 20)
    with time_machine.travel(MONDAY_MORNING, tick=False), override_settings(DATA_DIR=tmp_path):
        call_command("demo", "--json", "--cases", "50", stdout=StringIO())
    brought = Case.objects.filter(source=former.ORIGIN)
    moved_in = MONDAY_MORNING - seeding.A_QUARTER
    assert (Case.objects.count(), brought.count()) == (50, 30)
    assert not brought.exclude(stage="closed").exists()
    assert not brought.filter(closed_at__gt=moved_in).exists()
    assert not Case.objects.exclude(source=former.ORIGIN).filter(received_at__lt=moved_in - timedelta(days=1)).exists()
    assert Message.objects.filter(direction="out", subject_id__in=brought.values("pk")).count() == 30
