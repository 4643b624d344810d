"""Tables as people really send them, and the rows they get back."""

from __future__ import annotations

import csv
import gzip
from datetime import date

import pytest
import xlsxwriter
from python_calamine import CalamineWorkbook

from huiying.kit.guards import BadInput
from huiying.kit.tables import open_table, texts, write_lines

KNOWN = {"客户名称", "手机", "电话", "省市"}
TEXT = "客户名称,手机\n蓝湾酒店,13800138000\n\n合 计,\n注：仅供内部使用,\n"


def table_in(path):
    table = open_table(path, known=KNOWN.__contains__)
    return table, [(line.number, *line.cells) for line in table.lines]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16"])
def test_a_text_table_is_read_in_any_usual_encoding(tmp_path, encoding):
    path = tmp_path / "list.csv"
    path.write_bytes(TEXT.encode(encoding))
    table, lines = table_in(path)
    assert table.columns == ("客户名称", "手机")
    assert lines == [(2, "蓝湾酒店", "13800138000")]


@pytest.mark.parametrize("sign", [",", ";", "\t", "|", "，"])
def test_the_sign_between_cells_is_found_out(tmp_path, sign):
    path = tmp_path / "list.csv"
    path.write_text(f"客户名称{sign}手机{sign}省市\n蓝湾酒店{sign}13800138000{sign}上海\n")
    assert table_in(path)[1] == [(2, "蓝湾酒店", "13800138000", "上海")]


def test_a_row_with_unreadable_bytes_is_marked_and_the_others_are_read(tmp_path):
    path = tmp_path / "list.csv"
    path.write_bytes("客户名称\n".encode("gbk") + b"\xc0\xff\xff\n" + "蓝湾酒店\n".encode("gbk"))
    lines = list(open_table(path, known=KNOWN.__contains__).lines)
    assert [line.is_broken for line in lines] == [True, False]
    assert lines[1].cells == ("蓝湾酒店",)


def test_the_header_is_found_below_titles_and_merged_cells_give_their_value_to_all(tmp_path):
    path = tmp_path / "list.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        book.add_worksheet("说明").write("A1", "请勿修改表头")
        sheet = book.add_worksheet("客户")
        sheet.merge_range("B2:E2", "2026 年客户登记表")
        sheet.merge_range("B3:B4", "客户名称")
        sheet.merge_range("C3:D3", "联系方式")
        sheet.write_row("C4", ["手机", "电话", "省市"])
        sheet.write_row("B5", ["蓝湾酒店", 13800138000, "021-1"])
        sheet.write_row("B6", ["云杉物流", "", "010-1"])
        sheet.merge_range("E5:E6", "上海市")
    table, lines = table_in(path)
    assert (table.columns, table.header_number) == (("客户名称", "手机", "电话", "省市"), 4)
    assert lines == [(5, "蓝湾酒店", 13800138000, "021-1", "上海市"), (6, "云杉物流", "", "010-1", "上海市")]


@pytest.mark.parametrize("content", [b"", b"  \n", b"PK\x03\x04 no workbook"])
def test_what_holds_no_table_is_refused_in_words(tmp_path, content):
    path = tmp_path / "list.xlsx"
    path.write_bytes(content)
    with pytest.raises(BadInput):
        table_in(path)


def test_rows_are_given_back_without_formulas(tmp_path):
    path = tmp_path / "back.csv"
    write_lines(path, ["名称", "金额"], [["=HYPERLINK(1)", -300.0], ["@x", date(2026, 3, 2)]])
    rows = list(csv.reader(path.open(encoding="utf-8-sig")))
    assert rows == [["名称", "金额"], ["'=HYPERLINK(1)", "-300"], ["'@x", "2026-03-02"]]


def test_a_workbook_given_back_holds_texts_not_formulas(tmp_path):
    path = tmp_path / "back.xlsx"
    write_lines(path, ["名称"], [["=1+1"]])
    assert CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python() == [["名称"], ["=1+1"]]


def test_a_workbook_with_one_cell_at_the_far_end_is_refused_and_the_program_lives(tmp_path):
    path = tmp_path / "far.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["客户名称", "手机"])
        sheet.write(1_048_575, 16_383, "x")
    with pytest.raises(BadInput, match=r"too large|太大|过大"):
        table_in(path)


def test_a_line_without_end_is_refused_and_a_long_one_is_read(tmp_path):
    path = tmp_path / "list.csv"
    path.write_text("客户名称,手机\n" + "x" * 10_000_000)
    with pytest.raises(BadInput):
        table_in(path)
    path.write_text("客户名称,手机\n蓝湾酒店," + "1" * 100_000)
    assert len(table_in(path)[1][0][2]) == 100_000


def test_a_small_packed_file_that_unpacks_without_end_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(texts, "UNPACKED_AT_MOST", 10_000_000)
    path = tmp_path / "list.csv.gz"
    path.write_bytes(gzip.compress(("客户名称,手机\n" + "蓝湾酒店,13800138000\n" * 400_000).encode(), 1))
    with pytest.raises(BadInput):
        table_in(path)
