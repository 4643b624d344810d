"""An escalation asks for a word: who gives it is seen by all, and where nobody does the next one up is told, once."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from huiying.cases.passing_on import pass_on
from huiying.deadlines.models import Clock
from huiying.journal.models import Entry
from huiying.kit.guards import DomainError, Refused
from huiying.notifications.actions.call import acknowledge, set_answer_minutes
from huiying.notifications.models import Call, Notice
from huiying.staff.models import Department

from .lodging import lodge

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


@pytest.fixture
def missed(town, pass_time):
    """Return a case whose first answer was missed just now; 李强 is called in, a rung above there is none."""
    case = lodge(town.wang, owner=town.wang)
    Clock.objects.about(case).exclude(kind="accept").delete()
    clock = Clock.objects.about(case).get()
    pass_time(to=clock.due_at + MINUTE)
    Clock.objects.about(case).update(next_ring_at=None)
    return case


def told(person):
    return Notice.objects.filter(user=person, weight="escalation").count()


def notice_of(person) -> Notice:
    return Notice.objects.filter(user=person, weight="escalation").latest("id")


def test_only_the_called_in_rung_is_asked(missed, town):
    assert notice_of(town.li).wants_answer
    assert not notice_of(town.wang).wants_answer


def test_unanswered_it_goes_one_rung_up_once(missed, town, pass_time):
    assert told(town.zhao) == 0
    pass_time(by=31 * MINUTE)
    assert told(town.zhao) == 1
    pass_time(by=300 * MINUTE)
    assert (told(town.zhao), told(town.li)) == (1, 1)
    assert Entry.objects.about(missed).filter(verb="escalation_unanswered").count() == 1


def test_acknowledged_it_stays_and_all_see_by_whom(missed, town, pass_time, as_li, as_wang, as_zhao):
    notice = notice_of(town.li)
    assert f"/notices/{notice.pk}/acknowledgement/" in as_li.get("/notices/").content.decode()
    as_li.post(f"/notices/{notice.pk}/acknowledgement/")
    pass_time(by=300 * MINUTE)
    assert told(town.zhao) == 0
    clock = Clock.objects.about(missed).get()
    assert "李强" in as_wang.get(f"/cases/{missed.number}/clocks/{clock.pk}/").content.decode()
    assert "已知悉" in as_wang.get(missed.get_absolute_url()).content.decode()
    assert "李强" in as_li.get("/notices/?view=all").content.decode()
    assert as_zhao.post(f"/notices/{notice.pk}/acknowledgement/").status_code == 404


def test_only_who_was_told_may_say_so_and_the_first_counts(missed, town, actor):
    notice = notice_of(town.li)
    with pytest.raises(Refused):
        acknowledge(notice, by=actor(town.zhao), at=timezone.now())
    with pytest.raises(DomainError):
        acknowledge(notice_of(town.wang), by=actor(town.wang), at=timezone.now())
    for _time in range(2):
        acknowledge(notice, by=actor(town.li), at=timezone.now())
    assert Entry.objects.about(missed).filter(verb="escalation_acknowledged").count() == 1


def test_an_escalation_followed_stays_until_it_is_acknowledged(missed, town, as_li):
    notice = notice_of(town.li)
    as_li.get(f"/notices/{notice.pk}/")
    page = as_li.get("/notices/").content.decode()
    assert page.count(f"/notices/{notice.pk}/acknowledgement/") == 2  # with and without scripts


def test_a_higher_rung_makes_the_lower_ones_silence_count_no_more(town, pass_time):
    case = lodge(town.wang, owner=town.wang)
    Clock.objects.about(case).exclude(kind="accept").delete()
    clock = Clock.objects.about(case).get()
    pass_time(to=clock.due_at + (clock.due_at - clock.started_at) / 2 + MINUTE)  # 150 %: the head is called in
    assert told(town.zhao) == 1
    pass_time(by=60 * MINUTE)
    assert told(town.zhao) == 1
    assert Entry.objects.about(case).filter(verb="escalation_unanswered").count() == 1


def test_what_is_done_meanwhile_is_passed_on_to_nobody(missed, town, pass_time):
    Clock.objects.about(missed).update(state="met", ended_at=timezone.now(), next_ring_at=None)
    pass_time(by=60 * MINUTE)
    assert told(town.zhao) == 0
    assert not Call.objects.waiting().exists()


def test_the_minutes_are_set_by_an_administrator(town, actor, as_admin, as_li):
    as_admin.post("/settings/notices/defaults/", {"answer_minutes": "0"})
    with pytest.raises(Refused):
        set_answer_minutes(5, by=actor(town.li), at=timezone.now())
    assert "30" in Entry.objects.get(verb="notice_terms_changed").sentence


def test_where_nothing_is_passed_on_a_word_is_asked_for_all_the_same(town, pass_time, actor, as_li):
    set_answer_minutes(0, by=actor(town.admin), at=timezone.now())
    case = lodge(town.wang, owner=town.wang)
    Clock.objects.about(case).exclude(kind="accept").delete()
    pass_time(to=Clock.objects.about(case).get().due_at + MINUTE)
    Clock.objects.about(case).update(next_ring_at=None)
    pass_time(by=60 * MINUTE)
    assert (told(town.zhao), notice_of(town.li).wants_answer) == (0, True)


def test_a_vacant_place_above_is_passed_over(missed, town, pass_time):
    Department.objects.filter(pk=town.service.pk).update(head=None)
    pass_time(by=60 * MINUTE)
    assert told(town.zhao) == 0
    assert Entry.objects.about(missed).filter(verb="escalation_unanswered").exists()


def test_two_workers_pass_it_on_once(missed, monday_morning):
    monday_morning.shift(31 * MINUTE)
    assert [pass_on(timezone.now()), pass_on(timezone.now())] == [1, 0]


def test_the_page_asks_whom_it_calls_and_nobody_else(missed, town, as_li, as_wang):
    place = missed.get_absolute_url()
    [notice] = as_li.get(place).context["page"].calls
    said = f"{place}calls/{notice.pk}/acknowledgement/"
    assert said in as_li.get(place).content.decode()
    assert as_wang.get(place).context["page"].calls == []
    assert as_wang.post(said).status_code == 404
    assert as_li.post(said, headers={"HX-Request": "true"}).status_code == 204
    assert as_li.get(place).context["page"].calls == []
    assert Call.objects.get(notices=notice).answered_by == town.li


def test_where_no_clock_has_rung_nobody_is_looked_for(town, as_li, django_assert_max_num_queries):
    case = lodge(town.wang, owner=town.wang)
    with django_assert_max_num_queries(40) as asked:
        as_li.get(f"{case.get_absolute_url()}parts/")
    assert not any("notifications_notice" in one["sql"] for one in asked.captured_queries)
