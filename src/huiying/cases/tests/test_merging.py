"""A duplicate goes on as another case, nothing moves, and it can be undone as if it had never been (SPEC C14)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils.timezone import now

from huiying.cases.actions import (
    Caller,
    PromiseDraft,
    accept,
    answer,
    hear,
    merge,
    note,
    pause,
    promise,
    undo_merge,
    withdraw,
)
from huiying.cases.customer_link import token_for
from huiying.cases.models import Case, Merge, Promise
from huiying.cases.queries.merged import surviving
from huiying.cases.tests.lodging import lodge
from huiying.channels.models import Attachment, Message
from huiying.channels.reply_tokens import token_for as reply_token
from huiying.channels.words import Upload, Words
from huiying.deadlines.actions import PauseDraft
from huiying.deadlines.models import Clock
from huiying.intake.receiving import receive_mail
from huiying.journal.actors import customer_actor
from huiying.kit.guards import BadInput, DomainError, Refused
from huiying.notifications.models import Notice

from .telling import done, refused

HOUR = timedelta(hours=1)


@pytest.fixture
def by(town, actor):
    return actor(town.wang)


@pytest.fixture
def zhang(town):
    return customer_actor(pk=town.zhang.pk, name="张敏")


@pytest.fixture
def lodged(town):
    def lodged_(**parts):
        parts = {"caller": Caller(customer=town.zhang), **parts}
        return lodge(town.wang, team=town.first_team, owner=town.wang, **parts)

    return lodged_


@pytest.fixture
def pair(lodged, by, pass_time):
    """The duplicate, which came first and was accepted, and the case that stays, two hours younger."""
    source = accept(lodged(), by=by, at=now())
    pass_time(by=2 * HOUR)
    return source, lodged()


def fresh(case):
    return Case.objects.get(pk=case.pk)


def rows(*cases):
    """Return every column of the cases and their clocks, but for the version, which only ever grows."""
    keys = [case.pk for case in cases]
    found = [*Case.objects.filter(pk__in=keys).values(), *Clock.objects.filter(subject_id__in=keys).values()]
    names = [one.get("number") or f"{one['kind']} of {one['subject_id']}" for one in found]
    return {
        (name, column): value
        for name, one in zip(names, found, strict=True)
        for column, value in one.items()
        if column != "version"
    }


def words(text, **more):
    return Words(text=text, channel="phone", **more)


def test_the_duplicate_ends_and_the_other_keeps_the_earlier_start(pair, by):
    source, into = pair
    merge(source, into=into, by=by, at=now())
    source, into = fresh(source), fresh(into)
    assert (source.stage, source.is_open, source.due_at) == ("merged", False, None)
    assert not Clock.objects.about(source).live().exists()
    assert Clock.objects.about(into).get(kind="resolve").started_at == source.received_at


@pytest.mark.parametrize("later", [timedelta(), 5 * HOUR, timedelta(days=1, minutes=7, microseconds=1)])
@pytest.mark.parametrize("turned", [False, True])
@pytest.mark.parametrize("paused", ["neither", "source", "into"])
def test_a_merge_undone_leaves_no_trace_in_the_rows(pair, by, later, turned, paused):
    source, into = reversed(pair) if turned else pair
    stopped = {"source": source, "into": into}.get(paused)
    if stopped is not None:
        pause(stopped, PauseDraft(reason="testing", follow_up_at=now() + 30 * HOUR), by=by, at=now())
    promise(source, PromiseDraft(text="今晚回电", due_at=now() + 8 * HOUR), by=by, at=now())
    before = rows(source, into)
    made = merge(fresh(source), into=fresh(into), by=by, at=now())
    assert rows(source, into) != before
    undo_merge(made, by=by, at=now() + later)
    assert rows(source, into) == before
    merge(fresh(source), into=fresh(into), by=by, at=now() + later)


def test_what_moved_meanwhile_loses_only_the_earlier_start(pair, by, pass_time):
    source, into = pair
    own = Clock.objects.about(into).get(kind="resolve")
    made = merge(source, into=into, by=by, at=now())
    answer(fresh(into), words("正在查"), by=by, at=now() + HOUR)
    pause(fresh(into), PauseDraft(reason="testing", follow_up_at=now() + 30 * HOUR), by=by, at=now() + HOUR)
    undo_merge(made, by=by, at=now() + 2 * HOUR)
    clock = Clock.objects.about(into).get(kind="resolve")
    assert (clock.state, clock.started_at) == ("paused", own.started_at)
    assert HOUR <= clock.used < 2 * HOUR
    assert Clock.objects.about(into).get(kind="first_answer").state == "met"
    assert fresh(into).awaits_answer_since is None


def test_the_page_of_the_one_that_stays_tells_what_was_said_to_the_other(pair, by, as_wang, town):
    source, into = pair
    hear(source, words("门又坏了", uploads=[Upload(name="a.txt", content=b"x")]), by=by, author_name="张敏", at=now())
    note(source, "先问物流", by=by, at=now())
    merge(fresh(source), into=into, by=by, at=now())
    page = as_wang.get(into.get_absolute_url())
    origins = {item.text: item.origin for item in page.context["page"].items}
    assert (origins["门又坏了"], origins["先问物流"]) == (source.number, source.number)
    file = Attachment.objects.get()
    assert as_wang.get(f"/cases/{into.number}/files/{file.pk}/").status_code == 200
    assert "composer" not in as_wang.get(source.get_absolute_url()).content.decode().split("<main")[1]
    with pytest.raises(DomainError):
        answer(fresh(source), words("您好"), by=by, at=now())


def test_what_was_promised_is_seen_where_the_case_goes_on(pair, by, as_wang, client):
    source, into = pair
    promise(source, PromiseDraft(text="今晚回电", due_at=now() + HOUR), by=by, at=now())
    merge(fresh(source), into=into, by=by, at=now())
    page = as_wang.get(into.get_absolute_url())
    assert [made.text for made in page.context["page"].promises] == ["今晚回电"]
    assert [made.text for made in client.get(f"/c/{token_for(source)}/").context["page"].promises] == ["今晚回电"]
    given = Promise.objects.get()
    keeping = f"/cases/{into.number}/promises/{given.pk}/keeping/"
    assert keeping in page.content.decode()
    assert as_wang.post(keeping).status_code == 302
    assert Clock.objects.about(into).get(kind="promise").state == "met"


def test_a_promise_is_owed_by_whoever_has_the_case_that_stays(pair, by, town, as_chen, program):
    source, into = pair
    promise(source, PromiseDraft(text="今晚回电", due_at=now() + timedelta(minutes=5)), by=by, at=now())
    Case.objects.filter(pk=into.pk).update(owner=town.chen, team=town.second_team)
    made = merge(fresh(source), into=fresh(into), by=by, at=now())
    assert "今晚回电" in as_chen.get("/").content.decode()
    given, chen = Promise.objects.get(), program(town.chen)
    assert Clock.objects.about(into).live().filter(kind="promise", part_id=given.pk).exists()
    assert chen.post(f"cases/{source.number}/promises/{given.pk}/keeping").status_code == 404
    kept = done(chen.post(f"cases/{into.number}/promises/{given.pk}/keeping"))
    assert kept["number"] == into.number
    undo_merge(made, by=by, at=now())
    assert Clock.objects.get(kind="promise").subject_id == source.pk


def test_a_promise_goes_back_with_its_case(pair, by, town):
    source, into = pair
    promise(source, PromiseDraft(text="今晚回电", due_at=now() + timedelta(minutes=10)), by=by, at=now())
    Case.objects.filter(pk=into.pk).update(owner=town.chen)
    made = merge(fresh(source), into=fresh(into), by=by, at=now())
    assert Clock.objects.get(kind="promise").owner == town.chen
    undo_merge(made, by=by, at=now() + timedelta(minutes=5))
    clock = Clock.objects.get(kind="promise")
    assert (clock.subject_id, clock.owner, clock.state) == (source.pk, town.wang, "running")


def test_what_the_customer_says_lands_where_it_is_read(pair, by, zhang, client):
    source, into = pair
    link = token_for(source)
    address = f"kefu+{reply_token(source._meta.label_lower, source.pk)}@example.com"
    merge(source, into=into, by=by, at=now())
    hear(fresh(source), words("还没好"), by=zhang, author_name="张敏", at=now())
    assert client.post(f"/c/{link}/words/", {"text": "请快一点"}).status_code == 302
    mail = f"From: zhang@example.com\r\nTo: {address}\r\nSubject: Re\r\nMessage-ID: <a@b>\r\n\r\n有人吗"
    assert receive_mail(mail.encode(), at=now()).case == into
    said = set(Message.objects.about(into).values_list("text", flat=True))
    assert {"还没好", "请快一点", "有人吗"} <= said
    shown = client.get(f"/c/{link}/").context
    assert shown["case"] == into
    assert source.pk in {message.subject_id for message in shown["page"].messages}


def test_another_customers_link_never_opens_the_case_that_stays(pair, lodged, by):
    source, into = pair
    other = lodged(caller=Caller(name="路人", phone="13900000001"))
    for one, two in ((other, into), (into, other), (source, source)):
        with pytest.raises(BadInput):
            merge(one, into=two, by=by, at=now())
    merge(source, into=into, by=by, at=now())
    Case.objects.filter(pk=into.pk).update(customer=other.customer)
    assert surviving(fresh(source)) == source


def test_a_merge_is_refused_where_something_would_be_lost(pair, lodged, by, town, zhang):
    source, into = pair
    third = lodged()
    merge(source, into=into, by=by, at=now())
    for one, two in ((source, third), (into, third), (third, source)):
        with pytest.raises(DomainError):
            merge(fresh(one), into=fresh(two), by=by, at=now())
    with pytest.raises(Refused):
        merge(third, into=fresh(into), by=zhang, at=now())


def test_it_can_be_undone_until_the_other_has_ended(pair, by, actor, town):
    source, into = pair
    made = merge(source, into=into, by=by, at=now())
    withdraw(fresh(into), reason="客户撤回", by=actor(town.li), at=now())
    with pytest.raises(DomainError):
        undo_merge(made, by=by, at=now())
    assert fresh(source).stage == "merged"


def test_it_is_merged_and_undone_on_the_page(pair, as_wang, as_li, as_chen, town, perform_duties):
    source, into = pair
    address = f"/cases/{source.number}/merge/"
    assert into.number in as_wang.get(address).content.decode()
    assert as_chen.post(address, {"number": into.number}).status_code == 404
    assert as_li.post(address, {"number": into.number}).status_code == 302
    perform_duties()
    assert Notice.objects.filter(user=town.wang, entry__verb__in=["case_merged", "case_took_in"]).count() == 2
    assert f"{address}undoing/" in as_wang.get(into.get_absolute_url()).content.decode()
    assert f"{address}undoing/" in as_wang.get(source.get_absolute_url()).content.decode()
    assert source.number not in as_wang.get("/board/").content.decode()
    assert as_wang.post(f"{address}undoing/", {"go": "on"}).status_code == 302
    assert fresh(source).stage == "accepted"
    assert as_wang.get(f"{address}undoing/").status_code == 404
    assert Merge.objects.get().undone_by == town.wang


def test_of_the_other_case_a_reader_learns_only_what_they_may_see(pair, by, town, as_chen, program):
    source, into = pair
    Case.objects.filter(pk=source.pk).update(subject="只给一组看")
    Case.objects.filter(pk=into.pk).update(subject="留下的这件")
    merge(fresh(source), into=into, by=by, at=now())
    for seen, other, subject in ((into, source, "只给一组看"), (source, into, "留下的这件")):
        Case.objects.update(team=town.first_team)
        Case.objects.filter(pk=seen.pk).update(team=town.second_team)
        page = as_chen.get(seen.get_absolute_url()).content.decode()
        assert other.number in page
        assert (subject in page, other.get_absolute_url() in page) == (False, False)
        assert as_chen.post(f"/cases/{source.number}/merge/undoing/", {"go": "on"}).status_code == 404
    assert program(town.chen).send("DELETE", f"cases/{source.number}/merge").status_code == 404
    assert fresh(source).stage == "merged"


def test_the_interface_merges_and_undoes(pair, program, town):
    source, into = pair
    wang, address = program(town.wang), f"cases/{source.number}/merge"
    refused(wang.post(address, {"into": "C2020-000001"}), 422, "into")
    assert done(wang.post(address, {"into": into.number}))["stage"] == "merged"
    assert done(wang.get(f"cases/{source.number}"))["merged_into"] == into.number
    refused(wang.post(address, {"into": into.number}), 409)
    assert done(wang.send("DELETE", address))["stage"] == "accepted"
    assert wang.send("DELETE", address).status_code == 404
