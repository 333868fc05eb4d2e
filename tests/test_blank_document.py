"""A new report as a Word document: it reads as the text does, and its tables are merged as the form prints them."""

from __future__ import annotations

import io
import zipfile
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings

from reportlint import Linter
from reportlint.blank import blank, parts
from reportlint.blank.document import document
from reportlint.config import Layer
from reportlint.drawing import Line, boxes

from .test_blank import LINTER, NAMES, PROVINCES, YEARS, extending
from .words import W


def made(linter: Linter, name: str, year: int) -> bytes:
    return document(parts(linter, name, year))


@settings(deadline=None, max_examples=30)
@given(NAMES, YEARS)
def test_it_reads_as_the_text_does_and_nothing_is_found(name: str, year: int) -> None:
    source = LINTER.readers.source(made(LINTER, name, year), "年报.docx")
    assert source.text == blank(LINTER, name, year)
    assert (source.remarks, source.doubts) == ((), ())
    result = LINTER.lint(source)
    assert (result.diagnostics, result.failed) == ([], False)
    report = LINTER.read(source)
    assert report.year == year
    assert set(report.tables) == set(report.form.tables)


@pytest.mark.parametrize("preset", PROVINCES)
def test_it_reads_as_the_text_of_a_province_does(preset: str) -> None:
    linter = extending(preset)
    name = {"beijing": "元圃街道", "shanghai": "海屿区"}.get(preset, "云溪县")
    source = linter.readers.source(made(linter, name, 2024), "年报.docx")
    assert source.text == blank(linter, name, 2024)


def test_the_same_report_is_the_same_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1735700000")
    first = made(LINTER, "云溪县", 2024)
    assert made(LINTER, "云溪县", 2024) == first
    with zipfile.ZipFile(io.BytesIO(first)) as archive:
        assert b"2025-01-01T02:53:20Z" in archive.read("docProps/core.xml")


def test_all_parts_are_well_formed_and_announced() -> None:
    with zipfile.ZipFile(io.BytesIO(made(LINTER, "云溪县", 2024))) as archive:
        names = archive.namelist()
        for name in names:
            ElementTree.fromstring(archive.read(name))
        types = ElementTree.fromstring(archive.read("[Content_Types].xml"))
    told = {each.get("PartName", "").lstrip("/") for each in types if each.get("PartName")}
    assert names[0] == "[Content_Types].xml"
    assert told == {name for name in names if name.endswith(".xml")} - {"[Content_Types].xml"}


def tables(data: bytes) -> list[ElementTree.Element]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return list(ElementTree.fromstring(archive.read("word/document.xml")).iter(f"{{{W}}}tbl"))


def cells(row: ElementTree.Element) -> list[tuple[str, int, str | None]]:
    """The cells of a row: text, fields, and how it goes down."""
    found = []
    for cell in row.iter(f"{{{W}}}tc"):
        span, down = cell.find(f".//{{{W}}}gridSpan"), cell.find(f".//{{{W}}}vMerge")
        text = "".join(each.text or "" for each in cell.iter(f"{{{W}}}t"))
        going = None if down is None else down.get(f"{{{W}}}val", "on")
        found.append((text, 1 if span is None else int(span.get(f"{{{W}}}val", "")), going))
    return found


def test_the_tables_are_merged_as_the_form_prints_them() -> None:
    disclosure, requests, remedies = tables(made(LINTER, "云溪县", 2024))
    rows = [cells(row) for row in disclosure.iter(f"{{{W}}}tr")]
    assert rows[0] == [("第二十条第（一）项", 4, None)]
    assert rows[5:7] == [
        [("信息内容", 1, None), ("本年处理决定数量", 3, None)],
        [("行政许可", 1, None), ("0", 3, None)],
    ]
    rows = [cells(row) for row in requests.iter(f"{{{W}}}tr")]
    corner = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"
    assert rows[0] == [(corner, 3, "restart"), ("申请人情况", 7, None)]
    assert rows[1] == [("", 3, "on"), ("自然人", 1, "restart"), ("法人或其他组织", 5, None), ("总计", 1, "restart")]
    assert rows[2][:3] == [("", 3, "on"), ("", 1, "on"), ("商业企业", 1, None)]
    assert rows[3][:2] == [("一、本年新收政府信息公开申请数量", 3, None), ("0", 1, None)]
    assert rows[7][:3] == [("", 1, "on"), ("（三）不予公开", 1, "restart"), ("1.属于国家秘密", 1, None)]
    assert rows[26][:2] == [("", 1, "on"), ("（七）总计", 2, None)]
    rows = [cells(row) for row in remedies.iter(f"{{{W}}}tr")]
    assert rows[0] == [("行政复议", 5, None), ("行政诉讼", 10, None)]
    assert rows[1][4:7] == [("总计", 1, "restart"), ("未经复议直接起诉", 5, None), ("复议后起诉", 5, None)]


def test_labels_of_rows_are_on_the_left_and_all_else_is_in_the_middle() -> None:
    _, requests, _ = tables(made(LINTER, "云溪县", 2024))
    styles = {
        "".join(each.text or "" for each in cell.iter(f"{{{W}}}t")): cell.find(f".//{{{W}}}pStyle")
        for cell in requests.iter(f"{{{W}}}tc")
    }
    named = {text: style.get(f"{{{W}}}val") for text, style in styles.items() if style is not None}
    assert named["（三）不予公开"] == named["1.属于国家秘密"] == "TableText"
    assert named["申请人情况"] == named["总计"] == named["0"] == "TableFigure"


def test_every_row_is_as_wide_as_the_text_of_the_page() -> None:
    for table in tables(made(LINTER, "云溪县", 2024)):
        grid = [int(each.get(f"{{{W}}}w", "")) for each in table.iter(f"{{{W}}}gridCol")]
        assert 8800 < sum(grid) <= 8844
        for row in table.iter(f"{{{W}}}tr"):
            widths = [int(each.get(f"{{{W}}}w", "")) for each in row.iter(f"{{{W}}}tcW")]
            assert sum(widths) == sum(grid)
            assert sum(fields for _, fields, _ in cells(row)) == len(grid)


def test_heads_are_repeated_only_where_no_others_follow() -> None:
    repeated = [len(list(table.iter(f"{{{W}}}tblHeader"))) for table in tables(made(LINTER, "云溪县", 2024))]
    assert repeated == [0, 3, 3]


@pytest.mark.parametrize("year", [2019, 2024])
@pytest.mark.parametrize("preset", [None, "beijing", "shanghai"])
def test_boxes_cover_every_field_once(preset: str | None, year: int) -> None:
    linter = LINTER if preset is None else Linter.from_layers([Layer("test", extends=(preset,))])
    for part in parts(linter, "云溪县", year):
        if part.table:
            covered = [
                (box.line + line, box.field + field)
                for box in boxes(part.table)
                for line in range(box.lines)
                for field in range(box.fields)
            ]
            assert sorted(covered) == [
                (line, field) for line in range(len(part.table)) for field in range(len(part.table[0].fields))
            ]


def test_a_table_without_labels_in_its_corner() -> None:
    table = (Line(("", "甲", "乙", "")), Line(("", "", "丙", "丁")), Line(("戊", "0", "0", "0"), "e"))
    assert [(box.text, box.lines, box.fields) for box in boxes(table)] == [
        ("", 2, 1),
        ("甲", 2, 1),
        ("乙", 1, 2),
        ("丙", 1, 1),
        ("丁", 1, 1),
        ("戊", 1, 1),
        ("0", 1, 1),
        ("0", 1, 1),
        ("0", 1, 1),
    ]
