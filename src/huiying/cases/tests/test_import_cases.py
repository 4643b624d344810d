from __future__ import annotations

import csv
import gzip
import json
import re
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.utils import timezone

from huiying.cases.models import Case, Route
from huiying.channels.models import Message
from huiying.customers.models import Customer
from huiying.deadlines.models import Clock
from huiying.journal.models import Duty, Entry
from huiying.search.index import found_ids

pytestmark = pytest.mark.django_db

HEADER = "编号,标题,投诉内容,时间,姓名,电话,类别,级别,回复,结案时间"
FILE = f"""{HEADER}
A-1,冰箱没送到,订了三天还没送到。客服也打不通,2026-03-01 09:30,张敏,13800138000,物流延误,一般,,
A-2,,噪音太大！晚上睡不着,2026-02-27,李工,13900139000,从没见过的分类,重大,,
A-3,发票,发票抬头开错了,2025-06-01,王先生,,发票问题,,已重开,2025-06-03
A-4,空的,,2026-03-01,,,,,,
A-5,未来,还没有发生,2027-01-01,,,,,,
A-6,电话,电话少一位,2026-03-01,赵六,1380013800,,,,
"""


@pytest.fixture
def do_import(town, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "uploads"

    def do(text: str = FILE, *options: str, name: str = "投诉.csv") -> dict:
        path = tmp_path / name
        path.write_bytes(gzip.compress(text.encode()) if name.endswith(".gz") else text.encode())
        out = StringIO()
        call_command("import", "cases", str(path), "--json", *options, stdout=out)
        return json.loads(out.getvalue())

    return do


def test_good_rows_become_cases_and_bad_ones_come_back_with_their_reason(do_import):
    counts = do_import()
    assert (counts["stored"], counts["unchanged"], counts["rejected"]) == (3, 0, 3)
    with open(counts["rejected_file"], encoding="utf-8-sig") as file:
        assert [row[0] for row in list(csv.reader(file))[1:]] == ["A-4", "A-5", "A-6"]


def test_a_case_is_whole_its_customer_words_category_and_number(do_import, town):
    do_import()
    late = Case.objects.get(external_ref="A-1")
    assert (late.customer, late.category.code, late.source, late.channel) == (town.zhang, "logistics", "投诉", "import")
    assert late.number.startswith("C2026-")
    assert Message.objects.about(late).get().text == "订了三天还没送到。客服也打不通"
    assert found_ids(Case, "没送到") == [late.pk]
    assert [entry.verb for entry in Entry.objects.about(late)] == ["case_taken_over"]


def test_without_a_subject_the_first_sentence_says_it_and_an_unknown_category_stays_a_tag(do_import):
    do_import()
    loud = Case.objects.get(external_ref="A-2")
    assert (loud.subject, loud.category, loud.tags, loud.level) == ("噪音太大", None, ["从没见过的分类"], "major")
    assert loud.customer == Customer.objects.get(name="李工")


def test_open_cases_that_came_lately_are_due_counted_from_now(do_import):
    do_import()
    clocks = Clock.objects.about(Case.objects.get(external_ref="A-1"))
    assert {clock.kind for clock in clocks} == {"accept", "first_answer", "resolve"}
    assert all(timezone.now() - clock.started_at < timedelta(seconds=30) for clock in clocks)
    assert Case.objects.get(external_ref="A-1").due_at == min(clock.due_at for clock in clocks)


def test_a_case_that_ended_elsewhere_is_closed_answered_and_without_clocks(do_import):
    do_import()
    ended = Case.objects.get(external_ref="A-3")
    assert (ended.stage, ended.closed_at.year, ended.closures.count()) == ("closed", 2025, 1)
    assert [message.direction for message in Message.objects.about(ended).in_order()] == ["in", "out"]
    assert not Clock.objects.about(ended).exists()


def test_a_backlog_of_years_does_not_ring(do_import):
    do_import("编号,内容,时间\n1,很久以前的事,2019-05-01\n")
    assert not Clock.objects.about(Case.objects.get(external_ref="1")).exists()


def test_repeating_the_file_stores_nothing_twice(do_import):
    do_import()
    again = do_import()
    assert (again["stored"], again["unchanged"]) == (0, 3)
    assert Case.objects.count() == 3


def test_the_same_number_in_another_file_is_another_case(do_import):
    do_import("id,review\n1,送餐太慢\n", name="waimai.csv")
    counts = do_import("id,review\n1,房间有异味\n", name="hotel.csv.gz")
    assert counts["stored"] == 1
    assert Case.objects.filter(external_ref="1").count() == 2


def test_rows_without_numbers_are_known_by_their_words(do_import):
    text = "评论\n送餐太慢\n送餐太慢\n味道不错\n"
    assert do_import(text)["stored"] == 2
    assert do_import(text)["unchanged"] == 3


def test_a_rehearsal_stores_nothing(do_import):
    counts = do_import(FILE, "--dry-run")
    assert (counts["stored"], counts["rejected"]) == (3, 3)
    assert not Case.objects.exists()


def test_cases_go_to_their_team_and_nobody_is_told(do_import, town):
    do_import()
    late = Case.objects.get(external_ref="A-1")
    assert (late.team, late.owner) == (town.first_team, None)
    assert not Duty.objects.exists()


def test_where_no_route_fits_the_case_waits_for_a_supervisor(do_import):
    Route.objects.update(active=False)
    do_import()
    assert Case.objects.get(external_ref="A-1").team is None


def test_one_person_in_many_rows_is_entered_once(do_import):
    rows = "\n".join(f"{number},第{number}次来电,周平,13700137000" for number in range(40))
    do_import(f"编号,内容,姓名,电话\n{rows}\n")
    assert Customer.objects.get(name="周平").cases.count() == 40


def test_a_damaged_packed_file_is_refused_with_a_sentence(do_import, tmp_path, capsys):
    path = tmp_path / "broken.csv.gz"
    path.write_bytes(gzip.compress(FILE.encode())[:-20])
    with pytest.raises(SystemExit):
        call_command("import", "cases", str(path))
    assert re.search("damaged|损坏", capsys.readouterr().err)


def test_a_batch_costs_few_statements(do_import, django_assert_max_num_queries):
    rows = "\n".join(f"{number},第{number}件,用户{number},1360000{number:04}" for number in range(400))
    with django_assert_max_num_queries(130):
        do_import(f"编号,内容,姓名,电话\n{rows}\n")
    assert Customer.objects.count() == 401
