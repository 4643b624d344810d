"""Whoever received a case answers for it until another person or team has accepted it (首接负责, SPEC C5, C6)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils.timezone import now

from huiying.cases.actions import (
    Caller,
    accept,
    accept_handover,
    assign,
    assign_to_team,
    investigate,
    recuse,
    return_handover,
    withdraw,
)
from huiying.cases.actions.kind_rule import let_hand_over_always
from huiying.cases.live.scene import scenes
from huiying.cases.models import Case, Handover, Note
from huiying.cases.tests.lodging import lodge
from huiying.cases.tests.test_desk import lines
from huiying.deadlines.holders import holders_of
from huiying.deadlines.models import Clock
from huiying.journal.actors import CLOCKWORK
from huiying.kit.guards import BadInput, DomainError, Refused
from huiying.notifications.models import Notice

from .telling import done, refused

HOUR = timedelta(hours=1)


@pytest.fixture
def case(town, actor):
    lodged = lodge(town.wang, team=town.first_team, owner=town.wang, caller=Caller(customer=town.zhang))
    return accept(lodged, by=actor(town.wang), at=lodged.received_at)


@pytest.fixture
def handed(case, town, actor):
    """李强 gives the case of 王芳 to 孙工 of logistics, who has not said anything yet."""
    return assign(case, to=town.sun, by=actor(town.li), at=case.received_at + HOUR, reason="要查中转站")


def waiting(case):
    return Handover.objects.waiting().filter(case=case).first()


def owners(case):
    return {clock.owner for clock in Clock.objects.about(case).live().select_related("owner")}


def test_who_first_accepted_is_kept(case, handed, town, actor, as_li):
    accept_handover(handed, by=actor(town.sun), at=now())
    case.refresh_from_db()
    assert (case.first_receiver, case.owner) == (town.wang, town.sun)
    page = as_li.get(f"/cases/{case.number}/", headers={"Accept-Language": "en"}).content.decode()
    assert "first received by" in page


def test_until_it_is_accepted_the_giver_answers(case, handed, town, actor):
    assert (handed.owner, handed.giver, handed.stage) == (town.sun, town.wang, "investigating")
    assert owners(case) == {town.wang}
    accept_handover(handed, by=actor(town.sun), at=case.received_at + 3 * HOUR)
    assert owners(case) == {town.sun}
    clock = Clock.objects.select_related("owner", "team", "department").get(subject_id=case.pk, kind="resolve")
    parts = holders_of([clock], now=case.received_at + 4 * HOUR)[clock.pk]
    assert [(part.owner, part.used) for part in parts] == [("王芳", 3 * HOUR), ("孙工", HOUR)]


def test_both_are_warned(case, handed, town, pass_time):
    pass_time(to=case.received_at + 5 * HOUR)
    told = Notice.objects.filter(entry__subject_id=case.pk, weight="warning").values_list("user__name", flat=True)
    assert {"王芳", "孙工"} <= set(told)


def test_both_desks_show_it(case, handed, town, as_wang, as_sun, as_li):
    subject = case.subject
    assert ("Hand-over not accepted yet", subject) in lines(as_wang)
    assert ("Handed over", subject) in lines(as_sun)
    place = f"/cases/{case.number}/handover/acceptance/"
    assert as_sun.post(place, headers={"HX-Request": "true"}).status_code == 204
    assert ("Hand-over not accepted yet", subject) not in lines(as_wang)
    assert ("Handed over", subject) not in lines(as_sun)


def test_it_is_given_back_with_a_reason(case, handed, town, actor, perform_duties):
    with pytest.raises(BadInput):
        return_handover(handed, " ", by=actor(town.sun), at=now())
    back = return_handover(handed, "不归物流，是安装的问题", by=actor(town.sun), at=now())
    assert (back.owner, back.team, back.giver) == (town.wang, town.first_team, None)
    assert Note.objects.get(case=case).text == "不归物流，是安装的问题"
    perform_duties()
    assert Notice.objects.filter(user=town.wang, entry__verb="case_handover_returned").exists()
    assert Handover.objects.get().outcome == Handover.Outcome.RETURNED


def test_only_the_receiver_says_so_and_once(case, handed, town, actor):
    for somebody in (town.wang, town.li, town.zhao):
        with pytest.raises(Refused):
            accept_handover(handed, by=actor(somebody), at=now())
    accept_handover(handed, by=actor(town.sun), at=now())
    with pytest.raises(DomainError):
        return_handover(handed, "晚了", by=actor(town.sun), at=now())


def test_any_of_a_team_accepts_what_was_handed_to_the_team(case, town, actor, as_chen, as_wang):
    handed = assign_to_team(case, team=town.second_team, by=actor(town.li), at=now())
    assert (handed.owner, handed.giver) == (None, town.wang)
    assert ("Handed over", case.subject) in lines(as_chen)
    assert ("Hand-over not accepted yet", case.subject) in lines(as_wang)
    taken = accept_handover(handed, by=actor(town.chen), at=now())
    assert (taken.owner, taken.giver) == (town.chen, None)


def test_who_begins_the_work_has_accepted_it(case, town, actor):
    handed = assign_to_team(case, team=town.second_team, by=actor(town.li), at=now())
    begun = investigate(handed, by=actor(town.chen), at=now())
    assert (begun.owner, begun.giver, waiting(case)) == (town.chen, None, None)


def test_within_a_team_nothing_stands_in_the_way_unless_the_company_wants_it(case, town, actor):
    assert assign(case, to=town.li, by=actor(town.li), at=now()).giver is None
    let_hand_over_always(["complaint"], by=actor(town.admin), at=now())
    assert assign(case, to=town.wang, by=actor(town.li), at=now()).giver == town.li


def test_nobody_has_to_accept_what_nobody_had_what_routing_gives_or_what_they_take(case, town, actor):
    new = lodge(town.wang, team=town.first_team, owner=town.wang)
    assert assign(new, to=town.chen, by=actor(town.li), at=now()).giver is None
    assert assign(case, to=town.chen, by=CLOCKWORK, at=now()).giver is None
    assert assign(case, to=town.zhao, by=actor(town.zhao), at=now()).giver is None


def test_handed_to_somebody_else_meanwhile_the_giver_stays(case, handed, town, actor):
    again = assign(handed, to=town.chen, by=actor(town.li), at=now())
    assert (again.giver, waiting(case).to, Handover.objects.count()) == (town.wang, town.chen, 2)
    back = assign(again, to=town.wang, by=actor(town.li), at=now())
    assert (back.owner, back.giver, waiting(case)) == (town.wang, None, None)


def test_what_ends_or_names_the_giver_ends_the_hand_over(case, handed, town, actor):
    other = lodge(town.wang, team=town.first_team, owner=town.wang)
    other = assign(accept(other, by=actor(town.wang), at=now()), to=town.chen, by=actor(town.li), at=now())
    recuse(other, town.wang, by=actor(town.chen), at=now())
    assert Case.objects.get(pk=other.pk).giver is None
    assert withdraw(handed, reason="不要了", by=actor(town.zhao), at=now()).giver is None
    assert not Handover.objects.waiting().exists()


def test_the_giver_goes_on_seeing_it(case, town, actor, sign_in):
    Case.objects.filter(pk=case.pk).update(registered_by=None)
    own = lodge(town.li, team=town.sales.teams.get(name="大客户组"), owner=town.lin)
    own = accept(own, by=actor(town.lin), at=now())
    assign(own, to=town.chen, by=actor(town.admin), at=now())
    assert sign_in(town.lin).get(f"/cases/{own.number}/").status_code == 200
    [scene] = scenes({own.pk})
    assert scene.concerns(actor(town.lin))


def test_the_setting_is_on_its_page(as_admin, town):
    page = "/settings/closing/"
    as_admin.post(page, {"kinds": ["praise"], "handed_over": ["fault", "complaint"]})
    shown = as_admin.get(page, headers={"Accept-Language": "en"})
    assert set(shown.context["form"]["handed_over"].value()) == {"fault", "complaint"}
    assert "every change of owner is handed over" in shown.content.decode()


def test_a_program_can_do_it_too(case, town, program):
    li, chen = program(town.li), program(town.chen)
    given = done(li.post(f"cases/{case.number}/assignment", {"to": "chenjing", "reason": "归你们"}))
    assert given["owner"]["name"] == "陈静"
    assert given["handover"]["giver"]["name"] == "王芳"
    refused(chen.post(f"cases/{case.number}/handover/return", {"reason": ""}), 422, "reason")
    back = done(chen.post(f"cases/{case.number}/handover/return", {"reason": "不归我们"}))
    assert (back["owner"]["name"], back["handover"], back["first_receiver"]["name"]) == ("王芳", None, "王芳")
    done(li.post(f"cases/{case.number}/assignment", {"team": "投诉二组"}))
    assert done(chen.post(f"cases/{case.number}/handover/acceptance"))["owner"]["name"] == "陈静"


def test_who_gives_a_case_out_of_sight_is_led_to_the_list(town, as_li):
    case = lodge(town.wang, owner=None, team=town.first_team)
    given = {"team": town.second_team.pk, "reason": "归二组"}
    page = {"hx-request": "true", "hx-current-url": f"http://testserver/cases/{case.number}/"}
    answer = as_li.post(f"/cases/{case.number}/assignment/", given, headers=page)
    assert (answer.status_code, answer.headers.get("HX-Redirect")) == (204, "/cases/")
