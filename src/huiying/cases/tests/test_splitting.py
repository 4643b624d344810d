"""Another matter becomes a case of its own, by the words that speak of it (SPEC C14, contract 11)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils.timezone import now

from huiying.cases.actions import (
    Caller,
    SplitDraft,
    accept,
    answer,
    hear,
    merge,
    pause,
    split,
)
from huiying.cases.actions.pausing import PauseDraft
from huiying.cases.customer_link import token_for
from huiying.cases.models import Case, Relation, Side
from huiying.cases.tests.lodging import lodge
from huiying.channels.models import Attachment, Message
from huiying.channels.words import Upload, Words
from huiying.deadlines.actions import sweep
from huiying.deadlines.models import Clock
from huiying.journal.actors import customer_actor
from huiying.kit.guards import BadInput, DomainError, Refused

from .telling import done, refused

HOUR = timedelta(hours=1)
BILL = "另外上个月的发票抬头也开错了，请重开。"


@pytest.fixture
def case(town, actor):
    lodged = lodge(town.wang, team=town.first_team, owner=town.wang, caller=Caller(customer=town.zhang))
    return accept(lodged, by=actor(town.wang), at=lodged.received_at)


@pytest.fixture
def bill(case, town):
    words = Words(text=BILL, channel="wechat", uploads=[Upload(name="发票.txt", content="旧发票".encode())])
    by = customer_actor(pk=town.zhang.pk, name="张敏")
    return hear(case, words, by=by, author_name="张敏", at=case.received_at + HOUR)


def draft(*messages, **parts):
    known = {"kind": "consultation", "level": "general", "urgency": "normal", **parts}
    return SplitDraft(messages=[message.pk for message in messages], **known)


def clock_of(case, kind):
    return Clock.objects.about(case).get(kind=kind)


def test_the_words_and_their_files_make_a_case_of_its_own(case, bill, town, actor):
    part = split(case, draft(bill), by=actor(town.wang), at=case.received_at + 2 * HOUR)
    assert (part.stage, part.subject, part.customer, part.kind) == ("received", BILL, town.zhang, "consultation")
    [copy] = Message.objects.about(part)
    assert (copy.text, copy.at, copy.channel) == (BILL, bill.at, "wechat")
    kept, again = Attachment.objects.filter(message__in=[bill, copy]).order_by("id")
    assert (kept.file.name, kept.name) == (again.file.name, again.name)
    assert Message.objects.about(case).filter(pk=bill.pk).exists()


def test_it_is_routed_like_a_new_one_and_linked_as_chosen(case, bill, town, actor):
    part = split(case, draft(bill), by=actor(town.wang), at=now())
    assert part.team.name == "销售顾问组"
    assert part.routing["rule"]
    [link] = Relation.objects.of(part)
    assert link.seen_from(part) is Side.CHILD_OF
    later = split(case, draft(bill, side=Side.FOLLOW_UP_OF), by=actor(town.wang), at=now())
    assert Relation.objects.of(later).get().seen_from(case) is Side.FOLLOWED_BY
    with pytest.raises(BadInput):
        split(case, draft(bill, side=Side.DUPLICATE_OF), by=actor(town.wang), at=now())


def test_clocks_that_still_run_keep_the_sources_start_and_the_others_begin_now(case, bill, town, actor):
    at = case.received_at + 3 * HOUR
    part = split(case, draft(bill, kind="complaint"), by=actor(town.wang), at=at)
    source, own = clock_of(case, "resolve"), clock_of(part, "resolve")
    assert (own.started_at, own.due_at) == (source.started_at, source.due_at)
    assert clock_of(part, "accept").started_at == at
    assert {clock.kind for clock in Clock.objects.about(part)} == {"accept", "first_answer", "resolve"}
    case.refresh_from_db()
    assert part.due_at == min(clock.due_at for clock in Clock.objects.about(part).running())


def test_another_kind_replans_what_remains_and_who_had_the_time_is_kept(case, bill, town, actor):
    part = split(case, draft(bill), by=actor(town.wang), at=case.received_at + 3 * HOUR)
    clock = clock_of(part, "resolve")
    assert (clock.policy.code, clock.started_at) == ("resolve-consultation", clock_of(case, "resolve").started_at)
    assert [stint.owner for stint in clock.stints.all()] == [town.wang]


def test_what_stands_still_stands_still_there_too(case, bill, town, actor):
    at = case.received_at + HOUR
    pause(case, PauseDraft(reason="customer", follow_up_at=at + 24 * HOUR), by=actor(town.wang), at=at)
    part = split(case, draft(bill, kind="complaint"), by=actor(town.wang), at=at)
    clock = clock_of(part, "resolve")
    assert (clock.state, clock.pauses.get().follow_up_at) == (Clock.State.PAUSED, at + 24 * HOUR)
    assert sweep(at + 25 * HOUR)


def test_only_the_customers_own_words_of_this_case(case, bill, town, actor):
    by = actor(town.wang)
    other = lodge(town.wang, team=town.first_team, owner=town.wang)
    ours = answer(case, Words(text="好的", channel="phone"), by=by, at=now())
    for wrong in ([], [ours], [bill, Message.objects.about(other).get()]):
        with pytest.raises(BadInput):
            split(case, draft(*wrong), by=by, at=now())


def test_who_does_not_register_cases_does_not_split_and_an_ended_case_is_not_split(case, bill, town, actor, as_chen):
    with pytest.raises(Refused):
        split(case, draft(bill), by=actor(town.sun), at=now())
    assert as_chen.get(f"/cases/{case.number}/splits/").status_code == 404
    other = lodge(town.wang, team=town.first_team, owner=town.wang, caller=Caller(customer=town.zhang))
    merge(case, into=other, by=actor(town.wang), at=now())
    with pytest.raises(DomainError):
        split(case, draft(bill), by=actor(town.wang), at=now())


def test_merged_back_the_words_stand_once(case, bill, town, actor, as_wang, as_nobody):
    part = split(case, draft(bill), by=actor(town.wang), at=now())
    merge(part, into=Case.objects.get(pk=case.pk), by=actor(town.wang), at=now())
    shown = [item.text for item in as_wang.get(f"/cases/{case.number}/").context["page"].items]
    assert shown.count(BILL) == 1
    own = as_nobody.get(f"/c/{token_for(case)}/").context["page"]
    assert [message.text for message in own.messages].count(BILL) == 1
    assert not own.others


def test_it_is_done_on_the_page_from_a_message(case, bill, as_wang):
    page = as_wang.get(f"/cases/{case.number}/").content.decode()
    address = f"/cases/{case.number}/splits/?message={bill.pk}"
    assert address in page
    form = as_wang.get(address).context["form"]
    assert (form.chosen, form["subject"].value(), form["kind"].value()) == ({bill.pk}, BILL, "complaint")
    sent = {"messages": bill.pk, "kind": "complaint", "level": "general", "urgency": "normal", "side": "child_of"}
    assert as_wang.post(f"/cases/{case.number}/splits/", {**sent, "messages": 0}).status_code == 422
    assert as_wang.post(f"/cases/{case.number}/splits/", sent).status_code == 302
    part = Case.objects.get(split_from__source=case)
    for shown, other in ((case, part), (part, case)):
        page = as_wang.get(f"/cases/{shown.number}/").content.decode()
        assert page.count(other.number) > 2  # the timeline, the link, and for the source the message


def test_the_customers_page_shows_both(case, bill, town, actor, as_nobody):
    part = split(case, draft(bill), by=actor(town.wang), at=now())
    for shown, other in ((case, part), (part, case)):
        page = as_nobody.get(f"/c/{token_for(shown)}/").content.decode()
        assert f"/c/{token_for(other)}/" in page
    Case.objects.filter(pk=part.pk).update(customer=None)
    assert part.number not in [
        other.case.number for other in as_nobody.get(f"/c/{token_for(case)}/").context["page"].others
    ]


def test_a_program_can_do_it_too(case, bill, program, town):
    wang = program(town.wang)
    made = done(wang.post(f"cases/{case.number}/splits", {"messages": [bill.pk], "side": "follow_up_of"}), 201)
    assert (made["kind"], made["stage"]) == ("complaint", "received")
    [link] = done(wang.get(f"cases/{made['number']}"))["relations"]
    assert (link["side"], link["number"]) == ("follow_up_of", case.number)
    refused(wang.post(f"cases/{case.number}/splits", {"messages": [bill.pk + 999]}), 422, "messages")


def test_a_sheet_that_is_sent_twice_makes_one_case(case, bill, as_wang):
    address = f"/cases/{case.number}/splits/"
    token = str(as_wang.get(address).context["csrf_token"])
    sent = {"messages": bill.pk, "kind": "complaint", "level": "general", "urgency": "normal", "side": "child_of"}
    for _time in range(2):
        assert as_wang.post(address, {**sent, "csrfmiddlewaretoken": token}).status_code == 302
    assert Case.objects.exclude(pk=case.pk).count() == 1
