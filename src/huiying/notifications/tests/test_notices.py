"""The bell rings for whom it concerns, once, and never for the one who acted."""

from __future__ import annotations

import pytest
from django.utils.timezone import now

from huiying.journal.entries import record
from huiying.notifications.matrix import Event, Relation
from huiying.notifications.models import Notice
from huiying.notifications.notices import Word, tell
from huiying.notifications.queries import unread_count
from huiying.staff.verbs import SHIFT_STARTED

pytestmark = pytest.mark.django_db


@pytest.fixture
def deed(town, actor):
    """Return a function by which 李强 does something that others are told of."""

    def do(*people):
        entry = record(SHIFT_STARTED, town.li, by=actor(town.li), at=now(), name="李强")
        word = Word(event=Event.GIVEN, headline="冰箱送货延误三天", link="/notices/?view=all")
        tell({Relation.MINE: [person.pk for person in people]}, entry, word)
        return entry

    return do


def test_whoever_acted_is_not_told(town, deed, actor):
    deed(town.wang, town.li)
    assert unread_count(actor(town.wang)) == 1
    assert unread_count(actor(town.li)) == 0


def test_the_bell_counts_what_is_unread(town, deed, as_wang):
    assert as_wang.get("/notices/bell/").content.strip() == b""
    deed(town.wang)
    deed(town.wang)
    assert as_wang.get("/notices/bell/").content.strip().startswith(b"2")


def test_the_list_shows_ones_own_notices_only(town, deed, as_wang, as_chen):
    deed(town.wang)
    assert "冰箱送货延误三天" in as_wang.get("/notices/").content.decode()
    assert "冰箱送货延误三天" not in as_chen.get("/notices/?view=all").content.decode()


def test_following_a_notice_reads_it(town, deed, as_wang, as_chen):
    deed(town.wang)
    notice = Notice.objects.get()
    assert as_chen.get(f"/notices/{notice.pk}/").status_code == 404
    assert as_wang.get(f"/notices/{notice.pk}/").url == "/notices/?view=all"
    assert as_wang.get("/notices/bell/").content.strip() == b""


def test_all_can_be_marked_read_at_once(town, deed, as_wang):
    deed(town.wang)
    deed(town.wang)
    as_wang.post("/notices/reading/")
    assert not Notice.objects.for_person(town.wang.pk).unread().exists()


def test_the_list_costs_the_same_for_one_and_for_fifty(town, deed, as_wang, django_assert_max_num_queries):
    for _ in range(60):
        deed(town.wang)
    with django_assert_max_num_queries(5):
        page = as_wang.get("/notices/").content.decode()
    assert 'rel="next"' in page
