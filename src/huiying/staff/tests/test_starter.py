from __future__ import annotations

import pytest

from huiying.staff.models import Department, Role, Team
from huiying.starter import install_starter_pack

pytestmark = pytest.mark.django_db


def test_an_empty_installation_has_roles_departments_and_teams():
    assert Role.objects.get(code="clerk").approval_limit == 200
    assert set(Team.objects.filter(department__name="客户服务部").values_list("name", flat=True)) == {
        "投诉一组",
        "投诉二组",
    }


def test_installing_again_changes_nothing():
    before = Role.objects.count(), Department.objects.count()
    install_starter_pack()
    assert (Role.objects.count(), Department.objects.count()) == before


def test_what_an_administrator_changed_stays():
    Role.objects.filter(code="clerk").update(approval_limit=350, name="一线客服")
    Department.objects.filter(name="财务部").update(name="财务中心")
    install_starter_pack()
    assert Role.objects.get(code="clerk").approval_limit == 350
    assert Role.objects.get(code="clerk").name == "一线客服"
    assert not Department.objects.filter(name="财务部").exists()


def test_a_role_that_was_removed_does_not_come_back():
    Role.objects.filter(code="adviser").delete()
    install_starter_pack()
    assert not Role.objects.filter(code="adviser").exists()
