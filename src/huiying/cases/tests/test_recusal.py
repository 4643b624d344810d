"""Who is named in a complaint knows nothing of it, and a second handling goes to somebody else (SPEC C15)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils.timezone import now

from huiying.cases.actions import (
    ActionDraft,
    Caller,
    accept,
    assign,
    hear,
    lift_recusal,
    merge,
    plan_action,
    record_findings,
    recuse,
    reopen,
    split,
    withdraw,
)
from huiying.cases.actions.batch import go_on
from huiying.cases.actions.splitting import SplitDraft
from huiying.cases.live.scene import scenes
from huiying.cases.models import Batch, BatchLine, Case, Recusal, Route
from huiying.cases.tests.lodging import findings, lodge
from huiying.cases.verbs import NAMED, UNNAMED
from huiying.channels.words import Words
from huiying.journal.actors import customer_actor
from huiying.journal.models import Entry
from huiying.kit.guards import BadInput, DomainError, Refused
from huiying.notifications.models import Dispatch, Notice, Robot
from huiying.staff.models import Absence, User

from .telling import done, refused

HOUR = timedelta(hours=1)
HTMX = {"HX-Request": "true"}


@pytest.fixture
def case(town, actor):
    lodged = lodge(town.wang, team=town.first_team, owner=town.wang, caller=Caller(customer=town.zhang))
    return accept(lodged, by=actor(town.wang), at=lodged.received_at)


@pytest.fixture
def named(case, town, actor):
    """王芳 handles the case; now it turns out that she is complained about."""
    return recuse(case, town.wang, by=actor(town.li), at=now())


def test_who_is_named_finds_the_case_nowhere(case, named, town, as_wang, program):
    place, api = f"/cases/{case.number}/", program(town.wang)
    for path in (place, f"{place}parts/", f"{place}presence/", f"{place}notes/", f"{place}assignment/"):
        assert as_wang.post(path, {"text": "x"}).status_code in {404, 405}, path
    assert as_wang.get(place).status_code == 404
    for path in ("/", "/board/", "/cases/", f"/search/?q={case.number}", "/cases/missed/", "/notices/"):
        assert place not in as_wang.get(path).content.decode(), path
    card = as_wang.get(f"/customers/{town.zhang.number}/cases/").context["known"]
    assert card.cases == []
    refused(api.get(f"cases/{case.number}"), 404)
    assert done(api.get("cases"))["items"] == []
    assert case.number not in str(done(api.get("events")))


def test_others_go_on_seeing_it(case, named, as_li, as_zhao):
    for client in (as_li, as_zhao):
        assert client.get(f"/cases/{case.number}/").status_code == 200


def test_live_news_pass_them_by(case, named, town, actor):
    [scene] = scenes({case.pk})
    assert not scene.is_seen_by(actor(town.wang))
    assert scene.is_seen_by(actor(town.li))


def test_what_they_held_goes_back_to_the_team_and_the_lead_is_told(case, town, actor, perform_duties):
    due = now() + 4 * HOUR
    case = Case.objects.get(pk=case.pk)
    by = actor(town.li)
    record_findings(case, findings(town), by=by, at=now())
    draft = ActionDraft(title="致歉", department=town.service, owner=town.wang, due_at=due)
    item = plan_action(case, draft, by=by, at=now())
    recuse(case, town.wang, by=actor(town.zhao), at=now())
    perform_duties()
    case.refresh_from_db()
    item.refresh_from_db()
    assert (case.owner, case.team, item.owner) == (None, town.first_team, None)
    assert Notice.objects.filter(user=town.li, entry__verb=NAMED.code).exists()
    assert not Notice.objects.filter(user=town.wang, entry__subject_id=case.pk).exists()


def test_it_cannot_come_to_them(case, named, town, actor):
    for deed in (
        lambda: assign(case, to=town.wang, by=actor(town.li), at=now()),
        lambda: plan_action(
            case,
            ActionDraft(title="x", department=town.service, owner=town.wang, due_at=now() + HOUR),
            by=actor(town.li),
            at=now(),
        ),
    ):
        with pytest.raises(DomainError):
            deed()


def test_a_head_who_is_named_is_passed_over_and_does_not_take_it_back(case, town, actor, as_zhao, pass_time):
    made = recuse(case, town.zhao, by=actor(town.wang), at=now())
    recuse(case, town.li, by=actor(town.wang), at=now())
    assert as_zhao.post(f"/cases/{case.number}/recusals/{made.pk}/lifting/", {"reason": "不是我"}).status_code == 404
    with pytest.raises(Refused):
        lift_recusal(made, "不是我", by=actor(town.zhao), at=now())
    pass_time(by=timedelta(days=3))
    told = Notice.objects.filter(entry__subject_id=case.pk, weight="escalation").values_list("user__name", flat=True)
    assert set(told) & {town.admin.name}
    assert not set(told) & {town.zhao.name, town.li.name}


def test_a_leader_takes_it_back_with_a_reason_and_both_are_journalled(case, named, town, actor, as_wang):
    with pytest.raises(BadInput):
        lift_recusal(named, " ", by=actor(town.li), at=now())
    lift_recusal(named, "客户说的是另一位王女士", by=actor(town.li), at=now())
    assert as_wang.get(f"/cases/{case.number}/").status_code == 200
    verbs = Entry.objects.about(case).filter(verb__in=[NAMED.code, UNNAMED.code]).order_by("id")
    assert [(entry.verb, entry.facts["name"]) for entry in verbs] == [(NAMED.code, "王芳"), (UNNAMED.code, "王芳")]
    with pytest.raises(DomainError):
        lift_recusal(named, "再来一次", by=actor(town.li), at=now())
    recuse(case, town.wang, by=actor(town.li), at=now())
    assert Recusal.objects.filter(case=case).count() == 2


def test_a_new_case_is_routed_past_them_and_their_substitution(town, actor):
    Route.objects.update(team=town.first_team, to_manager=True)
    town.zhang.owner = town.lin
    town.zhang.save()
    today = now().date()
    Absence.objects.create(user=town.lin, from_day=today, until_day=today, substitute=town.wang)
    caller = Caller(customer=town.zhang)
    assert lodge(town.admin, caller=caller).owner == town.wang
    case = lodge(town.admin, caller=caller, complained_about=[town.wang])
    assert case.owner == town.li
    told = {one["name"]: one["why_not"] for one in case.routing["considered"]}
    assert told["王芳"] == "named"


def test_merging_and_splitting_take_it_along(case, town, actor):
    by = actor(town.li)
    other = lodge(town.li, team=town.first_team, owner=town.li, caller=Caller(customer=town.zhang))
    recuse(case, town.chen, by=by, at=now())
    customer = customer_actor(pk=town.zhang.pk, name="张敏")
    said = hear(case, Words(text="还有发票", channel="phone"), by=customer, author_name="张敏", at=now())
    draft = SplitDraft(messages=[said.pk], kind="complaint", level="general", urgency="normal")
    part = split(case, draft, by=by, at=now())
    merge(part, into=other, by=by, at=now())
    assert list(Recusal.objects.filter(user=town.chen).values_list("case", flat=True)) == [case.pk, part.pk, other.pk]


def test_of_duplicates_they_know_nothing_either(case, town, actor):
    by = actor(town.li)
    caller = Caller(customer=town.zhang)
    before, after = (lodge(town.li, team=town.first_team, owner=town.wang, caller=caller) for _time in range(2))
    merge(before, into=case, by=by, at=now())
    made = recuse(case, town.wang, by=by, at=now())
    merge(after, into=case, by=by, at=now())
    told = [before, after, case]
    assert not Case.objects.visible_to(actor(town.wang)).filter(pk__in=[one.pk for one in told]).exists()
    assert not Case.objects.filter(pk__in=[before.pk, after.pk], owner=town.wang).exists()
    lift_recusal(made, "弄错了", by=by, at=now())
    assert Case.objects.visible_to(actor(town.wang)).filter(pk__in=[one.pk for one in told]).count() == 3


def test_somebody_who_leads_is_left_to_see_it(case, town, actor, program):
    by = actor(town.wang)
    recuse(case, town.li, by=by, at=now())
    recuse(case, town.admin, by=by, at=now())
    with pytest.raises(DomainError):
        recuse(case, town.zhao, by=by, at=now())
    everybody = [town.li.username, town.admin.username, town.zhao.username]
    about = {"description": "他们都不理我", "kind": "complaint", "channel": "phone", "complained_about": everybody}
    refused(program(town.wang).post("cases", about), 409)
    assert Recusal.objects.filter(case=case).count() == 2


def test_whoever_reads_the_log_finds_nothing_of_it(case, town, actor, as_admin):
    address = f"/settings/log/?subject=cases.case:{case.pk}"
    taken = f"/settings/log/file/?subject=cases.case:{case.pk}"
    assert as_admin.get(address).context["lines"]
    recuse(case, town.admin, by=actor(town.li), at=now())
    assert as_admin.get(address).context["lines"] == []
    assert town.admin.name not in "".join(line.decode() for line in as_admin.post(taken).streaming_content)
    assert as_admin.get("/settings/log/?verb=case_recused").context["lines"] == []


def test_in_a_group_nothing_is_said_of_it(case, town, actor, pass_time):
    """王芳 reads in the group of 投诉一组, too."""
    of_team = Robot.objects.create(kind="wecom", name="群", team=town.first_team, url="https://127.0.0.1/")
    own = Robot.objects.create(kind="dingtalk", name="我", user=town.li, url="https://127.0.0.1/")
    pass_time(by=2 * HOUR)
    assert Dispatch.objects.filter(robot=of_team).exists()
    Dispatch.objects.update(state=Dispatch.State.WAITING)
    recuse(case, town.wang, by=actor(town.zhao), at=now())
    assert not Dispatch.objects.filter(robot=of_team).exists()
    pass_time(by=timedelta(days=2))
    assert Dispatch.objects.filter(robot=own, notice__entry__subject_id=case.pk).exists()
    assert not Dispatch.objects.filter(robot=of_team, notice__entry__subject_id=case.pk).exists()
    assert Notice.objects.filter(user=town.li, entry__subject_id=case.pk, weight="escalation").exists()


def test_a_batch_chosen_before_leaves_it_alone(case, town, as_li, actor):
    batch = Batch.objects.create(
        key="0b3c1c1e-0000-4000-8000-000000000000", user=town.li, deed="urgency", name="urgent",
        wanted={"name": "urgent"}, started_at=now(), moved_at=now(),
    )  # fmt: skip
    BatchLine.objects.create(batch=batch, case=case)
    recuse(case, town.li, by=actor(town.wang), at=now())
    go_on(batch, by=actor(town.li), at=now())
    assert batch.lines.get().result == BatchLine.Result.REFUSED


def test_it_is_done_on_the_page(case, town, as_wang, as_li):
    place = f"/cases/{case.number}"
    as_wang.post(f"{place}/recusals/", {"person": town.chen.pk})
    page = as_li.get(f"{place}/").content.decode()
    made = Recusal.objects.get()
    assert town.chen.name in page
    assert f"{place}/recusals/{made.pk}/lifting/" in page
    assert as_wang.post(f"{place}/recusals/{made.pk}/lifting/", {"reason": "x"}).status_code == 422
    as_li.post(f"{place}/recusals/{made.pk}/lifting/", {"reason": "弄错了"})
    assert not Recusal.objects.standing().exists()
    oneself = as_wang.post(f"{place}/recusals/", {"person": town.wang.pk}, headers=HTMX)
    assert oneself["HX-Redirect"] == "/"


def test_it_is_said_while_registering_and_investigating(town, actor, as_li, as_wang):
    sent = {
        "channel": "phone", "description": "王芳挂我电话，请换人处理", "kind": "complaint", "urgency": "normal",
        "level": "general", "mood": "angry", "complained_about": town.wang.pk,
    }  # fmt: skip
    address = as_li.post("/cases/new/", sent).url
    case = Case.objects.get()
    assert (as_li.get(address).status_code, as_wang.get(address).status_code) == (200, 404)
    assert case.owner == town.li
    accept(case, by=actor(town.li), at=now())
    found = findings(town)
    facts = {
        "facts": "录音属实", "cause": found.cause.pk, "root_cause": "情绪管理", "department": town.service.pk,
        "complained_about": town.chen.pk,
    }  # fmt: skip
    assert as_li.post(f"/cases/{case.number}/investigation/", facts).status_code == 302
    assert {one.user for one in Recusal.objects.standing()} == {town.wang, town.chen}


def test_a_program_can_do_it_too(case, town, program):
    li = program(town.li)
    made = done(li.post(f"cases/{case.number}/recusals", {"person": "wangfang"}), 201)
    assert done(li.get(f"cases/{case.number}"))["complained_about"][0]["id"] == made["id"]
    refused(li.post(f"cases/{case.number}/recusals", {"person": "wangfang"}), 409)
    lifted = done(li.post(f"cases/{case.number}/recusals/{made['id']}/lifting", {"reason": "弄错了"}))
    assert lifted["lifted_at"]


def test_a_second_handling_goes_to_somebody_else_and_says_why(case, town, actor, as_li):
    withdraw(case, reason="算了", by=actor(town.li), at=now())
    again = reopen(case, reason="又坏了", by=actor(town.li), at=now())
    assert again.owner == town.li
    assert again.routing["reason"] == "second-handling"
    told = {one["name"]: one["why_not"] for one in again.routing["considered"]}
    assert told == {"李强": "", "王芳": "handled-before"}
    page = as_li.get(f"/cases/{case.number}/", headers={"Accept-Language": "en"}).content.decode()
    assert "handled it before" in page


def test_where_nobody_else_is_there_it_stays(case, town, actor):
    User.objects.filter(pk=town.li.pk).update(is_on_shift=False)
    withdraw(case, reason="算了", by=actor(town.li), at=now())
    again = reopen(case, reason="又坏了", by=actor(town.li), at=now())
    assert (again.owner, again.routing["reason"]) == (town.wang, "second-handling-alone")


def test_colleagues_stand_in_the_order_of_their_readings_with_where_they_belong(town, as_wang):
    for name in ("高峰", "陈静一"):
        User.objects.create(
            username=name, name=name, role=town.chen.role, department=town.wang.department, is_on_shift=True
        )
    page = as_wang.get("/cases/new/").content.decode()
    listed = page[page.index('id="id_complained_about"') :]
    assert listed.index("陈静一") < listed.index("高峰") < listed.index("王芳")
    assert f"高峰 · {town.wang.department}" in listed
