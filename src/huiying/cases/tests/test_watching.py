"""Whoever watches a case hears of it as far as they may see it, and nobody is called in for watching (SPEC K4, K5)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils.timezone import now

from huiying.cases import verbs
from huiying.cases.actions import accept, assign, hear, note, recuse, unwatch, urge, watch
from huiying.cases.models import Watcher
from huiying.channels.words import Words
from huiying.deadlines.verbs import MISSED
from huiying.journal.actors import customer_actor
from huiying.kit.guards import Refused
from huiying.notifications.habits import habits_of_role
from huiying.notifications.matrix import CELL_BY_CODE
from huiying.notifications.models import Notice

from .lodging import lodge
from .telling import done, refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(town, actor):
    """王芳's case, which 赵敏, the head of the department, watches."""
    lodged = lodge(town.wang, team=town.first_team, owner=town.wang)
    watch(lodged, by=actor(town.zhao), at=now())
    return lodged


@pytest.fixture
def told(perform_duties, town):
    """Return a function: perform what is due and say who was told of a verb."""

    def told_(verb):
        perform_duties()
        return set(Notice.objects.filter(entry__verb=verb.code).values_list("user__username", flat=True))

    return told_


def write(case, town):
    customer = customer_actor(pk=town.zhang.pk, name="张敏")
    hear(case, Words(text="还没有人联系我", channel="email"), by=customer, author_name="张敏", at=now())


def test_a_watcher_hears_what_the_customer_wrote(case, town, told):
    write(case, town)
    assert told(verbs.RECEIVED_WORD) == {"wangfang", "zhaomin"}


def test_whoever_watches_no_longer_is_told_no_longer(case, town, actor, told):
    unwatch(case, by=actor(town.zhao), at=now())
    unwatch(case, by=actor(town.zhao), at=now())
    write(case, town)
    assert told(verbs.RECEIVED_WORD) == {"wangfang"}


def test_a_watcher_who_acts_is_not_told_of_it(case, town, actor, told):
    urge(case, by=actor(town.zhao), at=now())
    assert told(verbs.URGED) == {"wangfang"}


def test_notes_that_name_others_are_no_news_for_watchers(case, town, actor, told):
    note(case, "请看一下", by=actor(town.wang), at=now(), mentions=[town.li])
    assert told(verbs.NOTED) == {"liqiang"}


def test_an_owner_who_watches_is_told_once_as_the_owner(case, town, actor, told):
    watch(case, by=actor(town.wang), at=now())
    write(case, town)
    told(verbs.RECEIVED_WORD)
    assert Notice.objects.filter(user=town.wang, entry__verb=verbs.RECEIVED_WORD.code).count() == 1


def test_watching_gives_no_sight_of_a_case_that_went_elsewhere(case, town, actor, told):
    watch(case, by=actor(town.li), at=now())
    assign(case, to=town.chen, by=actor(town.admin), at=now())
    told(verbs.ASSIGNED)
    write(case, town)
    assert "liqiang" not in told(verbs.RECEIVED_WORD)


def test_whoever_is_complained_about_watches_no_longer(case, town, actor, told):
    recuse(case, town.zhao, by=actor(town.li), at=now())
    assert not Watcher.objects.filter(case=case).exists()
    write(case, town)
    assert told(verbs.RECEIVED_WORD) == {"wangfang"}


def test_a_watcher_hears_of_a_missed_deadline_but_is_not_called(case, town, actor, pass_time):
    watch(case, by=actor(town.admin), at=now())
    pass_time(by=timedelta(hours=1))
    alarm = Notice.objects.filter(user=town.admin, entry__verb=MISSED.code).first()
    assert alarm is not None
    assert alarm.call is None
    assert Notice.objects.filter(entry=alarm.entry, call__isnull=False).exists()


def test_watched_escalations_can_be_switched_off(town):
    assert not CELL_BY_CODE["escalation.watched"].always
    assert CELL_BY_CODE["escalation.team"].always


def test_roles_tell_watchers_in_huiying_only(town):
    roads = town.wang.role.notice_habits.roads
    assert {tuple(roads[code]) for code in CELL_BY_CODE if code.endswith(".watched")} == {("app",)}
    assert habits_of_role(town.wang.role).roads["escalation.watched"] == {"app"}


def test_watching_needs_somebody_of_ours(case, town):
    with pytest.raises(Refused):
        watch(case, by=customer_actor(pk=town.zhang.pk, name="张敏"), at=now())


def test_the_page_names_the_watchers_and_offers_the_other_button(case, town, as_zhao, as_li):
    place = f"/cases/{case.number}/"
    page = as_zhao.get(place)
    assert page.context["page"].concerned.is_watching
    assert f"{place}watching/ending/" in page.content.decode()
    assert [one.username for one in as_li.get(place).context["page"].concerned.watchers] == ["zhaomin"]
    assert as_li.post(f"{place}watching/", headers={"HX-Request": "true"}).status_code == 204
    assert as_zhao.post(f"{place}watching/ending/").status_code == 302
    assert Watcher.objects.get().user == town.li


def test_a_case_that_nobody_watches_costs_nothing_more(town, as_zhao, django_assert_max_num_queries):
    def asked(case):
        with django_assert_max_num_queries(40) as statements:
            as_zhao.get(f"/cases/{case.number}/parts/")
        return len(statements)

    quiet, watched = (lodge(town.wang, owner=town.wang) for _ in range(2))
    asked(quiet)
    before = asked(quiet)
    for person in (town.zhao, town.li, town.wang):
        Watcher.objects.create(case=watched, user=person, since=now())
    assert asked(watched) == before + 1


def test_the_list_has_a_view_of_what_one_watches(case, town, actor, as_zhao, as_li):
    other = lodge(town.wang, team=town.first_team, owner=town.wang)
    accept(other, by=actor(town.wang), at=now())
    shown = as_zhao.get("/cases/?view=watched").context["page"].items
    assert [one.number for one in shown] == [case.number]
    assert as_li.get("/cases/?view=watched").context["page"].items == []


def test_programs_watch_too(case, town, program):
    api = program(town.li)
    place = f"cases/{case.number}/watching"
    names = [one["username"] for one in done(api.send("PUT", place))["watchers"]]
    assert (
        names
        == ["zhaomin", "liqiang"]
        == [one["username"] for one in done(api.get(f"cases/{case.number}"))["watchers"]]
    )
    assert [one["username"] for one in done(api.send("DELETE", place))["watchers"]] == ["zhaomin"]
    refused(program(town.chen).send("PUT", place), 404)
