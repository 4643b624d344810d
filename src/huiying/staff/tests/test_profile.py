from __future__ import annotations

from datetime import timedelta

from django.contrib.sessions.models import Session
from django.urls import reverse
from django.utils import timezone

from huiying.journal.models import Entry
from huiying.staff import verbs
from huiying.staff.models import Token, User
from huiying.staff.sessions import forget_expired


def test_somebody_changes_their_own_profile_and_nothing_else(town, as_wang):
    words = {"name": "王小芳", "email": "", "phone": "13900001111", "language": "en", "role": "1"}
    assert as_wang.post(reverse("profile"), words).status_code == 302
    wang = User.objects.get(pk=town.wang.pk)
    assert (wang.name, wang.role) == ("王小芳", town.wang.role)
    facts = Entry.objects.get(verb=verbs.PERSON_CHANGED.code).facts
    assert "13900001111" not in str(facts)
    assert 'lang="en"' in as_wang.get(reverse("profile")).content.decode()


def test_a_token_is_shown_once_and_kept_as_a_hash(town, as_wang):
    page = as_wang.post(reverse("tokens"), {"name": "报表", "scope": "read"})
    secret = page.context["secret"]
    token = Token.objects.get(user=town.wang)
    assert secret.startswith("hy_")
    assert secret not in token.digest
    assert secret not in as_wang.get(reverse("tokens")).content.decode()


def test_a_revoked_token_opens_nothing(town, as_wang, as_chen, client):
    secret = as_wang.post(reverse("tokens"), {"name": "报表", "scope": "read"}).context["secret"]
    bearer = {"Authorization": f"Bearer {secret}"}
    assert client.get("/api/v1/staff", headers=bearer).status_code == 200
    token = Token.objects.get(user=town.wang)
    assert as_chen.post(reverse("token_revocation", args=[token.pk])).status_code == 404
    assert as_wang.post(reverse("token_revocation", args=[token.pk])).status_code == 302
    assert client.get("/api/v1/staff", headers=bearer).status_code == 401


def test_an_expired_token_opens_nothing(town, as_wang, client, pass_time):
    tomorrow = timezone.localdate() + timedelta(days=1)
    words = {"name": "报表", "scope": "write", "until": tomorrow.isoformat()}
    bearer = {"Authorization": f"Bearer {as_wang.post(reverse('tokens'), words).context['secret']}"}
    assert client.get("/api/v1/staff", headers=bearer).status_code == 200
    pass_time(by=timedelta(days=3))
    assert client.get("/api/v1/staff", headers=bearer).status_code == 401


def test_the_shift_button_turns(town, as_wang):
    as_wang.post(reverse("shift"))
    assert not User.objects.get(pk=town.wang.pk).is_on_shift
    as_wang.post(reverse("shift"))
    assert User.objects.get(pk=town.wang.pk).is_on_shift
    assert Entry.objects.filter(verb=verbs.SHIFT_ENDED.code).count() == 1
    assert as_wang.get(reverse("shift")).status_code == 405


def test_a_language_is_chosen_before_and_after_signing_in(town, as_nobody, as_wang):
    as_nobody.post(reverse("set_language"), {"language": "en"})
    assert 'lang="en"' in as_nobody.get("/accounts/login/").content.decode()
    as_wang.post(reverse("set_language"), {"language": "zh-hant"})
    assert User.objects.get(pk=town.wang.pk).language == "zh-hant"
    as_wang.post(reverse("set_language"), {"language": "xx"})
    assert User.objects.get(pk=town.wang.pk).language == "zh-hant"


def test_ending_other_sessions_is_journaled(town, as_nobody, client):
    from conftest import PASSWORD

    for browser in (as_nobody, client):
        browser.post("/accounts/login/", {"login": "wangfang", "password": PASSWORD})
    assert client.get("/accounts/sessions/").context["session_count"] == 2
    client.post("/accounts/sessions/")
    assert as_nobody.get("/accounts/sessions/").status_code == 302
    assert Entry.objects.get(verb=verbs.SESSIONS_ENDED.code).facts["count"] == 1


def test_sessions_that_ran_out_are_forgotten(town, as_wang, pass_time):
    assert Session.objects.count() == 1
    assert forget_expired(timezone.now()) == 0
    pass_time(by=timedelta(days=15))
    assert forget_expired(timezone.now()) + forget_expired(timezone.now()) <= 1
    assert Session.objects.count() == 0


def test_a_password_is_changed_with_the_old_one(town, as_nobody):
    from conftest import PASSWORD

    as_nobody.post("/accounts/login/", {"login": "wangfang", "password": PASSWORD})
    new = "换一个更长的口令-88"
    words = {"oldpassword": "wrong", "password1": new, "password2": new}
    assert as_nobody.post("/accounts/password/change/", words).status_code == 200
    assert as_nobody.post("/accounts/password/change/", words | {"oldpassword": PASSWORD}).status_code == 302
    assert User.objects.get(pk=town.wang.pk).check_password(new)
    assert Entry.objects.filter(verb=verbs.PASSWORD_CHANGED.code).count() == 1
