"""From a file to its rows in the browser."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from huiying.customers.models import Customer
from huiying.imports.models import ImportJob

LIST = "公司名称,联系人,打给谁\n蓝湾酒店,林经理,13900001234\n云杉物流,陈工,1390000123\n".encode("gbk")


@pytest.fixture(autouse=True)
def _at_once(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}


@pytest.fixture
def job(as_li):
    upload = {"kind": "customers", "file": SimpleUploadedFile("名单.csv", LIST)}
    answer = as_li.post(reverse("imports:list"), upload)
    assert answer.status_code == 302
    return ImportJob.objects.get()


def page(name, job):
    return reverse(f"imports:{name}", args=[job.pk])


COLUMNS = {"column-0": "name", "column-1": "contact", "column-2": "phones"}


def test_the_columns_are_proposed_with_their_first_rows(job, as_li):
    text = as_li.get(page("job", job)).content.decode()
    assert job.mapping == {"公司名称": "name", "联系人": "contact"}
    assert "林经理" in text
    assert "打给谁" in text


def test_a_try_stores_nothing_and_the_import_all_good_rows(job, as_li):
    as_li.post(page("rehearsal", job), COLUMNS)
    job.refresh_from_db()
    assert (job.state, job.stored, job.rejected, Customer.objects.filter(name="蓝湾酒店").exists()) == (
        "rehearsed",
        1,
        1,
        False,
    )
    assert "1390000123" in as_li.get(page("job", job)).content.decode()

    as_li.post(page("start", job), COLUMNS)
    job.refresh_from_db()
    assert (job.state, job.counts()) == ("done", {"stored": 1, "unchanged": 0, "rejected": 1})
    assert Customer.objects.get(name="蓝湾酒店").reaches.get().key == "13900001234"


def test_rejected_rows_are_fetched_as_a_file(job, as_li):
    as_li.post(page("rehearsal", job), COLUMNS)
    file = b"".join(as_li.get(page("rejected", job)).streaming_content).decode("utf-8-sig")
    assert file.splitlines()[1].startswith("云杉物流,陈工,1390000123,")


def test_a_mapping_without_what_is_needed_is_refused_in_words(job, as_li):
    answer = as_li.post(page("start", job), {**COLUMNS, "column-0": ""})
    assert answer.status_code == 422
    assert not Customer.objects.filter(name="蓝湾酒店").exists()


@pytest.mark.parametrize(("name", "content"), [("名单.pdf", b"%PDF"), ("名单.xlsx", b"PK\x03\x04"), ("名单.csv", b"")])
def test_what_is_no_table_is_refused_in_words(as_li, name, content):
    answer = as_li.post(reverse("imports:list"), {"kind": "customers", "file": SimpleUploadedFile(name, content)})
    assert answer.status_code == 422
    assert answer.context["form"].errors["file"]


def test_others_do_not_see_the_file(job, as_chen, as_wang, as_admin):
    assert as_chen.get(page("job", job)).status_code == 404
    assert as_wang.get(reverse("imports:list")).status_code == 403
    assert as_admin.get(page("job", job)).status_code == 200


def test_while_it_works_the_page_counts_and_then_shows_the_result(job, as_li):
    ImportJob.objects.filter(pk=job.pk).update(state="running", rows=500)
    assert "500" in as_li.get(page("progress", job)).content.decode()
    ImportJob.objects.filter(pk=job.pk).update(state="done")
    assert as_li.get(page("progress", job)).headers["HX-Refresh"] == "true"
