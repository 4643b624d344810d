from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from huiying.journal.models import Entry
from huiying.staff import verbs


def test_the_cast_has_the_powers_of_its_roles(town, actor):
    assert actor(town.wang).can("cases.work")
    assert not actor(town.wang).can("cases.approve")
    assert actor(town.li).can("cases.approve")
    assert actor(town.admin).can("people.manage")


def test_time_passes_and_the_heart_beats_on_the_way(town, pass_time):
    Entry.objects.filter(verb=verbs.ROLE_ADDED.code).get(facts__code="clerk")
    start = timezone.now()
    pass_time(by=timedelta(hours=5))
    assert timedelta(hours=5) <= timezone.now() - start < timedelta(hours=5, minutes=1)
