"""A statement that stands is composed once; what it finds is always what is there now."""

from __future__ import annotations

from collections import OrderedDict
from threading import Thread

import pytest
from django.db import connection
from django.db.models import Exists, OuterRef, Q

from huiying.kit.prepared import ANY_KEY, ANY_NUMBER, prepared, prepared_for, shelf
from huiying.staff.models import Department, Team, User

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def empty_shelf(monkeypatch):
    monkeypatch.setattr(shelf, "kept", OrderedDict())


@pytest.fixture
def asked():
    """The departments that were composed for, in order."""
    return []


@pytest.fixture
def people_of(asked):
    @prepared
    def people_of(department_id):
        asked.append(department_id)
        leads = Exists(Team.objects.filter(lead=OuterRef("pk")))
        rows = User.objects.filter(department=department_id).select_related("department", "team").annotate(leads=leads)
        return rows.only("name", "department__name", "team__name").order_by("username")[:20]

    return people_of


def test_it_finds_what_is_there_now_and_is_composed_once(town, people_of, asked):
    before = people_of(town.service.pk)
    assert town.wang in before
    User.objects.filter(pk=town.wang.pk).update(name="王芳芳")
    User.objects.filter(pk=town.li.pk).update(department=None)
    after = people_of(town.service.pk)
    assert {person.name for person in before} - {person.name for person in after} == {"王芳", "李强"}
    assert "王芳芳" in {person.name for person in after}
    assert asked == [town.service.pk]


def test_other_arguments_are_another_statement(town, people_of, asked):
    other = Department.objects.create(name="仓储部")
    assert people_of(town.service.pk)
    assert people_of(other.pk) == []
    assert people_of(town.service.pk)
    assert asked == [town.service.pk, other.pk]


def test_rows_are_whole_objects(town, people_of, django_assert_num_queries):
    people_of(town.service.pk)
    with django_assert_num_queries(1):
        found = {person.pk: person for person in people_of(town.service.pk)}
        assert found[town.wang.pk].team.name == town.first_team.name
        assert found[town.wang.pk].department == town.service
    assert found[town.li.pk].leads
    assert not found[town.wang.pk].leads
    with django_assert_num_queries(1):
        assert found[town.wang.pk].phone == town.wang.phone


def test_what_can_never_be_is_not_asked(town, django_assert_num_queries):
    nobody = prepared(lambda: User.objects.none().order_by("pk"))
    with django_assert_num_queries(0):
        assert (nobody(), nobody()) == ([], [])


def test_each_thread_composes_for_its_own_connection(town, people_of, asked):
    people_of(town.service.pk)

    def elsewhere():
        shelf.kept.clear()
        people_of(-1)
        connection.close()

    other = Thread(target=elsewhere)
    other.start()
    other.join()
    people_of(town.service.pk)
    assert asked == [town.service.pk, -1]


def test_the_shelf_keeps_what_was_used_last(town, people_of, asked, monkeypatch):
    monkeypatch.setattr("huiying.kit.prepared.KEPT_AT_MOST", 2)
    for key in (1, 2, 1, 3, 1, 2):
        people_of(key)
    assert asked == [1, 2, 3, 2]


def test_a_value_left_open_serves_for_each(town, asked):
    @prepared_for(ANY_NUMBER)
    def called(username, department_id):
        asked.append(username)
        return User.objects.filter(Q(username=username) | Q(name=username), department=department_id).order_by("pk")

    assert called("wangfang", town.service.pk) == [town.wang]
    assert called("李强", town.service.pk) == [town.li]
    assert called("sungong", town.service.pk) == []
    assert called("sungong", town.logistics.pk) == [town.sun]
    assert asked == [ANY_NUMBER, ANY_NUMBER]


def test_a_value_left_open_is_only_compared_with(town):
    astray = prepared_for(ANY_KEY)(lambda key: User.objects.filter(pk=key + 1))
    with pytest.raises(ValueError, match="left open"):
        astray(town.wang.pk)
