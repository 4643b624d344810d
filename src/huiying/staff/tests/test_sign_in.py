from __future__ import annotations

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.urls import reverse

from conftest import PASSWORD
from huiying.journal.models import Entry
from huiying.staff import verbs
from huiying.staff.actions.people import deactivate, reset_access
from huiying.staff.links import first_start_path, sign_in_link
from huiying.staff.models import User

LOGIN = "/accounts/login/"


def attempt(client, username, password=PASSWORD):
    return client.post(LOGIN, {"login": username, "password": password})


def noted(verb) -> int:
    return Entry.objects.filter(verb=verb.code).count()


def path_of(link: str) -> str:
    return "/" + link.split("/", 3)[3]


def test_somebody_signs_in_whatever_the_case_of_the_name(town, as_nobody):
    assert attempt(as_nobody, "WangFang").status_code == 302
    assert as_nobody.session["_auth_user_id"] == str(town.wang.pk)
    assert noted(verbs.SIGNED_IN) == 1
    assert User.objects.get(pk=town.wang.pk).last_login is not None


def test_a_wrong_password_is_refused_and_journaled_without_what_was_typed(town, as_nobody):
    assert attempt(as_nobody, "wangfang", "wrong").status_code == 200
    assert attempt(as_nobody, "my-secret-password", "wrong").status_code == 200
    told = [entry.facts["username"] for entry in Entry.objects.filter(verb=verbs.SIGN_IN_FAILED.code).order_by("id")]
    assert told[0] == "wangfang"
    assert "secret" not in told[1]


def test_guessing_locks_the_name_for_a_while(town, as_nobody, pass_time):
    for guess in range(5):
        attempt(as_nobody, ["wangfang", "WANGFANG", "ｗangfang"][guess % 3], f"guess-{guess}")
    assert attempt(as_nobody, "wangfang").status_code == 200
    assert "_auth_user_id" not in as_nobody.session
    assert noted(verbs.LOCKED_OUT) == 1
    attempt(as_nobody, "wangfang")
    assert noted(verbs.LOCKED_OUT) == 1


def test_who_left_cannot_sign_in(town, as_nobody, actor):
    deactivate(town.wang, by=actor(town.admin))
    attempt(as_nobody, "wangfang")
    assert "_auth_user_id" not in as_nobody.session


def test_losing_access_ends_the_session_on_the_next_page(town, as_wang, actor):
    assert as_wang.get("/accounts/sessions/").status_code == 200
    deactivate(town.wang, by=actor(town.admin))
    assert as_wang.get("/accounts/sessions/").status_code == 302


def test_a_sign_in_link_works_once(town, as_nobody, actor):
    reset_access(town.wang, by=actor(town.admin))
    link = path_of(sign_in_link(User.objects.get(pk=town.wang.pk)))
    chosen = {"new_password1": "一个新的长口令-77", "new_password2": "一个新的长口令-77"}
    assert as_nobody.get(link).status_code == 200
    assert as_nobody.post(link, chosen).status_code == 302
    assert as_nobody.session["_auth_user_id"] == str(town.wang.pk)
    assert as_nobody.get(link).status_code == 410
    assert as_nobody.get(reverse("welcome", args=["MQ", "nonsense"])).status_code == 410


def test_a_weak_password_is_refused_with_a_reason(town, as_nobody):
    link = path_of(sign_in_link(town.wang))
    page = as_nobody.post(link, {"new_password1": "12345678901", "new_password2": "12345678901"})
    assert page.status_code == 200
    assert page.context["form"].errors


def test_the_second_step_is_asked_for(town, as_nobody):
    totp = TOTP.activate(town.wang, "JBSWY3DPEHPK3PXP")
    assert attempt(as_nobody, "wangfang").url == reverse("mfa_authenticate")
    assert "_auth_user_id" not in as_nobody.session
    as_nobody.post(reverse("mfa_authenticate"), {"code": "000000"})
    assert noted(verbs.SIGN_IN_FAILED) == 1
    counter = next(iter(yield_hotp_counters_from_time()))
    code = format_hotp_value(hotp_value("JBSWY3DPEHPK3PXP", counter))
    as_nobody.post(reverse("mfa_authenticate"), {"code": code})
    assert as_nobody.session["_auth_user_id"] == str(town.wang.pk)
    assert Authenticator.objects.filter(pk=totp.instance.pk).exists()


def test_the_first_administrator_is_made_once(db, as_nobody):
    assert as_nobody.get(LOGIN).url == reverse("first_help")
    link = first_start_path()
    words = {
        "username": "Boss",
        "name": "老板",
        "password": "山高水长-而今迈步从头越",
        "again": "山高水长-而今迈步从头越",
    }
    assert as_nobody.get(reverse("first_start", args=["guessed"])).url == reverse("first_help")
    assert as_nobody.post(link, words | {"again": "other"}).status_code == 200
    assert as_nobody.post(link, words).status_code == 302
    assert User.objects.administrators().get().username == "boss"
    assert as_nobody.get(link).url == reverse("first_help")
    assert as_nobody.post(link, words | {"username": "second"}).url == reverse("first_help")


@pytest.mark.parametrize("path", ["/accounts/signup/", "/accounts/password/reset/", "/accounts/email/"])
def test_nobody_signs_up_or_resets_by_themselves(town, as_admin, path):
    assert as_admin.get(path).status_code == 404
