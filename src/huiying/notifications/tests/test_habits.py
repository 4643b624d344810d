"""Everybody chooses what they are told and how; who chose nothing follows their role."""

from __future__ import annotations

import pytest
from django.utils import timezone

from huiying.journal.models import Entry
from huiying.kit.guards import Refused
from huiying.notifications.actions.habits import follow_role, set_defaults, set_habits
from huiying.notifications.habits import habits_of, habits_of_role, with_habits
from huiying.notifications.models import Dispatch, Notice, OwnHabits
from huiying.notifications.queries import unread_count

pytestmark = pytest.mark.django_db
PAGE = "/settings/notices/"
ASIDE = {"quiet_from": "22:00", "quiet_until": "08:00", "rhythm": "at_once", "daily_at": "09:00"}


def now_habits(user):
    (person,) = with_habits([user.pk])
    return habits_of(person)


def test_only_what_differs_from_the_role_is_kept(town, wish):
    wish(town.wang, {"given.mine": frozenset({"app", "mail"})}, rhythm="hourly")
    own = OwnHabits.objects.get(user=town.wang)
    assert own.roads == {"given.mine": ["app", "mail"]}
    assert (own.rhythm, own.quiet_from, own.breaks_quiet) == ("hourly", None, None)


def test_a_change_of_the_defaults_reaches_those_who_did_not_choose_otherwise(town, wish, actor):
    wish(town.wang, {"given.mine": frozenset({"app", "mail"})})
    role = town.wang.role
    base = habits_of_role(role)
    changed = {**base.roads, "given.mine": frozenset(), "customer.mine": frozenset({"mail"})}
    wished = type(base)(roads=changed, rhythm="daily")
    set_defaults(role, wished, by=actor(town.admin), at=timezone.now())
    mine = now_habits(town.wang)
    assert mine.roads["given.mine"] == {"app", "mail"}
    assert (mine.roads["customer.mine"], mine.rhythm) == ({"mail"}, "daily")


def test_escalations_are_always_shown_in_huiying(town, wish):
    wish(town.wang, {"escalation.mine": frozenset()})
    assert now_habits(town.wang).roads["escalation.mine"] == {"app"}


def test_whoever_wants_something_nowhere_is_not_told(town, wish, told, actor):
    wish(town.wang, {"given.mine": frozenset()})
    told(town.wang)
    assert not Notice.objects.filter(user=town.wang).exists()


def test_what_comes_by_mail_only_rings_no_bell(town, wish, told, actor, office):
    wish(town.wang, {"given.mine": frozenset({"mail"})})
    told(town.wang)
    assert unread_count(actor(town.wang)) == 0
    assert Dispatch.objects.get().road == "mail"


def test_nobody_chooses_for_others(town, actor):
    with pytest.raises(Refused):
        set_habits(town.wang, now_habits(town.wang), by=actor(town.admin), at=timezone.now())
    with pytest.raises(Refused):
        follow_role(town.wang, by=actor(town.li), at=timezone.now())
    with pytest.raises(Refused):
        set_defaults(town.wang.role, now_habits(town.wang), by=actor(town.li), at=timezone.now())


def test_the_page_keeps_the_roads_it_does_not_draw(town, as_wang):
    """Without a mail server the column for mail is not drawn; what the role says of it holds on."""
    assert "escalation.mine" in as_wang.get(PAGE).content.decode()
    assert as_wang.post(PAGE, {**ASIDE, "given.mine": "app"}).status_code == 302
    mine = now_habits(town.wang)
    assert mine.roads["escalation.mine"] == {"app", "mail", "wecom", "dingtalk", "feishu"}
    assert (mine.roads["given.mine"], mine.roads["customer.mine"]) == ({"app"}, set())


def test_one_can_go_back_to_the_defaults(town, as_wang, wish):
    wish(town.wang, rhythm="daily")
    assert as_wang.post(f"{PAGE}own/removal/").status_code == 302
    assert now_habits(town.wang) == habits_of_role(town.wang.role)


def test_an_administrator_sets_the_defaults_of_a_role_and_the_log_says_so(town, as_admin):
    page = f"{PAGE}defaults/{town.wang.role_id}/"
    assert as_admin.post(page, {**ASIDE, "rhythm": "daily", "deadline.mine": ["app", "mail"]}).status_code == 302
    said = Entry.objects.filter(verb="notice_defaults_changed").get()
    assert said.facts["changes"]["deadline.mine"] == [["app"], ["app", "mail"]]
    assert "期限快到（我的）" in as_admin.get(page).content.decode()


def test_the_pages_cost_the_same_for_many_roles(as_admin, as_wang, django_assert_max_num_queries):
    with django_assert_max_num_queries(7):
        as_admin.get(f"{PAGE}defaults/")
    with django_assert_max_num_queries(6):
        as_wang.get(PAGE)
