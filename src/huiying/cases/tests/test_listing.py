"""The list of cases: what each view keeps, who sees what, in which order, and what it costs."""

from __future__ import annotations

import csv
from datetime import timedelta

import pytest
from django.utils.timezone import now

from huiying.cases.actions import Caller
from huiying.cases.models import Case
from huiying.journal.models import Entry

from .lodging import lodge

pytestmark = pytest.mark.django_db


@pytest.fixture
def fridge(town):
    caller = Caller(customer=town.zhang)
    return lodge(town.wang, team=town.first_team, owner=town.wang, subject="冰箱送货延误三天", caller=caller)


@pytest.fixture
def invoice(town):
    return lodge(town.li, team=town.first_team, owner=town.li, subject="=发票抬头开错", kind="consultation")


def listed(browser, query=""):
    page = browser.get(f"/cases/?{query}")
    assert page.status_code == 200
    return [case.number for case in page.context["page"].items]


def test_whoever_works_elsewhere_sees_nothing(fridge, as_chen, as_sun):
    assert listed(as_chen, "view=all") == []
    assert listed(as_chen, "q=冰箱") == []
    assert listed(as_sun, "view=all") == []


def test_each_view_keeps_its_own(town, fridge, invoice, as_wang):
    assert set(listed(as_wang)) == {fridge.number, invoice.number}
    assert listed(as_wang, "view=mine") == [fridge.number]
    assert listed(as_wang, "view=vip") == []
    assert set(listed(as_wang, "view=unaccepted")) == {fridge.number, invoice.number}
    assert listed(as_wang, "view=overdue") == []


def test_what_is_overdue_moves_to_its_view(fridge, as_wang, pass_time):
    assert listed(as_wang, "view=today") == [fridge.number]
    pass_time(by=timedelta(hours=1))
    assert listed(as_wang, "view=overdue") == [fridge.number]
    assert listed(as_wang, "view=today") == []


def test_filters_narrow_and_words_find(town, fridge, invoice, as_wang):
    assert listed(as_wang, "view=all&kind=consultation") == [invoice.number]
    assert listed(as_wang, "view=all&owner=liqiang") == [invoice.number]
    assert listed(as_wang, "view=all&q=延误三天") == [fridge.number]
    assert listed(as_wang, "view=all&stage=closed") == []
    assert listed(as_wang, "view=all&until=2026-03-01") == []


def test_a_filter_nobody_knows_is_said_and_narrows_nothing(fridge, as_wang):
    page = as_wang.get("/cases/?view=all&stage=lost&since=gestern")
    assert page.status_code == 200
    assert [case.number for case in page.context["page"].items] == [fridge.number]
    assert set(page.context["form"].errors) == {"stage", "since"}


def test_open_cases_stand_by_deadline_and_those_without_one_last(town, fridge, invoice, as_wang):
    later = lodge(town.wang, team=town.first_team, subject="晚一点")
    Case.objects.filter(pk=fridge.pk).update(due_at=None)
    Case.objects.filter(pk=later.pk).update(due_at=now() + timedelta(days=2))
    assert listed(as_wang) == [invoice.number, later.number, fridge.number]


def test_pages_follow_one_another(town, as_wang):
    numbers = [lodge(town.wang, team=town.first_team).number for _ in range(53)]
    first = as_wang.get("/cases/?view=team")
    second = as_wang.get(f"/cases/?{first.context['older']}")
    shown = [case.number for page in (first, second) for case in page.context["page"].items]
    assert sorted(shown) == numbers
    assert as_wang.get(f"/cases/?{second.context['newer']}").context["page"].items == first.context["page"].items


def test_a_list_costs_the_same_however_long(town, fridge, as_wang, django_assert_max_num_queries):
    for _ in range(55):
        lodge(town.wang, team=town.first_team, caller=Caller(customer=town.zhang))
    with django_assert_max_num_queries(8):
        as_wang.get("/cases/?view=team&kind=complaint&q=冰箱")


def test_a_clerk_takes_no_list_out_of_the_house(fridge, as_wang):
    assert as_wang.get("/cases/export.csv?view=all").status_code == 403
    assert "export" not in as_wang.get("/cases/").content.decode()


def test_an_export_covers_phones_defuses_formulas_and_is_written_down(town, fridge, invoice, as_li):
    answer = as_li.get("/cases/export.csv?view=team")
    rows = list(csv.reader(b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()))
    assert {row[1] for row in rows[1:-1]} == {"冰箱送货延误三天", "'=发票抬头开错"}
    assert "138 **** 8000" in rows[2] + rows[1]
    assert "13800138000" not in str(rows)
    entry = Entry.objects.get(verb="cases_exported")
    assert entry.facts == {"count": 2, "form": "csv"}
    assert rows[-1] == [f"注：由李强于 2026-03-02 10:00 导出，日志编号 {entry.pk}，仅限内部工作使用。"]


def test_an_export_as_workbook_opens(fridge, as_li):
    answer = as_li.get("/cases/export.xlsx?view=team")
    assert answer.content.startswith(b"PK")
    assert "attachment" in answer["Content-Disposition"]
