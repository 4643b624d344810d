"""Administrators set policies and calendars; nobody else does (SPEC C6, DESIGN 9)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.dateparse import parse_datetime

from huiying.deadlines.catalogue import catalogue, published
from huiying.deadlines.models import Calendar, Clock, Policy
from huiying.deadlines.reach import touched_by
from huiying.journal.models import Entry
from huiying.staff.models import Department

PAGES = (
    "/settings/policies/",
    "/settings/policies/accept/",
    "/settings/policies/accept/variant/",
    "/settings/calendars/",
    "/settings/calendars/new/",
    "/settings/calendars/cn/",
)
NEW_YEAR = (
    '{"days": [{"date": "2027-01-01", "name": "元旦", "isOffDay": true},'
    ' {"date": "2027-02-06", "name": "春节", "isOffDay": true},'
    ' {"date": "2027-02-20", "name": "春节", "isOffDay": false}]}'
)


def accept_form(**changes: object) -> dict[str, object]:
    ladder = {"percent_1": 80, "to_1": "owner", "percent_2": 100, "to_2": "supervisor"}
    deeds = {"starts_on": ["case_registered"], "stops_on": ["case_accepted"]}
    basics = {"name": "受理", "unit": "working", "length": "1h", "pause_cap_days": 5, "active": "on", "version": 1}
    return {**basics, **ladder, **deeds, **changes}


@pytest.mark.parametrize("address", PAGES)
def test_only_administrators_see_the_pages(as_admin, as_li, as_nobody, address):
    assert as_admin.get(address).status_code == 200
    assert as_li.get(address).status_code == 403
    assert as_nobody.get(address).status_code == 302


def test_a_change_is_the_next_version_and_running_clocks_keep_theirs(as_admin, case, registered, clock_of):
    assert as_admin.post("/settings/policies/accept/", accept_form()).status_code == 302
    policy = Policy.objects.current().get(code="accept")
    assert (policy.version, policy.minutes, [rung.percent for rung in policy.rungs]) == (2, 60, [80, 100])
    assert clock_of(case, "accept").policy.version == 1
    assert clock_of(registered(), "accept").allowance == timedelta(hours=1)


@pytest.mark.parametrize(
    "changes",
    [
        {"length": "soon"},
        {"length": "30m", "unit": "statutory"},
        {"percent_2": 120},
        {"percent_2": 80},
        {"name": ""},
        {"pause_cap_days": 0},
        {"to_1": ""},
        {"starts_on": ["nonsense"]},
    ],
)
def test_what_makes_no_sense_is_said_beside_the_field(as_admin, changes):
    answer = as_admin.post("/settings/policies/accept/", accept_form(**changes))
    assert answer.status_code == 422
    assert answer.context["form"].errors
    assert Policy.objects.current().get(code="accept").version == 1


def test_a_page_saved_over_a_newer_version_is_refused(as_admin):
    as_admin.post("/settings/policies/accept/", accept_form())
    assert as_admin.post("/settings/policies/accept/", accept_form(name="受理二")).status_code == 409
    assert Policy.objects.current().get(code="accept").name == "受理"


def test_a_variant_is_asked_first_and_only_for_its_situations(as_admin, registered, clock_of):
    form = accept_form(name="受理（咨询）", length="2h", word_kind=["consultation"])
    assert as_admin.post("/settings/policies/accept/variant/", form).status_code == 302
    assert clock_of(registered(kind="consultation"), "accept").allowance == timedelta(hours=2)
    assert clock_of(registered(), "accept").allowance == timedelta(minutes=30)
    assert as_admin.post("/settings/policies/accept/variant/", accept_form()).status_code == 422


def test_the_effect_is_shown_by_example(as_admin):
    shown = as_admin.post("/settings/policies/accept/effect/", accept_form())
    assert next(example.due - example.start for example in shown.context["examples"]) == timedelta(hours=1)
    assert as_admin.post("/settings/policies/accept/effect/", accept_form(length="x")).status_code == 200


def test_a_year_that_is_not_announced_is_said_until_its_file_is_read(as_admin):
    assert "2027" in as_admin.get("/settings/calendars/cn/").content.decode()
    file = SimpleUploadedFile("2027.json", NEW_YEAR.encode())
    assert as_admin.post("/settings/calendars/cn/holidays/", {"file": file}).status_code == 302
    known = catalogue().calendar(None)
    assert 2027 in known.known_years
    assert known.is_working_day(date(2027, 2, 20))
    assert not as_admin.get("/settings/calendars/cn/").context["unknown"]


@pytest.mark.parametrize("content", [b"", b"\xff\xfe", b"[1, 2]", b"BEGIN:VCALENDAR"])
def test_a_file_that_is_none_is_refused_and_changes_nothing(as_admin, content):
    file = SimpleUploadedFile("x.json", content)
    assert as_admin.post("/settings/calendars/cn/holidays/", {"file": file}).status_code == 422
    assert 2027 not in Calendar.objects.get(code="cn").known_years


def test_a_new_week_counts_what_remains_of_running_clocks_anew(as_admin, registered, perform_duties, clock_of):
    case = registered(at=parse_datetime("2026-03-02T11:50:00+08:00"))
    week = dict.fromkeys(["mon", "tue", "wed", "thu", "fri"], "09:00-18:00") | {"from_day": "2026-03-01"}
    assert as_admin.post("/settings/calendars/cn/hours/", week).status_code == 302
    perform_duties()
    assert clock_of(case, "accept").due_at == parse_datetime("2026-03-02T12:20:00+08:00")
    assert as_admin.post("/settings/calendars/cn/hours/", week | {"mon": "9"}).status_code == 422
    assert as_admin.post("/settings/calendars/cn/hours/", {"from_day": "2026-03-01"}).status_code == 422


def test_one_date_is_set_and_taken_back(as_admin):
    day = {"day": "2026-03-07", "working": "on", "name": "盘点", "hours": "09:00-12:00"}
    assert as_admin.post("/settings/calendars/cn/days/", day).status_code == 302
    assert catalogue().calendar(None).is_working_day(date(2026, 3, 7))
    as_admin.post("/settings/calendars/cn/days/2026-03-07/removal/")
    assert not catalogue().calendar(None).is_working_day(date(2026, 3, 7))
    assert as_admin.post("/settings/calendars/cn/days/someday/removal/").status_code == 404


def test_a_departments_calendar_rules_its_cases(as_admin, town, registered, clock_of):
    base = Calendar.objects.get(code="cn").pk
    form = {"name": "客服", "zone": "Asia/Shanghai", "department": town.service.pk, "base": base}
    assert as_admin.post("/settings/calendars/new/", form).status_code == 302
    own = Calendar.objects.get(name="客服")
    as_admin.post(f"/settings/calendars/{own.code}/hours/", {"mon": "08:00-20:00", "from_day": "2026-01-01"})
    case = registered(at=parse_datetime("2026-03-02T11:50:00+08:00"))
    assert clock_of(case, "accept").due_at == parse_datetime("2026-03-02T12:20:00+08:00")
    assert as_admin.post("/settings/calendars/new/", form).status_code == 422
    assert as_admin.post("/settings/calendars/new/", form | {"zone": "Moon", "department": ""}).status_code == 422


def test_a_department_that_moves_goes_by_the_calendar_above_it(as_admin, town, perform_duties):
    own = Calendar.objects.create(code="service", name="客服", department=town.service)
    published()
    assert catalogue().calendar_of(town.logistics.pk) is None
    form = {"name": town.logistics.name, "parent": town.service.pk, "active": "on"}
    as_admin.post(f"/settings/departments/{town.logistics.pk}/", form)
    perform_duties()
    assert catalogue().calendar_of(town.logistics.pk) == own.pk


def test_changes_are_in_the_journal(as_admin):
    as_admin.post("/settings/policies/accept/", accept_form())
    entry = Entry.objects.get(verb="policy_changed")
    assert (entry.facts["code"], entry.facts["version"], entry.actor_name) == ("accept", 2, "管理员")
    assert Clock.objects.count() == 0


def test_a_new_department_goes_by_the_calendar_above_it(as_admin, town, perform_duties):
    own = Calendar.objects.create(code="service", name="客服", department=town.service)
    published()
    as_admin.post("/settings/departments/new/", {"name": "夜班客服", "parent": town.service.pk, "active": "on"})
    perform_duties()
    added = Department.objects.get(name="夜班客服")
    assert catalogue().calendar_of(added.pk) == own.pk


def test_the_page_of_a_policy_names_the_departments_it_touches(as_admin, town):
    assert as_admin.get("/settings/policies/accept/").context["reach"] == []
    begun = parse_datetime("2026-03-02T09:00:00+08:00")
    policy = Policy.objects.current().get(code="accept")
    for number in (1, 2):
        Clock.objects.create(
            subject_type="cases.case",
            subject_id=number,
            policy=policy,
            kind="accept",
            department=town.service,
            owner=town.wang,
            started_at=begun,
            counted_from=begun,
            due_at=begun + timedelta(minutes=30),
            allowance=timedelta(minutes=30),
            breached_at=begun + timedelta(minutes=30) if number == 1 else None,
        )
    touched = touched_by("accept", now=begun + timedelta(days=29))
    assert [(one.department, one.begun, one.missed, one.people) for one in touched] == [(town.service, 2, 1, 1)]
    assert touched_by("accept", now=begun + timedelta(days=31)) == []


def test_the_effect_says_how_many_running_clocks_it_would_have_moved(as_admin, registered, pass_time):
    for _case in range(3):
        registered()
    pass_time(by=timedelta(minutes=10))
    shown = as_admin.post("/settings/policies/accept/effect/", accept_form(length="5m"))
    touched = shown.context["touched"]
    assert (touched.changed, touched.overdue) == (3, 3)
