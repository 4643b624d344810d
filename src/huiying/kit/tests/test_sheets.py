"""Files for spreadsheets carry no formula, whoever wrote the words in them."""

from __future__ import annotations

import csv
from io import BytesIO
from zipfile import ZipFile

import pytest
from python_calamine import CalamineWorkbook

from huiying.kit.sheets import csv_lines, xlsx_bytes

ROWS = [("编号", "主题"), ("C1", "=cmd|'/c calc'!A1"), ("C2", "正常, 有逗号")]


@pytest.mark.parametrize("word", ["=1+1", "+86 138", "-2", "@SUM(A1)", "\tx"])
def test_a_cell_that_looks_like_a_formula_is_defused(word):
    assert next(csv.reader(list(csv_lines([[word]]))[1:]))[0] == f"'{word}"


def test_text_for_spreadsheets_says_that_it_is_unicode():
    lines = "".join(csv_lines(ROWS))
    assert lines.startswith("\ufeff编号,主题")
    assert '"正常, 有逗号"' in lines


def test_a_workbook_holds_plain_text():
    sheet = CalamineWorkbook.from_filelike(BytesIO(xlsx_bytes(ROWS, title="案件"))).get_sheet_by_name("案件")
    assert sheet.to_python() == [["编号", "主题"], ["C1", "'=cmd|'/c calc'!A1"], ["C2", "正常, 有逗号"]]


def test_a_workbook_bears_its_mark_below_and_on_each_printed_page():
    book = xlsx_bytes(ROWS, title="案件", mark="注：由李强于今天导出")
    with ZipFile(BytesIO(book)) as parts:
        assert "注：由李强于今天导出" in parts.read("docProps/core.xml").decode()
        assert "注：由李强于今天导出" in parts.read("xl/worksheets/sheet1.xml").decode()
