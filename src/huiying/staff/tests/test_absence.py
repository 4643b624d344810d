"""Who is away and who stands in (SPEC C5)."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from django.db import connection

from huiying.journal.models import Entry
from huiying.staff.models import Absence, User
from huiying.staff.verbs import ABSENCE_NOTED

DAYS = {"from_day": "2026-03-09", "until_day": "2026-03-13", "note": "年假"}


def test_one_notes_ones_own_absence_with_a_substitute(town, as_wang):
    answer = as_wang.post("/settings/absences/", {**DAYS, "substitute": town.li.pk})
    noted = Absence.objects.get()
    assert (answer.status_code, noted.user, noted.substitute) == (302, town.wang, town.li)
    assert (noted.from_day, noted.until_day) == (date(2026, 3, 9), date(2026, 3, 13))
    assert Entry.objects.about(town.wang).get(verb=ABSENCE_NOTED.code).facts["substitute"] == town.li.name


@pytest.mark.parametrize(
    "wrong", [{"until_day": "2026-03-01"}, {"from_day": "2026-13-01"}, {"from_day": ""}, {"substitute": "0"}]
)
def test_wrong_days_are_said_and_what_was_typed_stays(town, as_wang, wrong):
    answer = as_wang.post("/settings/absences/", {**DAYS, **wrong})
    assert answer.status_code == 422
    assert "年假" in answer.content.decode()
    assert not Absence.objects.exists()


def test_the_same_days_are_not_noted_twice(town, as_wang):
    as_wang.post("/settings/absences/", DAYS)
    assert as_wang.post("/settings/absences/", DAYS).status_code == 422
    assert Absence.objects.count() == 1


@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite lets one writer in at a time")
@pytest.mark.django_db(transaction=True)
def test_the_same_days_sent_at_once_are_noted_once(town, as_wang):
    def send(_turn):
        try:
            return as_wang.post("/settings/absences/", DAYS).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as pool:
        assert sorted(pool.map(send, range(6))) == [302, 422, 422, 422, 422, 422]
    assert Absence.objects.count() == 1


def test_who_manages_people_notes_it_for_others_and_nobody_else_does(town, as_admin, as_wang, as_li):
    as_admin.post("/settings/absences/", {**DAYS, "user": town.chen.pk})
    noted = Absence.objects.get()
    assert noted.user == town.chen
    assert as_wang.post(f"/settings/absences/{noted.pk}/removal/").status_code == 403
    assert as_admin.post(f"/settings/absences/{noted.pk}/removal/").status_code == 302
    assert not Absence.objects.exists()


def test_skills_are_kept_as_words(town, as_admin):
    form = {"username": "wangfang", "name": "王芳", "role": town.wang.role_id, "skills": "制冷，英语 制冷"}
    as_admin.post(f"/settings/people/{town.wang.pk}/", {**form, "team": town.first_team.pk})
    assert User.objects.get(pk=town.wang.pk).skills == ["制冷", "英语"]
