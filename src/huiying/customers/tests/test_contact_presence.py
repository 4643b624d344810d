"""People leave and consent: their history stays, nobody writes to them against their will, and the form prints it."""

from __future__ import annotations

from io import BytesIO

import pytest
from python_calamine import CalamineWorkbook

from huiying.customers.models import Contact
from huiying.journal.models import Entry

HTMX = {"HX-Request": "true"}


@pytest.fixture
def address(town) -> str:
    return f"/customers/{town.zhang.number}/"


def test_whoever_leaves_stays_in_the_archive_and_somebody_else_is_main_contact(as_lin, town, address):
    first, second = town.zhang.contacts.get(), Contact.objects.create(customer=town.zhang, name="张强")
    assert as_lin.post(f"{address}contacts/{first.pk}/leaving/", headers=HTMX).status_code == 204
    first.refresh_from_db()
    second.refresh_from_db()
    assert (str(first.left_on), first.is_main, first.do_not_contact) == ("2026-03-02", False, True)
    assert second.is_main
    assert [known.contact.name for known in as_lin.get(address).context["contacts"]] == ["张强", "张敏"]
    assert as_lin.post(f"{address}contacts/{first.pk}/leaving/", headers=HTMX).status_code == 409
    assert as_lin.post(f"{address}contacts/{first.pk}/main/", headers=HTMX).status_code >= 400


def test_whoever_comes_back_is_not_contacted_before_somebody_asked(as_lin, town, address):
    one = town.zhang.contacts.get()
    assert as_lin.post(f"{address}contacts/{one.pk}/returning/", headers=HTMX).status_code == 409
    as_lin.post(f"{address}contacts/{one.pk}/leaving/", headers=HTMX)
    as_lin.post(f"{address}contacts/{one.pk}/returning/", headers=HTMX)
    one.refresh_from_db()
    assert (one.left_on, one.is_main, one.do_not_contact) == (None, True, True)


def test_a_consent_knows_its_day_and_who_wrote_it_down(as_lin, town, address):
    one = town.zhang.contacts.get()
    assert as_lin.post(f"{address}contacts/{one.pk}/consent/withdrawal/", headers=HTMX).status_code == 409
    as_lin.post(f"{address}contacts/{one.pk}/consent/", headers=HTMX)
    one.refresh_from_db()
    assert (one.consent_at is not None, one.consent_by) == (True, town.lin)
    as_lin.post(f"{address}contacts/{one.pk}/consent/withdrawal/", headers=HTMX)
    one.refresh_from_db()
    assert (one.consent_at, one.consent_by) == (None, None)
    assert Entry.objects.filter(verb__in=("consent_given", "consent_withdrawn")).count() == 2


def test_who_may_not_change_customers_notes_nothing(sign_in, town, address):
    one = town.zhang.contacts.get()
    assert sign_in(town.sun).post(f"{address}contacts/{one.pk}/leaving/", headers=HTMX).status_code in {403, 404}
    assert town.zhang.contacts.get().left_on is None


def test_the_form_shows_every_field_with_numbers_covered(as_lin, town, address):
    page = as_lin.get(f"{address}registration/")
    labels = [label for label, _value in (*page.context["sheet"].short, *page.context["sheet"].long)]
    assert len(labels) == len(set(labels)) == 27
    assert "13800138000" not in page.content.decode()
    assert page.context["sheet"].contacts[0].reaches.endswith("8000")


def test_the_form_as_a_workbook_is_written_down(as_li, as_wang, town, address):
    assert as_wang.get(f"{address}registration.xlsx").status_code == 403
    answer = as_li.get(f"{address}registration.xlsx")
    cells = CalamineWorkbook.from_filelike(BytesIO(answer.content)).get_sheet_by_index(0).to_python()
    assert [row[1] for row in cells if row[1:] and row[1] == "张敏"][:1] == ["张敏"]
    assert "13800138000" not in str(cells)
    assert Entry.objects.filter(verb="customers_exported", facts__count=1).count() == 1


def test_a_program_notes_them_too(program, town):
    key = town.zhang.contacts.get().pk
    lin = program(town.lin)
    assert lin.send("PUT", f"contacts/{key}/consent").json()["consent_at"]
    assert lin.send("PUT", f"contacts/{key}/leaving").json()["left_on"] == "2026-03-02"
