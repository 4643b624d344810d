"""The customer lists that Excel made: every good row is stored as meant, every bad one comes back with its reason."""

from __future__ import annotations

import json
from decimal import Decimal
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from python_calamine import CalamineWorkbook

from huiying.customers.models import Customer
from tests.real_data.conftest import DATA

FOLDER = DATA / "import"
EXPECTED = json.loads((FOLDER / "expected.json").read_text()) if FOLDER.is_dir() else {}
TIERS = {"A": "high", "B": "potential", "C": "ordinary"}


@pytest.fixture(autouse=True)
def _folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def run_import(path: Path, *options: str) -> dict:
    out = StringIO()
    call_command("import", "customers", str(path), "--json", *options, stdout=out)
    return json.loads(out.getvalue())


def as_expected(row: dict) -> dict:
    return {
        "name": row["name"],
        "contact": row["contact"],
        "phones": sorted(filter(None, (row["mobile"], row["tel"].replace("-", ""), row.get("extra_phone", "")))),
        "email": row["email"],
        "place": (row["region"], row["address"]),
        "tier": TIERS[row["level"]],
        "created": row["created"],
        "amount": None if row["amount"] is None else Decimal(str(row["amount"])),
        "note": row["note"],
    }


def as_stored(customer: Customer) -> dict:
    reaches = list(customer.reaches.all())
    return {
        "name": customer.name,
        "contact": customer.contacts.get().name,
        "phones": sorted(reach.key for reach in reaches if reach.kind == "phone"),
        "email": next((reach.value for reach in reaches if reach.kind == "email"), ""),
        "place": (customer.region, customer.address),
        "tier": customer.tier,
        "created": str(customer.first_contact_on),
        "amount": customer.yearly_purchases,
        "note": customer.remarks,
    }


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_a_messy_list_is_stored_as_meant(db, name):
    expected = EXPECTED[name]
    counts = run_import(FOLDER / name)

    assert (counts["stored"], counts["unchanged"]) == (expected["valid_rows"], 0)
    for row in expected["rows"]:
        assert as_stored(Customer.objects.get(external_ref=row["code"])) == as_expected(row)
    assert run_import(FOLDER / name)["unchanged"] == expected["valid_rows"]
    assert Customer.objects.count() == expected["valid_rows"]


@pytest.mark.parametrize("name", [name for name in sorted(EXPECTED) if EXPECTED[name]["errors"]])
def test_bad_rows_come_back_with_the_reason_in_the_last_column(db, name):
    errors = EXPECTED[name]["errors"]
    counts = run_import(FOLDER / name, "--dry-run")

    assert counts["rejected"] == len(errors)
    assert not Customer.objects.exists()
    rows = rows_of(Path(counts["rejected_file"]))
    for error, row in zip(errors, rows[1:], strict=True):
        assert error["value"] in row
        assert error["column"] in row[-1]


def rows_of(path: Path) -> list[list]:
    if path.suffix == ".csv":
        import csv

        return list(csv.reader(path.open(encoding="utf-8-sig")))
    return CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()
