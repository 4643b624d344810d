"""Complaints, reviews and messages as people really wrote them, imported as they were collected."""

from __future__ import annotations

import csv
import gzip
import json
from io import StringIO

import pytest
from django.core.management import call_command

from huiying.cases.models import Case
from huiying.channels.models import Message
from huiying.search.index import found_ids

from .conftest import DATA

pytestmark = pytest.mark.django_db

REVIEWS = "{}"
CARS = '{"desc": "description", "datetime": "received_at", "type": "", "status": "", "brand": "category"}'
FILES = {
    "waimai_dev.csv.gz": REVIEWS,
    "hotel_dev.csv.gz": REVIEWS,
    "gov_messages_labelled_dev.csv.gz": REVIEWS,
    "gov_stream_dev.csv.gz": REVIEWS,
    "gov_replies_dev.csv.gz": REVIEWS,
    "car_complaints_12365auto_90.csv": CARS,
}


@pytest.fixture
def do_import(db, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "uploads"

    def do(name: str, mapping: str = "{}") -> dict:
        out = StringIO()
        call_command("import", "cases", str(DATA / "text" / name), "--mapping", mapping, "--json", stdout=out)
        return json.loads(out.getvalue())

    return do


def rows_of(name: str) -> list[dict[str, str]]:
    path = DATA / "text" / name
    with gzip.open(path, "rt", encoding="utf-8") if name.endswith(".gz") else path.open(encoding="utf-8-sig") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("name", FILES)
def test_every_row_is_stored_or_given_back_with_a_reason_and_never_twice(do_import, name):
    rows = rows_of(name)
    first = do_import(name, FILES[name])
    assert first["stored"] + first["unchanged"] + first["rejected"] == len(rows)
    assert first["stored"] >= 0.99 * len(rows)
    again = do_import(name, FILES[name])
    assert (again["stored"], again["unchanged"]) == (0, len(rows) - again["rejected"])


def test_messages_keep_their_writer_time_and_the_answer_they_got(do_import):
    row = rows_of("gov_replies_dev.csv.gz")[0]
    do_import("gov_replies_dev.csv.gz")
    case = Case.objects.get(external_ref=row["msg_id"])
    assert (case.subject, case.caller_name) == (row["subject"], row["user"])
    assert f"{case.received_at:%Y}" == row["time"][:4]
    words = [message.text for message in Message.objects.about(case).in_order()]
    assert words == [row["body"].strip(), row["reply"].strip()]


def test_what_people_wrote_is_found_by_two_characters(do_import):
    do_import("hotel_dev.csv.gz")
    found = Case.objects.filter(pk__in=found_ids(Case, "隔音"))
    assert found.count() > 20
    assert all("隔音" in case.description for case in found)
