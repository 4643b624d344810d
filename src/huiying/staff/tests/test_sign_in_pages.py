import pytest

pytestmark = pytest.mark.django_db


def test_the_sign_in_page_offers_no_way_around_the_administrator(town, client):
    page = client.get("/accounts/login/").content.decode()
    assert 'name="login"' in page
    assert "/accounts/password/reset/" not in page
    assert "/accounts/signup/" not in page
