from __future__ import annotations

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from huiying.frame import STOPS, address
from huiying.journal.actors import CLOCKWORK
from huiying.journal.entries import record
from huiying.journal.models import Entry
from huiying.settings_home import PAGES
from huiying.staff import verbs

LOG, FILE = "/settings/log/", "/settings/log/file/"


def sentences(page) -> list[str]:
    return [line.entry.verb for line in page.context["lines"]]


def test_the_log_is_filtered_by_person_deed_day_and_thing(town, as_admin, as_wang, pass_time):
    as_wang.post(reverse("shift"))
    pass_time(by=timedelta(days=3))
    as_admin.post(reverse("shift"))
    assert sentences(as_admin.get(LOG, {"person": town.wang.pk})) == ["shift_ended"]
    assert sentences(as_admin.get(LOG, {"verb": "shift_ended"})) == ["shift_ended"] * 2
    today = timezone.localdate()
    assert sentences(as_admin.get(LOG, {"since": today, "verb": "shift_ended"})) == ["shift_ended"]
    assert "shift_ended" in sentences(as_admin.get(LOG, {"since": today}))
    until = {"until": today - timedelta(days=1), "verb": "shift_ended"}
    assert sentences(as_admin.get(LOG, until)) == ["shift_ended"]
    assert sentences(as_admin.get(LOG, {"subject": f"staff.user:{town.wang.pk}"})) == ["shift_ended"]
    assert sentences(as_admin.get(LOG, {"subject": "nonsense"})) == []


def test_a_wrong_day_is_said_plainly(town, as_admin):
    assert as_admin.get(LOG, {"since": "2026-02-31"}).status_code == 422


def test_the_log_goes_page_by_page(town, as_admin, django_assert_max_num_queries):
    for number in range(120):
        record(verbs.DEPARTMENT_CHANGED, town.service, by=CLOCKWORK, name=str(number), changes={})
    with django_assert_max_num_queries(14):
        page = as_admin.get(LOG, {"verb": "department_changed"})
    assert len(page.context["lines"]) == 50
    older = as_admin.get(f"{LOG}?{page.context['older']}")
    assert older.context["lines"][0].entry.pk < page.context["lines"][-1].entry.pk


def test_taking_the_log_along_is_itself_logged_and_runs_no_formula(town, as_admin, as_wang):
    record(verbs.PERSON_DEACTIVATED, town.wang, by=CLOCKWORK, name="=1+1")
    assert as_wang.post(FILE).status_code == 403
    answer = as_admin.post(f"{FILE}?verb=person_deactivated")
    text = b"".join(answer).decode()
    assert "person_deactivated" in text
    assert "\n=" not in text
    assert ",=" not in text
    assert Entry.objects.get(verb=verbs.LOG_EXPORTED.code).facts["count"] == 1


def test_no_door_of_the_settings_or_the_frame_leads_nowhere():
    assert [door for door in (one.door for one in (*PAGES, *STOPS)) if not address(door)] == []


def test_the_settings_home_shows_what_one_may_open(town, as_admin, as_wang):
    assert reverse("settings_log") in as_admin.get("/settings/").content.decode()
    assert reverse("settings_log") not in as_wang.get("/settings/").content.decode()
    found = as_admin.get("/settings/", {"q": "zzz"}).context["groups"]
    assert found == []
