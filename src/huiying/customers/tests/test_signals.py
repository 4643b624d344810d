"""Survey scores and usage: by file and interface, told twice kept once, shown on the customer's page."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils.timezone import localdate, now

from huiying.customers.actions.customer import create
from huiying.customers.actions.merging import merge, undo_merge
from huiying.customers.actions.signal import ScoreDraft, UsageDraft, add_score, note_usage
from huiying.customers.drafts import CustomerDraft
from huiying.customers.importers import ScoreImporter, UsageImporter
from huiying.customers.models import Customer, Merge, Score, Usage
from huiying.customers.queries.signals import signals_of
from huiying.imports.protocol import Kept, Row
from huiying.journal.actors import IMPORTER
from huiying.journal.models import Entry
from huiying.kit.guards import BadInput, Refused


def rows(*values):
    return [Row(n, one) for n, one in enumerate(values, 2)]


def score(**told):
    return {"customer_number": "C000001", "at": now(), "points": Decimal(92), "survey": "季度调研"} | told


def usage(**told):
    return {"customer_number": "C000001", "day": localdate(), "product": "云表", "times": 7} | told


def stored(importer, *values):
    return importer.store(rows(*values), by=IMPORTER, at=now())


def test_scores_of_a_file_are_kept_once(town):
    sent = (score(external_ref="S1"), score(), score(points=Decimal(88)))
    assert stored(ScoreImporter(), *sent) == [Kept.STORED] * 3
    assert stored(ScoreImporter(), *sent) == [Kept.UNCHANGED] * 3
    assert stored(ScoreImporter(), score(external_ref="S1", points=Decimal(60))) == [Kept.STORED]
    assert sorted(Score.objects.values_list("points", flat=True)) == [60, 88, 92]


def test_usage_of_a_file_is_kept_once_and_the_newer_word_counts(town):
    sent = (usage(), usage(question="登录"), usage(customer_number="", customer_name="张敏", product="报表"))
    assert isinstance(stored(UsageImporter(), *sent)[2], BadInput)  # a person's name alone says too little
    assert Usage.objects.count() == 2
    assert stored(UsageImporter(), usage()) == [Kept.UNCHANGED]
    assert stored(UsageImporter(), usage(times=9)) == [Kept.STORED]
    assert Usage.objects.get(product="云表", question="").times == 9


@pytest.mark.parametrize(
    ("importer", "wrong"),
    [
        (ScoreImporter(), score(customer_number="C999999", at=None)),
        (ScoreImporter(), score(points=Decimal(101))),
        (UsageImporter(), usage(customer_number="C999999")),
    ],
)
def test_a_row_that_cannot_be_kept_is_answered_with_the_reason(town, importer, wrong):
    [outcome] = stored(importer, wrong | ({"at": now()} if "points" in wrong else {}))
    assert isinstance(outcome, BadInput)
    assert not Score.objects.exists()


def test_a_score_lets_the_rules_decide_soon(town, perform_duties):
    Customer.objects.update(tier="high")
    for age in range(3):
        stored(ScoreImporter(), score(at=now() - timedelta(days=age)))
    perform_duties()
    assert Customer.objects.get(pk=town.zhang.pk).tier == "vip"


def test_programs_tell_scores_and_usage(town, program):
    wang = program(town.wang)
    told = wang.post("customers/C000001/scores", {"points": 95, "external_ref": "S1"})
    assert (told.status_code, told.json()["points"]) == (201, 95.0)
    wang.post(
        "customers/C000001/scores", {"points": 95, "external_ref": "S1", "answered_at": told.json()["answered_at"]}
    )
    assert [one["points"] for one in wang.get("customers/C000001/scores").json()["items"]] == [95.0]
    assert wang.post("customers/C000001/scores", {"points": 101}).status_code == 422
    line = {"day": localdate().isoformat(), "product": "云表", "times": 4}
    assert wang.post("customers/C000001/usage", line).status_code == 201
    assert wang.post("customers/C000001/usage", line | {"times": 5}).json()["times"] == 5
    assert [one["times"] for one in wang.get("customers/C000001/usage").json()["items"]] == [5]
    assert program(town.sun).post("customers/C000001/usage", line).status_code == 404


def test_an_outside_number_belongs_to_one_customer_and_editing_needs_the_power(town, actor):
    other = Customer.objects.create(number="C000002", name="别人", name_key="别人")
    draft = ScoreDraft(answered_at=now(), points=Decimal(90), external_ref="S1")
    add_score(town.zhang, draft, by=actor(town.wang), at=now())
    with pytest.raises(BadInput):
        add_score(other, draft, by=actor(town.wang), at=now())
    with pytest.raises(Refused):
        note_usage(town.zhang, UsageDraft(day=localdate(), product="云表"), by=actor(town.sun), at=now())
    assert Entry.objects.filter(verb="score_added").count() == 1


def test_the_page_shows_scores_twelve_weeks_and_questions(town, as_wang):
    stored(ScoreImporter(), score())
    stored(UsageImporter(), usage(), usage(day=localdate() - timedelta(weeks=30), times=100), usage(question="登录"))
    shown = signals_of(town.zhang, today=localdate())
    assert (len(shown.weeks), shown.uses, shown.weeks[-1].height) == (12, 7, 32)
    assert shown.questions == [("登录", 7)]
    address = reverse("customers:signals", args=[town.zhang.number])
    assert address in as_wang.get(town.zhang.get_absolute_url()).content.decode()
    card = as_wang.get(address).content.decode()
    assert "季度调研" in card
    assert "登录" in card


def test_usage_of_one_day_told_of_both_entries_counts_where_they_are_merged(town, actor, program):
    li = actor(town.li)
    double, third = (create(CustomerDraft(name=name), contacts=[], by=li, at=now()) for name in ("张敏敏", "张小敏"))
    for someone, times in ((town.zhang, 5), (double, 3), (third, 2)):
        for question in ("", "登录"):
            line = UsageDraft(day=localdate(), product="云表", question=question, times=times)
            note_usage(someone, line, by=li, at=now())
    first = merge(double, into=third, take=(), reason="", by=li, at=now())
    merge(third, into=town.zhang, take=(), reason="", by=li, at=now())

    told = signals_of(town.zhang, today=localdate())
    assert (told.uses, told.questions) == (10, [("登录", 10)])
    lines = program(town.wang).get("customers/C000001/usage").json()["items"]
    assert sum(one["times"] for one in lines if not one["question"]) == 10

    undo_merge(Merge.objects.get(source=third), by=li, at=now())
    undo_merge(first, by=li, at=now())
    assert [signals_of(one, today=localdate()).uses for one in (town.zhang, double, third)] == [5, 3, 2]
