"""What cases have to do with each other: both know, strangers do not, and a main case waits for its parts (C14)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import now

from huiying.cases.actions import (
    ActionDraft,
    Caller,
    OfferDraft,
    Word,
    accept,
    accept_offer,
    close,
    complete,
    confirm,
    offer,
    plan_action,
    record_findings,
    relate,
    unrelate,
    withdraw,
)
from huiying.cases.models import Case, Relation, Side
from huiying.cases.tests.lodging import findings, lodge
from huiying.cases.verbs import RELATED, UNRELATED
from huiying.journal.actors import customer_actor
from huiying.journal.models import Entry
from huiying.kit.guards import DomainError, Refused
from huiying.starter import install_starter_pack

from .telling import done, refused

HOUR = timedelta(hours=1)


@pytest.fixture
def three(town):
    return [lodge(town.wang, team=town.first_team, owner=town.wang, caller=Caller(customer=town.zhang)) for _ in "abc"]


@pytest.fixture
def by(town, actor):
    return actor(town.wang)


@pytest.fixture
def li(town, actor):
    return actor(town.li)


@pytest.fixture
def foreign(town):
    return lodge(town.chen, team=town.second_team, owner=town.chen)


def link(case, side, other, by):
    return relate(case, side=side, other=other, by=by, at=now())


def told(case, verb):
    return [(entry.facts["side"], entry.facts["number"]) for entry in Entry.objects.about(case).filter(verb=verb.code)]


@pytest.mark.parametrize("side", list(Side))
def test_both_cases_remember_how_they_stand_to_each_other(three, by, side):
    case, other, _third = three
    made = link(case, side, other, by)
    assert (made.seen_from(case), made.seen_from(other), made.beside(case)) == (side, side.back, other)
    assert told(case, RELATED) == [(side, other.number)]
    assert told(other, RELATED) == [(side.back, case.number)]
    with pytest.raises(DomainError):
        link(other, side.back, case, by)


def test_a_link_taken_away_leaves_its_trace(three, by):
    case, other, _third = three
    made = link(case, Side.CAUSED_BY, other, by)
    unrelate(made, by=by, at=now())
    unrelate(made, by=by, at=now())
    assert not Relation.objects.exists()
    assert told(case, UNRELATED) == [("caused_by", other.number)]
    assert told(other, UNRELATED) == [("cause_of", case.number)]
    link(case, Side.CAUSED_BY, other, by)


def test_no_case_is_linked_to_itself_nor_in_a_circle(three, by):
    first, second, third = three
    with pytest.raises(DomainError):
        link(first, Side.SAME_INCIDENT, first, by)
    link(first, Side.CHILD_OF, second, by)
    link(second, Side.CHILD_OF, third, by)
    for case, side, other in ((third, Side.CHILD_OF, first), (first, Side.PARENT_OF, third)):
        with pytest.raises(DomainError):
            link(case, side, other, by)
    with pytest.raises(DomainError):  # one main case is enough
        link(first, Side.CHILD_OF, third, by)


def test_the_database_knows_the_rules_too(three):
    case, other, _third = three
    for wrong in ({"other": case, "side": "caused_by"}, {"other": other, "side": "parent_of"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Relation.objects.create(case=case, at=now(), **wrong)


@pytest.fixture
def finished(town, by):
    """A complaint whose customer has confirmed the cure."""
    case = accept(lodge(town.wang, team=town.first_team, owner=town.wang), by=by, at=now())
    record_findings(case, findings(town), by=by, at=now())
    put = offer(Case.objects.get(pk=case.pk), OfferDraft(text="专车送达"), by=by, at=now())
    accept_offer(put, by=by, at=now())
    item = plan_action(
        Case.objects.get(pk=case.pk),
        ActionDraft(title="送货", department=town.logistics, due_at=now() + HOUR),
        by=by,
        at=now(),
    )
    complete(item, "签收单 871", by=by, at=now())
    confirm(Case.objects.get(pk=case.pk), Word(result="solved", rating="satisfied"), by=by, at=now())
    return Case.objects.get(pk=case.pk)


def test_a_main_case_waits_for_its_parts_and_says_which(finished, three, by, li):
    first, second, third = three
    link(first, Side.CHILD_OF, finished, by)
    link(finished, Side.PARENT_OF, second, by)
    link(third, Side.FOLLOW_UP_OF, finished, by)
    withdraw(second, reason="客户撤回", by=li, at=now())
    with pytest.raises(DomainError) as refusal:
        close(finished, by=li, at=now())
    assert first.number in str(refusal.value)
    assert second.number not in str(refusal.value)
    withdraw(first, reason="客户撤回", by=li, at=now())
    assert close(finished, by=li, at=now()).stage == "closed"


def test_a_kind_may_be_closed_before_its_parts(finished, three, by, li, as_admin, as_li):
    link(three[0], Side.CHILD_OF, finished, by)
    assert as_li.post("/settings/closing/", {"kinds": ["complaint"]}).status_code == 403
    assert as_admin.post("/settings/closing/", {"kinds": ["complaint", "praise"]}).status_code == 302
    install_starter_pack()
    page = as_admin.get("/settings/closing/")
    assert sorted(page.context["form"]["kinds"].value()) == ["complaint", "praise"]
    assert close(finished, by=li, at=now()).stage == "closed"


def test_the_page_finds_the_other_case_and_links_it(three, as_wang):
    case, other, third = three
    address = f"/cases/{case.number}/relations/"
    assert other.number in as_wang.get(address).content.decode()  # the same customer's are proposed
    found = as_wang.get(f"{address}candidates/", {"q": other.number}).content.decode()
    assert (other.number in found, third.number in found) == (True, False)
    assert as_wang.post(address, {"side": "child_of", "q": "冰箱"}).status_code == 422
    assert as_wang.post(address, {"side": "child_of", "q": str(int(other.number[6:]))}).status_code == 302
    page = as_wang.get(case.get_absolute_url())
    assert [(one.side, one.case) for one in page.context["page"].links.related] == [(Side.CHILD_OF, other)]
    assert 'id="relations"' in as_wang.get(other.get_absolute_url()).content.decode()
    kept = Relation.objects.get()
    assert as_wang.post(f"{address}{kept.pk}/removal/").status_code == 302
    assert not Relation.objects.exists()


def test_a_case_not_to_be_seen_is_neither_linked_nor_shown(three, foreign, as_wang, as_chen, actor, town):
    case = three[0]
    address = f"/cases/{case.number}/relations/"
    assert as_wang.post(address, {"side": "child_of", "number": foreign.number}).status_code == 422
    assert foreign.number not in as_wang.get(f"{address}candidates/", {"q": foreign.number}).content.decode()
    kept = link(case, Side.CAUSED_BY, foreign, actor(town.admin))
    assert not as_wang.get(case.get_absolute_url()).context["page"].links.related
    assert as_wang.post(f"{address}{kept.pk}/removal/").status_code == 404
    assert as_chen.get(address).status_code == 404


def test_only_who_works_on_cases_links_them(three, town):
    with pytest.raises(Refused):
        link(three[0], Side.CAUSED_BY, three[1], customer_actor(pk=town.zhang.pk, name="张敏"))


def test_links_cost_one_look_up_however_many(three, by, as_wang):
    first, second, third = three
    link(first, Side.CAUSED_BY, second, by)
    link(first, Side.SAME_INCIDENT, third, by)
    as_wang.get(first.get_absolute_url())
    with CaptureQueriesContext(connection) as asked:
        as_wang.get(first.get_absolute_url())
    statements = [one["sql"] for one in asked]
    assert sum("cases_relation" in sql for sql in statements) == 1
    assert len(statements) <= 13, "\n".join(statements)


def test_the_interface_links_and_unlinks(three, foreign, program, town):
    case, other, _third = three
    wang, address = program(town.wang), f"cases/{case.number}/relations"
    made = done(wang.post(address, {"number": other.number, "side": "duplicate_of"}), 201)
    assert (made["number"], made["side"]) == (other.number, "duplicate_of")
    assert done(wang.get(f"cases/{other.number}"))["relations"][0]["side"] == "original_of"
    refused(wang.post(address, {"number": other.number, "side": "duplicate_of"}), 409)
    refused(wang.post(address, {"number": foreign.number, "side": "duplicate_of"}), 422, "number")
    done(wang.send("DELETE", f"{address}/{made['id']}"))
    assert done(wang.get(f"cases/{case.number}"))["relations"] == []
