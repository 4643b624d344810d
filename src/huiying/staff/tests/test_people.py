from __future__ import annotations

from decimal import Decimal

import pytest
from django.urls import reverse

from huiying.journal.models import Entry
from huiying.kit.guards import DomainError, Refused
from huiying.staff import verbs
from huiying.staff.actions.people import add_person, deactivate
from huiying.staff.actions.roles import add_role, change_role
from huiying.staff.actions.tokens import create_token
from huiying.staff.drafts import PersonDraft, RoleDraft
from huiying.staff.models import Role, Team, User


def words_of(user, **changes):
    known = {"username": user.username, "name": user.name, "role": user.role_id, "department": user.department_id or ""}
    return known | {"team": user.team_id or "", "email": user.email, "phone": "", "language": ""} | changes


def test_a_new_colleague_gets_a_link_that_is_shown_once(town, as_admin, as_nobody):
    words = {"username": "Xiaomei", "name": "小梅", "role": town.wang.role_id, "team": town.first_team.pk}
    page = as_admin.post(reverse("settings_person_new"), words, follow=True)
    link = page.context["link"]
    added = User.objects.get(username="xiaomei")
    assert added.department == town.service
    assert not added.has_usable_password()
    assert as_nobody.get(link).status_code == 200
    assert as_admin.get(reverse("settings_person", args=[added.pk])).context["link"] is None


def test_a_name_is_had_by_one_person(town, as_admin):
    page = as_admin.post(reverse("settings_person_new"), words_of(town.wang, username="WangFang"))
    assert page.status_code == 422
    assert "username" in page.context["form"].errors


def test_a_team_must_be_of_the_department(town, as_admin):
    words = words_of(town.sun, team=town.first_team.pk)
    page = as_admin.post(reverse("settings_person", args=[town.sun.pk]), words)
    assert "team" in page.context["form"].errors


def test_a_move_is_told_in_the_log(town, as_admin):
    words = words_of(town.wang, team=town.second_team.pk)
    as_admin.post(reverse("settings_person", args=[town.wang.pk]), words)
    assert User.objects.get(pk=town.wang.pk).team == town.second_team
    entry = Entry.objects.get(verb=verbs.PERSON_CHANGED.code)
    assert entry.facts["changes"] == {"team": ["投诉一组", "投诉二组"]}
    assert "投诉二组" in entry.sentence


def test_a_colleague_without_the_power_is_refused(town, as_wang):
    for name in ("settings_people", "settings_roles", "settings_departments", "settings_log", "settings_person_new"):
        assert as_wang.get(reverse(name)).status_code == 403
    assert as_wang.post(reverse("settings_person_access", args=[town.li.pk])).status_code == 403


def test_nobody_hands_out_more_than_they_have(town, actor):
    Role.objects.filter(code="supervisor").update(powers=["people.manage", "cases.see"])
    by = actor(town.li)
    ruler = PersonDraft(username="x", name="x", role=Role.objects.get(code="administrator"))
    with pytest.raises(Refused):
        add_person(ruler, by=by)
    with pytest.raises(Refused):
        deactivate(town.admin, by=by)


@pytest.mark.parametrize(
    "wider", [{"case_scope": "department"}, {"customer_scope": "all"}, {"approval_limit": Decimal("2000.01")}]
)
def test_nobody_lets_others_see_or_promise_more_than_they_do(town, actor, wider):
    held = {"powers": ["people.manage", "cases.see"], "case_scope": "team", "customer_scope": "team"}
    Role.objects.filter(code="supervisor").update(**held, approval_limit=2000)
    by = actor(User.objects.with_standing().get(pk=town.li.pk))
    alike = {"powers": frozenset({"cases.see"}), "case_scope": "team", "customer_scope": "team"}
    made = add_role(RoleDraft(name="组员", **alike, approval_limit=Decimal(2000)), by=by)
    with pytest.raises(Refused):
        add_role(RoleDraft(name="组员二", **alike | wider), by=by)
    with pytest.raises(Refused):
        change_role(made, RoleDraft(name="组员", **alike | wider), by=by)


def test_new_access_ends_keys_for_programs(town, as_admin, actor):
    by = actor(town.wang)
    token, _secret = create_token(town.wang, "表格", scopes=["read"], by=by)
    as_admin.post(reverse("settings_person_access", args=[town.wang.pk]))
    token.refresh_from_db()
    assert token.revoked_at is not None


def test_the_last_administrator_stays(town, as_admin, actor):
    words = words_of(town.admin, role=town.wang.role_id)
    page = as_admin.post(reverse("settings_person", args=[town.admin.pk]), words)
    assert page.status_code == 422
    assert User.objects.administrators().get() == town.admin
    with pytest.raises(DomainError):
        deactivate(town.admin, by=actor(town.admin))


def test_the_role_of_the_last_administrator_keeps_its_power(town, as_admin):
    role = Role.objects.get(code="administrator")
    words = {"name": role.name, "powers": ["cases.see"], "case_scope": "all", "customer_scope": "all"}
    page = as_admin.post(reverse("settings_role", args=[role.pk]), words | {"approval_limit": "0", "confirmed": "yes"})
    assert page.status_code == 422
    assert "settings.manage" in Role.objects.get(code="administrator").powers


def test_a_change_of_role_is_previewed_and_then_made(town, as_admin):
    role = Role.objects.get(code="clerk")
    address = reverse("settings_role", args=[role.pk])
    words = {"name": role.name, "powers": [*role.powers, "cases.reopen"], "case_scope": "team", "customer_scope": "all"}
    page = as_admin.post(address, words | {"approval_limit": "300"})
    assert page.context["preview"].granted == ["cases.reopen"]
    assert Role.objects.get(code="clerk").approval_limit == 200
    assert as_admin.post(address, words | {"approval_limit": "300", "confirmed": "yes"}).status_code == 302
    assert Role.objects.get(code="clerk").approval_limit == 300
    assert Entry.objects.filter(verb=verbs.ROLE_GRANTED.code).count() == 1


def test_a_role_goes_only_when_nobody_has_it(town, as_admin):
    clerk, adviser = Role.objects.get(code="clerk"), Role.objects.get(code="adviser")
    as_admin.post(reverse("settings_role_removal", args=[clerk.pk]))
    as_admin.post(reverse("settings_role_removal", args=[adviser.pk]))
    assert set(Role.objects.filter(code__in=["clerk", "adviser"]).values_list("code", flat=True)) == {"clerk"}


def test_a_department_moves_with_all_below_it(town, as_admin):
    add = reverse("settings_department_new")
    as_admin.post(add, {"name": "华东", "parent": town.service.pk, "active": "on"})
    as_admin.post(add, {"name": "上海", "parent": town.service.children.get().pk, "active": "on"})
    east = town.service.children.get()
    address = reverse("settings_department", args=[east.pk])
    as_admin.post(address, {"name": "华东", "parent": town.sales.pk, "active": "on"})
    east.refresh_from_db()
    below = east.children.get()
    assert east.path == f"{town.sales.path}{east.pk}/"
    assert below.path == f"{east.path}{below.pk}/"
    page = as_admin.post(address, {"name": "华东", "parent": below.pk, "active": "on"})
    assert "parent" in page.context["form"].errors


def test_a_team_with_people_stays_open(town, as_admin):
    words = {"name": "投诉一组", "department": town.service.pk}
    page = as_admin.post(reverse("settings_team", args=[town.first_team.pk]), words)
    assert "active" in page.context["form"].errors
    assert Team.objects.get(pk=town.first_team.pk).active
