"""Changing many cases at once: the rules of a single deed hold for each, and what was changed can be put back."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils.timezone import now

from huiying.cases.actions import accept, assign, note, revise, withdraw
from huiying.cases.models import Batch, BatchLine, Case, Category
from huiying.deadlines.models import Clock
from huiying.journal.models import Entry
from huiying.kit.guards import DomainError

from .lodging import lodge

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _at_once(settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}


@pytest.fixture
def three(town):
    return [lodge(town.wang, team=town.first_team, owner=town.wang) for _ in range(3)]


def sent(browser, deed, cases, **wanted):
    form = {"cases": " ".join(case.number for case in cases), "key": str(uuid4()), **wanted}
    return browser.post(reverse("cases:batch_new", args=[deed]), form)


def undo(browser, batch):
    return browser.post(reverse("cases:batch_undoing", args=[batch.pk]))


def results(batch):
    return [line.result for line in batch.lines.order_by("id")]


def running(cases):
    """Return the clocks that run for each case, and whose they are."""
    live = [Clock.objects.about(case).live().order_by("kind") for case in cases]
    return [list(clocks.values_list("kind", "owner", "due_at")) for clocks in live]


def fresh(case):
    return Case.objects.get(pk=case.pk)


def test_cases_go_to_somebody_by_the_very_deed_of_a_single_one(town, three, as_li, actor):
    accept(three[0], by=actor(town.wang), at=now())
    assert sent(as_li, "assignment", three, to=town.li.pk).status_code == 302
    batch = Batch.objects.get()
    assert results(batch) == ["changed"] * 3
    assert {case.owner_id for case in Case.objects.all()} == {town.li.pk}
    assert fresh(three[0]).stage == "investigating"
    assert Entry.objects.about(three[1]).filter(verb="case_assigned", actor_id=town.li.pk).count() == 1
    assert Entry.objects.get(verb="batch_done").facts["changed"] == 3


def test_what_cannot_be_changed_is_told_before_and_after(town, three, as_wang, actor):
    withdraw(three[0], by=actor(town.li), at=now(), reason="客户撤回")
    revise(three[1], {"urgency": "urgent"}, version=three[1].version, by=actor(town.wang), at=now())
    form = {"cases": " ".join(case.number for case in three), "key": str(uuid4()), "name": "urgent"}
    seen = as_wang.post(reverse("cases:batch_preview", args=["urgency"]), form).context["preview"]
    assert [len(part) for part in (seen.changed, seen.unchanged, seen.refused)] == [1, 1, 1]
    assert Batch.objects.count() == 0
    sent(as_wang, "urgency", three, name="urgent")
    batch = Batch.objects.get()
    assert results(batch) == ["refused", "unchanged", "changed"]
    assert batch.lines.get(case=three[0]).reason


def test_a_step_higher_stops_at_the_top_and_goes_back(three, as_wang):
    Case.objects.filter(pk=three[0].pk).update(urgency="urgent")
    Case.objects.filter(pk=three[1].pk).update(urgency="low")
    sent(as_wang, "urgency", three, name="raise")
    assert [fresh(case).urgency for case in three] == ["urgent", "normal", "urgent"]
    batch = Batch.objects.get()
    undo(as_wang, batch)
    assert [fresh(case).urgency for case in three] == ["urgent", "low", "normal"]
    assert results(batch) == ["unchanged", "restored", "restored"]


def test_tags_are_added_and_taken_off(three, as_wang):
    Case.objects.filter(pk=three[0].pk).update(tags=["催办"])
    sent(as_wang, "tag", three, name=" 催办 ")
    assert [fresh(case).tags for case in three] == [["催办"]] * 3
    sent(as_wang, "untag", three[:1], name="催办")
    assert fresh(three[0]).tags == []


def test_a_category_is_changed_and_put_back(three, as_wang):
    category = Category.objects.in_use().last()
    before = [case.category_id for case in three]
    sent(as_wang, "category", three, category=category.pk)
    assert {fresh(case).category_id for case in three} == {category.pk}
    undo(as_wang, Batch.objects.get())
    assert [fresh(case).category_id for case in three] == before


def test_undoing_leaves_alone_what_was_changed_since(town, three, as_wang, actor):
    sent(as_wang, "urgency", three, name="urgent")
    revise(fresh(three[0]), {"urgency": "low"}, version=99, by=actor(town.li), at=now())
    note(three[1], "已致电", by=actor(town.li), at=now())
    batch = Batch.objects.get()
    undo(as_wang, batch)
    assert [fresh(case).urgency for case in three] == ["low", "normal", "normal"]
    assert results(batch) == ["kept", "restored", "restored"]
    assert Entry.objects.get(verb="batch_undone").facts["kept"] == 1


def test_undoing_gives_the_cases_back_to_whoever_had_them(town, three, as_li, actor):
    lodged = lodge(town.wang, team=town.first_team)
    sent(as_li, "assignment", [*three, lodged], team=town.second_team.pk)
    assert {case.team_id for case in Case.objects.all()} == {town.second_team.pk}
    assign(fresh(three[0]), to=town.chen, by=actor(town.chen), at=now())
    undo(as_li, Batch.objects.get())
    owners = [(fresh(case).owner_id, fresh(case).team_id) for case in [*three, lodged]]
    back = (town.wang.pk, town.first_team.pk)
    assert owners == [(town.chen.pk, town.second_team.pk), back, back, (None, town.first_team.pk)]
    page = as_li.get(Batch.objects.get().get_absolute_url()).content.decode()
    assert f'href="{three[1].get_absolute_url()}"' in page
    assert f'href="{three[0].get_absolute_url()}"' not in page


def test_an_assignment_undone_at_once_leaves_stage_and_clocks_as_they_were(town, three, as_li, actor):
    for case in three[:2]:
        accept(case, by=actor(town.wang), at=now())
    before = running(three)
    sent(as_li, "assignment", three, to=town.li.pk)
    assert running(three) != before
    note(fresh(three[1]), "先问物流", by=actor(town.wang), at=now())
    undo(as_li, Batch.objects.get())
    assert [fresh(case).stage for case in three] == ["accepted", "investigating", "received"]
    assert [running(three)[place] for place in (0, 2)] == [before[place] for place in (0, 2)]
    assert Entry.objects.about(three[0]).latest("id").verb == "case_given_back"
    with pytest.raises(DomainError):
        accept(fresh(three[1]), by=actor(town.wang), at=now())
    sent(as_li, "assignment", three[:1], to=town.li.pk)
    assert (fresh(three[0]).stage, len(running(three)[0])) == ("investigating", len(before[0]) + 1)


def test_a_case_out_of_sight_is_a_number_and_no_more(town, three, as_li):
    sent(as_li, "assignment", three, team=town.second_team.pk)
    Case.objects.filter(pk=three[0].pk).update(subject="后来才写下的")
    page = as_li.get(Batch.objects.get().get_absolute_url()).content.decode()
    assert three[0].number in page
    assert "后来才写下的" not in page


def test_after_two_minutes_nothing_is_put_back(three, as_wang, pass_time):
    sent(as_wang, "urgency", three, name="urgent")
    pass_time(by=timedelta(minutes=2, seconds=1))
    assert undo(as_wang, Batch.objects.get()).status_code == 409
    assert fresh(three[0]).urgency == "urgent"


def test_a_form_sent_twice_is_one_batch(three, as_wang):
    form = {"cases": three[0].number, "key": str(uuid4()), "name": "raise"}
    Case.objects.update(urgency="low")
    for _ in range(2):
        as_wang.post(reverse("cases:batch_new", args=["urgency"]), form)
    assert (Batch.objects.count(), fresh(three[0]).urgency) == (1, "normal")


def test_nobody_changes_what_they_may_not(three, as_wang, as_chen, as_admin):
    assert sent(as_wang, "assignment", three, to=1).status_code == 403
    assert sent(as_chen, "urgency", three, name="urgent").status_code == 422
    assert Batch.objects.count() == 0
    assert as_wang.get(reverse("cases:batch_new", args=["closure"])).status_code == 404


def test_a_batch_is_shown_to_whoever_made_it(three, as_wang, as_li):
    sent(as_wang, "urgency", three, name="urgent")
    batch = Batch.objects.get()
    assert as_wang.get(batch.get_absolute_url()).status_code == 200
    assert as_li.get(batch.get_absolute_url()).status_code == 404
    assert undo(as_li, batch).status_code == 404


def test_more_than_fifty_are_changed_by_the_task_worker(town, as_wang):
    cases = [lodge(town.wang, team=town.first_team) for _ in range(52)]
    sent(as_wang, "tag", cases, name="大促")
    batch = Batch.objects.get()
    assert (batch.state, batch.counts()["changed"]) == ("done", 52)


def test_a_batch_that_stopped_goes_on_and_does_nothing_twice(three, as_wang, monday_morning):
    sent(as_wang, "urgency", three, name="raise")
    batch = Batch.objects.get()
    Batch.objects.update(state="working")
    batch.lines.filter(case=three[2]).update(result=BatchLine.Result.WAITING)
    Case.objects.filter(pk=three[2].pk).update(urgency="low")
    as_wang.post(reverse("cases:batch_start", args=[batch.pk]))
    assert fresh(three[2]).urgency == "low"
    monday_morning.shift(timedelta(minutes=4))
    as_wang.post(reverse("cases:batch_start", args=[batch.pk]))
    assert [fresh(case).urgency for case in three] == ["urgent", "urgent", "normal"]


def test_all_of_a_list_is_what_its_filters_keep(town, three, as_wang):
    lodge(town.wang, team=town.first_team, kind="consultation")
    page = as_wang.get(reverse("cases:batch_new", args=["tag"]), {"of": "view=team&kind=complaint"})
    assert page.context["form"].numbers == [case.number for case in three]
    assert as_wang.get(reverse("cases:batch_new", args=["tag"]), {"of": "view=mine&q=海运"}).status_code == 422


def test_a_preview_costs_the_same_however_many(town, as_wang, django_assert_max_num_queries):
    cases = [lodge(town.wang, team=town.first_team) for _ in range(30)]
    form = {"cases": " ".join(case.number for case in cases), "key": str(uuid4()), "name": "催办"}
    with django_assert_max_num_queries(4):
        as_wang.post(reverse("cases:batch_preview", args=["tag"]), form)
    sent(as_wang, "tag", cases, name="催办")
    with django_assert_max_num_queries(8):
        as_wang.get(Batch.objects.get().get_absolute_url())
